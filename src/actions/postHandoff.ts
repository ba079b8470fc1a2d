import type { HandoffDraft } from '../core/handoff.ts';
import { fitMarkdown, handoffMarkdown, handoffTitle } from '../core/handoffMarkdown.ts';
import { MAX_ISSUE_BODY_LENGTH } from '../core/issueLimits.ts';
import { readMarkers, writeMarker } from '../core/marker.ts';
import type { Proposal, StoredProposal, Write } from '../core/proposal.ts';
import type { Team } from '../core/team.ts';
import { anew } from './words.ts';

/** All `markdown` blocks of one Slack message together (docs.slack.dev, block kit, markdown block). */
export const SLACK_MARKDOWN_LIMIT = 12_000;

/** Room for the markers of notes, which grow when they are taken back and posted anew. */
const MARKERS_LENGTH = 1000;

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
  const id = `postHandoff:${where}:${draft.id}:${draft.revision}`;
  // The notes' own marker also stands in what was taken back or edited since: only the second tells which try made it.
  const marker = `${writeMarker('handoff', draft.id)} ${writeMarker('post', id)}`;
  const step = where === 'slack' ? message(draft, team, fullNotes) : issue(draft, team, marker);
  if (step === undefined) return undefined;
  return {
    id,
    createdAt: now,
    kind: 'postHandoff',
    signalIds: [],
    title: handoffTitle(draft),
    steps: [{ ...step, marker, since: now }],
    decision: undefined,
    undoes: undefined,
  };
}

/**
 * The proposal, or the next one where it was posted and taken back: the outbox would find that one done, and send nothing.
 * The id follows from that undo, so that trying again after a failure or a crash continues what this left.
 */
export function postedAnew(proposal: Proposal, stored: readonly StoredProposal[]): Proposal {
  const undo = undoneBy(proposal, stored);
  return undo === undefined ? proposal : postedAnew(anew(proposal, `${proposal.id}+${undo.id}`), stored);
}

/** What has taken a proposal back; undefined when nothing has, or not yet. */
export function undoneBy({ id }: Proposal, stored: readonly StoredProposal[]): Proposal | undefined {
  return stored.find(
    ({ proposal, states }) => proposal.undoes === id && states.every(({ status }) => status === 'done'),
  )?.proposal;
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
  return Number.parseInt(id.slice(id.lastIndexOf(':') + 1), 10);
}

type Unmarked<T extends Write> = Omit<T, 'marker' | 'since'>;

function message(
  draft: HandoffDraft,
  team: Team,
  fullNotes: string | undefined,
): Unmarked<Extract<Write, { readonly type: 'postMessage' }>> | undefined {
  const channel = team.handoff?.slackChannel;
  if (channel === undefined) return undefined;
  const markdown = fitMarkdown(handoffMarkdown(draft, 'message'), SLACK_MARKDOWN_LIMIT, fullNotes);
  return { type: 'postMessage', channel, markdown };
}

function issue(
  draft: HandoffDraft,
  team: Team,
  marker: string,
): Unmarked<Extract<Write, { readonly type: 'createIssue' }>> | undefined {
  const target = team.handoff?.issue;
  if (target === undefined) return undefined;
  const notes = fitMarkdown(handoffMarkdown(draft, 'issue'), MAX_ISSUE_BODY_LENGTH - MARKERS_LENGTH);
  return {
    type: 'createIssue',
    repository: target.repository,
    title: handoffTitle(draft),
    body: `${notes}\n${marker}\n`,
    labels: [target.label],
    assignees: [],
  };
}
