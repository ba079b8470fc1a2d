import type { HandoffDraft } from '../core/handoff.ts';
import { fitMarkdown, handoffMarkdown, handoffTitle } from '../core/handoffMarkdown.ts';
import { readMarkers, writeMarker } from '../core/marker.ts';
import type { Proposal, Write } from '../core/proposal.ts';
import type { Team } from '../core/team.ts';

/** All `markdown` blocks of one Slack message together (docs.slack.dev, block kit, markdown block). */
export const SLACK_MARKDOWN_LIMIT = 12_000;
/** A GitHub issue body, in characters. */
export const ISSUE_BODY_LIMIT = 65_536;

export interface PostHandoffInput {
  readonly draft: HandoffDraft;
  readonly team: Team;
  readonly where: 'slack' | 'issue';
  /** Epoch milliseconds. */
  readonly now: number;
  /** Where the notes were posted in full already; named when a Slack message must be cut. */
  readonly fullNotes?: string | undefined;
}

/**
 * The one write that posts handoff notes, or undefined when the team file names no such place. The same notes for the
 * same place make the same proposal id, so that trying again continues what a failure or a crash left.
 */
export function postHandoff({ draft, team, where, now, fullNotes }: PostHandoffInput): Proposal | undefined {
  const marker = writeMarker('handoff', draft.id);
  const step = where === 'slack' ? message(draft, team, fullNotes) : issue(draft, team, marker);
  if (step === undefined) return undefined;
  return {
    id: `postHandoff:${where}:${draft.id}:${draft.revision}`,
    createdAt: now,
    kind: 'postHandoff',
    signalIds: [],
    title: handoffTitle(draft),
    steps: [{ ...step, marker, since: now }],
    decision: undefined,
    undoes: undefined,
  };
}

/** The other tries to post the same notes to the same place, as they were before they were edited. */
export function otherTries({ id }: Proposal, proposals: readonly Proposal[]): readonly Proposal[] {
  const withoutRevision = (full: string): string => full.slice(0, full.lastIndexOf(':'));
  return proposals.filter(
    (other) => other.kind === 'postHandoff' && other.id !== id && withoutRevision(other.id) === withoutRevision(id),
  );
}

/** The id of the notes that a proposal posts; undefined for a proposal of another kind. */
export function handoffIdOf({ kind, steps: [step] }: Proposal): string | undefined {
  return kind === 'postHandoff' && step !== undefined && 'marker' in step
    ? readMarkers('handoff', step.marker)[0]
    : undefined;
}

/** The revision of the notes that a proposal posts. */
export function revisionOf({ id }: Proposal): number {
  return Number(id.slice(id.lastIndexOf(':') + 1));
}

/** The notes as that place will show them, within its limits. @param fullNotes see {@link PostHandoffInput} */
function notesFor(where: 'slack' | 'issue', draft: HandoffDraft, fullNotes?: string): string {
  if (where === 'slack') return fitMarkdown(handoffMarkdown(draft, 'message'), SLACK_MARKDOWN_LIMIT, fullNotes);
  return fitMarkdown(handoffMarkdown(draft, 'issue'), ISSUE_BODY_LIMIT - writeMarker('handoff', draft.id).length - 2);
}

type Unmarked<T extends Write> = Omit<T, 'marker' | 'since'>;

function message(
  draft: HandoffDraft,
  team: Team,
  fullNotes: string | undefined,
): Unmarked<Extract<Write, { readonly type: 'postMessage' }>> | undefined {
  const channel = team.handoff?.slackChannel;
  if (channel === undefined) return undefined;
  return { type: 'postMessage', channel, markdown: notesFor('slack', draft, fullNotes) };
}

function issue(
  draft: HandoffDraft,
  team: Team,
  marker: string,
): Unmarked<Extract<Write, { readonly type: 'createIssue' }>> | undefined {
  const target = team.handoff?.issue;
  if (target === undefined) return undefined;
  return {
    type: 'createIssue',
    repository: target.repository,
    title: handoffTitle(draft),
    body: `${notesFor('issue', draft)}\n${marker}\n`,
    labels: [target.label],
    assignees: [],
  };
}
