import { closingId, convertedTo } from '../core/closedLoop.ts';
import type { Closing } from '../core/closing.ts';
import type { JournalEntry } from '../core/journal.ts';
import { writeMarker } from '../core/marker.ts';
import { canBeTold, parseIncidentId, parseIssueId, parseThreadId } from '../core/nativeIds.ts';
import { oneLine } from '../core/plainText.ts';
import type { Proposal, Write } from '../core/proposal.ts';
import { addNote } from './incident.ts';
import { inlineText, link } from './remoteText.ts';
import { sayMarked } from './words.ts';

/** More are not told: whatever named so many places was no conversion of ours. */
const MAX_PLACES = 20;
const MAX_WORDS = 300;
const MAX_TITLE = 200;

/**
 * The places whose reporters wait to hear of a closing: signal ids. Alerts have nobody to tell; the issue tells of itself;
 * to whom a conversion was taken back there is nothing to say.
 */
export function placesToTell({ issueId, markers }: Closing, journal: readonly JournalEntry[]): readonly string[] {
  const { ids, takenBack } = convertedTo(issueId, journal);
  return [...new Set([...markers, ...ids])]
    .filter((id) => id.toLowerCase() !== issueId && canBeTold(id) && !takenBack.has(id))
    .slice(0, MAX_PLACES);
}

export interface CloseLoopInput {
  readonly closing: Closing;
  /** A signal id, see {@link placesToTell}. */
  readonly place: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * The reply that tells one place of a closing. It has the same id and marker on every machine, so that all draft the same
 * one. Undefined for a place in which nothing can be said.
 */
export function closeLoop({ closing, place, now }: CloseLoopInput): Proposal | undefined {
  const step = replyIn(place, closing);
  if (step === undefined) return undefined;
  return {
    id: `closeLoop:${loopId(closing, place)}`,
    createdAt: now,
    kind: 'closeLoop',
    signalIds: [place, closing.issueId],
    title: oneLine(closing.title, MAX_TITLE),
    steps: [step],
    decision: undefined,
    undoes: undefined,
  };
}

/** Which closing a proposal tells of, and where. */
export interface Loop {
  readonly issueId: string;
  /** Epoch ms. */
  readonly closedAt: number;
  /** A signal id. */
  readonly place: string;
}

/** Undefined for a proposal of another kind. */
export function loopOf({ kind, id }: Pick<Proposal, 'kind' | 'id'>): Loop | undefined {
  const [, issueId, closedAt, place] = /^closeLoop:(github:[^@]+#\d+)@(\d+):(.+)$/u.exec(id) ?? [];
  if (kind !== 'closeLoop' || issueId === undefined || place === undefined) return undefined;
  return { issueId, closedAt: Number(closedAt), place };
}

/** What the marker of the reply says, the same on every machine. */
export function loopId(closing: Pick<Closing, 'issueId' | 'closedAt'>, place: string): string {
  return `${closingId(closing)}:${place}`;
}

function replyIn(place: string, closing: Closing): Write | undefined {
  const talk = parseThreadId(place) ?? parseIssueId(place);
  if (talk !== undefined) {
    // GitHub makes links of names of issues by itself, and tells them who speaks of them.
    const isPlain = (name: string): boolean => 'repository' in talk && name.includes('#');
    const text = reply(closing, ({ name, url }) => (isPlain(name) ? name : link(name, url)), inlineWords);
    const marker = writeMarker('loop', loopId(closing, place));
    return sayMarked(talk, text, { marker, since: closing.closedAt });
  }
  const incident = parseIncidentId(place);
  if (incident === undefined) return undefined;
  // PagerDuty shows notes as they are.
  const text = reply(closing, ({ name, url }) => `${name} (${url})`, asItIs);
  return addNote(incident, text, closingId(closing).slice('github:'.length));
}

interface Ref {
  readonly name: string;
  readonly url: string;
}

// Written in English whatever the responder's display language is, as all that the team and its reporters read.
function reply(closing: Closing, refer: (ref: Ref) => string, quote: (words: string) => string): string {
  const { repository, number, url, reason, fix, version } = closing;
  const issue = refer({ name: `${repository}#${number}`, url });
  const said = oneLine(closing.words ?? '', MAX_WORDS);
  const words = said === '' ? '' : ` “${quote(said)}”`;
  const part = version === undefined ? '' : ` (${quote(version)})`;
  switch (reason) {
    case 'completed': {
      if (fix === undefined) return `Closed as completed: ${issue}${part}.${words}`;
      const name = fix.kind === 'commit' ? `commit ${refer(fix)}` : refer(fix);
      return `Fixed in ${name}${part}. It was planned as ${issue}.`;
    }
    case 'notPlanned':
      return `This will not be worked on: ${issue} was closed as not planned.${words}`;
    case 'duplicate':
      return `Closed as a duplicate of another issue: ${issue}.${words}`;
  }
}

function asItIs(words: string): string {
  return words;
}

function inlineWords(words: string): string {
  return inlineText(words, MAX_WORDS);
}
