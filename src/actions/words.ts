import { writeMarker } from '../core/marker.ts';
import { type IssueNumber, parseIncidentId, parseIssueId, parseThreadId } from '../core/nativeIds.ts';
import type { Proposal, Write } from '../core/proposal.ts';
import { fittedIssue, fittedTitle, type IssueWords } from './fittedIssue.ts';
import { addNote } from './incident.ts';
import { bodyWithoutMarkers, editedBody } from './issueBody.ts';

/** A text of a proposal that a person may rewrite before it is sent. */
export interface ProposalWords {
  /** Markdown, without our markers. */
  readonly text: string;
  /** Those of its steps that say it, from 0. */
  readonly steps: readonly number[];
}

/** All that a proposal says beside the issue that it creates, each text once, in the order in which they are sent. */
export function wordsOf({ kind, steps }: Proposal): readonly ProposalWords[] {
  // Handoff notes are edited on their page, which keeps what was posted.
  if (kind === 'postHandoff') return [];
  const said = new Map<string, number[]>();
  for (const [step, write] of steps.entries()) {
    const text = textOf(write);
    if (text !== undefined) said.set(text, [...(said.get(text) ?? []), step]);
  }
  return [...said].map(([text, places]) => ({ text, steps: places }));
}

/** The proposal with other texts, by those that it has; a text that is said in several places changes in all of them. */
export function withWords(proposal: Proposal, rewritten: ReadonlyMap<string, string>): Proposal {
  const steps = proposal.steps.map((write) => {
    const old = textOf(write);
    const text = old === undefined ? undefined : rewritten.get(old);
    return text === undefined || text === old ? write : rewrite(write, text);
  });
  const isSame = steps.every((write, index) => write === proposal.steps[index]);
  return isSame ? proposal : { ...proposal, steps, isRewritten: true };
}

/**
 * The same as a proposal of its own, for when the one that had its id is outside with another text: with markers of the
 * new id nothing that was written before is taken for it. Markers that do not speak of the id stay as they are.
 */
export function anew(proposal: Proposal, id: string): Proposal {
  return { ...proposal, id, steps: proposal.steps.map((write) => remarked(write, proposal.id, id)) };
}

function remarked(write: Write, old: string, id: string): Write {
  if (!('marker' in write)) return write;
  // Those in bodies hold the id as an address would.
  const [from, to] = write.marker.includes(old) ? [old, id] : [encodeURIComponent(old), encodeURIComponent(id)];
  const marker = write.marker.replaceAll(from, () => to);
  const within = (text: string): string => text.replaceAll(write.marker, () => marker);
  if (write.type === 'silence') return { ...write, marker, comment: within(write.comment) };
  return 'body' in write ? { ...write, marker, body: within(write.body) } : { ...write, marker };
}

/** Whether it says anything that a person may rewrite here. */
export function canRewrite(proposal: Proposal): boolean {
  return wordsOf(proposal).length > 0 || (proposal.kind !== 'postHandoff' && issueWordsOf(proposal) !== undefined);
}

/** The issue that a proposal creates; undefined when it creates none. */
export function issueWordsOf({ steps }: Proposal): IssueWords | undefined {
  const step = steps.find((write) => write.type === 'createIssue');
  return step && { title: step.title, labels: step.labels, body: apart(step.body).text };
}

/** The proposal with another text of the issue that it creates, within what GitHub takes; it is called by its title. */
export function withIssueWords(proposal: Proposal, words: IssueWords): Proposal {
  const before = issueWordsOf(proposal);
  if (before === undefined || isSameIssue(before, words)) return proposal;
  const steps = proposal.steps.map((write) => (write.type === 'createIssue' ? rewriteIssue(write, words) : write));
  return { ...proposal, title: fittedTitle(words.title, before.title), steps, isRewritten: true };
}

function isSameIssue(one: IssueWords, other: IssueWords): boolean {
  const text = ({ title, labels, body }: IssueWords): string => JSON.stringify([title, labels, body]);
  return text(one) === text(other);
}

function rewriteIssue(write: Extract<Write, { readonly type: 'createIssue' }>, words: IssueWords): Write {
  const { text, markers } = apart(write.body);
  const fitted = fittedIssue(words, { markers, title: write.title });
  return words.body === text ? { ...write, ...fitted, body: write.body } : { ...write, ...fitted };
}

/** All that a proposal says to people, as they will read it, for another place. */
export function allWordsOf(proposal: Proposal): string {
  const issue = issueWordsOf(proposal);
  const texts = proposal.steps.flatMap((write) => textOf(write) ?? []);
  return [...new Set([...(issue === undefined ? [] : [`${issue.title}\n\n${issue.body}`]), ...texts])].join('\n\n');
}

function textOf(write: Write): string | undefined {
  if (write.type === 'replyInThread' || write.type === 'postMessage') return write.markdown;
  if (write.type === 'commentOnIssue') return apart(write.body).text;
  if (write.type === 'silence') return commentOf(write);
  return write.type === 'addNote' ? write.text : undefined;
}

function rewrite(write: Write, text: string): Write {
  if (write.type === 'replyInThread' || write.type === 'postMessage') return { ...write, markdown: text };
  if (write.type === 'commentOnIssue') return { ...write, body: editedBody(text, apart(write.body).markers) };
  if (write.type === 'silence') return { ...write, comment: `${text}\n\n${write.marker}` };
  return write.type === 'addNote' ? { ...write, text } : write;
}

/** A silence's comment without the marker at its end. */
function commentOf({ comment, marker }: Extract<Write, { readonly type: 'silence' }>): string {
  return comment.endsWith(marker) ? comment.slice(0, comment.length - marker.length).trimEnd() : comment;
}

/** A body's text, and the markers below it, by which it is found again. */
function apart(body: string): { readonly text: string; readonly markers: string } {
  const text = bodyWithoutMarkers(body);
  return { text, markers: body.slice(text.length).trim() };
}

/** A thread, by its root, or an issue. */
type Place = { readonly channel: string; readonly ts: string } | IssueNumber;

/** What words of a proposal are found by: its id, and epoch ms. */
interface Said {
  readonly id: string;
  readonly now: number;
}

/** The step that says something where a signal lives; undefined where nobody can be told. */
export function sayAt(signalId: string, text: string, { id, now }: Said): Write | undefined {
  const place = parseThreadId(signalId) ?? parseIssueId(signalId);
  if (place !== undefined) return sayIn(place, text, { id: `${id}:${signalId}`, now });
  const incident = parseIncidentId(signalId);
  return incident === undefined ? undefined : addNote(incident, text, id);
}

/** The step that says something in a thread or on an issue. `id` is its own, when the proposal says several things. */
export function sayIn(place: Place, text: string, { id, now }: Said): Write {
  return sayMarked(place, text, { marker: writeMarker('reply', id), since: now });
}

/** The same with a marker that is made elsewhere; `since` is epoch ms: nothing with that marker can be older. */
export function sayMarked(
  place: Place,
  text: string,
  { marker, since }: { readonly marker: string; readonly since: number },
): Write {
  return 'channel' in place
    ? { type: 'replyInThread', channel: place.channel, threadTs: place.ts, markdown: text, marker }
    : { type: 'commentOnIssue', ...place, body: `${text}\n\n${marker}`, marker, since };
}
