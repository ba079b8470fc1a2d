import { type JournalEntry, type JournalEvent } from '../core/journal.ts';
import { readMarkers } from '../core/marker.ts';
import type { Outcome, Proposal, StepState, Write } from '../core/proposal.ts';
import type { Signal } from '../core/signal.ts';
import { mayHaveArrived } from '../core/sourceStatus.ts';
import { declinedId } from '../core/undo.ts';

/** How one try of one step ended. */
export type Attempt = Pick<
  Extract<JournalEvent, { type: 'attempted' }>,
  'result' | 'url' | 'reason' | 'message' | 'tries' | 'isLook'
>;

/** What the journal says of one try of one step. */
export function attemptOf(
  { id, kind, title, steps }: Proposal,
  step: number,
  attempt: Attempt,
): JournalEvent | undefined {
  const write = steps[step]?.type;
  if (write === undefined) return undefined;
  return { type: 'attempted', proposalId: id, kind, title, step, steps: steps.length, write, ...attempt };
}

/**
 * Whether a try is told: the first of those that fail alike, then the second, the fourth, the eighth, each with its number.
 * The journal is append-only, so that no entry could count on; and a night without a connection must not fill it.
 */
export function isToldTry(tries: number): boolean {
  return Number.isInteger(Math.log2(tries));
}

/** Which try in a row this failure is, when the one before it failed alike: of both nobody knows whether they arrived. */
export function triesOf(before: StepState | undefined, now: StepState): number {
  const isUnknown = (state: StepState | undefined): boolean =>
    state?.status === 'failed' && mayHaveArrived(state.reason);
  if (before?.status !== 'failed' || !isUnknown(before) || !isUnknown(now)) return 1;
  return (before.tries ?? 1) + 1;
}

/** Whether the journal says already that a step is written: told before a crash, and found again after it. */
export function isTold(journal: readonly JournalEntry[], { id, createdAt }: Proposal, step: number): boolean {
  return journal.some(
    ({ at, event }) =>
      event.type === 'attempted' &&
      event.proposalId === id &&
      event.step === step &&
      event.result !== 'failed' &&
      at >= createdAt,
  );
}

/** When writes of some types were tried, epoch ms, in order: what a service has counted since before this window began. */
export function attemptsOf(journal: readonly JournalEntry[], types: readonly Write['type'][]): readonly number[] {
  return journal.flatMap(({ at, event }) =>
    // What was found had been written by a try that nobody could tell of.
    event.type === 'attempted' && event.isLook !== true && types.includes(event.write) ? [at] : [],
  );
}

/** The entries that tell that what a proposal takes back counts as if it had not happened; `at` is epoch ms. */
export function undoneBy(
  journal: readonly JournalEntry[],
  { id, undoes, signalIds }: Proposal,
  at: number,
): readonly JournalEntry[] {
  if (undoes === undefined) return [];
  const own = journal.filter(
    ({ id: entryId, event }) =>
      event.type !== 'undone' && (entryId === undoes || (entryId.startsWith(`${undoes}:`) && !entryId.startsWith(id))),
  );
  // Of a reply, say, only its attempts are told: then it is the write itself that is named.
  const taken = own.length === 0 ? [{ id: undoes, signalIds }] : own;
  // Some may be told of already: by hand, or before a crash.
  const undone = new Set(journal.flatMap(({ event }) => (event.type === 'undone' ? [event.entryId] : [])));
  return taken
    .filter((entry) => !undone.has(entry.id))
    .map((entry) => ({
      id: `${id}:undone/${entry.id}`,
      at,
      signalIds: entry.signalIds,
      event: { type: 'undone', entryId: entry.id },
    }));
}

/**
 * A claim or release that waited for approval happens when it is done; one that was asked for at once has its entry, of
 * the same id, from before it was sent. What takes one back has none of its own: that one counts as undone.
 */
export function heldBy(
  journal: readonly JournalEntry[],
  { id, kind, signalIds, undoes }: Proposal,
  at: number,
): JournalEntry | undefined {
  if (undoes !== undefined) return undefined;
  const type = kind === 'claim' ? 'claimed' : kind === 'release' ? 'released' : undefined;
  if (type === undefined || journal.some((entry) => entry.id === id)) return undefined;
  return { id, at, signalIds, event: { type } };
}

/** What was declined is done with, knowing its signals as they were read last. */
export function doneBy(
  { id, kind, signalIds }: Proposal,
  signals: ReadonlyMap<string, Pick<Signal, 'updatedAt'>>,
  at: number,
): JournalEntry | undefined {
  if (kind !== 'decline') return undefined;
  const seen = Object.fromEntries(signalIds.map((each) => [each, signals.get(each)?.updatedAt ?? at]));
  return { id: declinedId(id), at, signalIds, event: { type: 'done', seen } };
}

/** What the journal says of a step that is done; undefined for what its attempts alone tell of. */
export function eventOf(proposal: Proposal, write: Write, outcome: Outcome): JournalEvent | undefined {
  if (proposal.kind === 'convert') return converted(proposal, write, outcome);
  return proposal.kind === 'postHandoff' ? handoffPosted(proposal, write, outcome) : undefined;
}

/** Whether the journal tells of it already: a step of this proposal that is found again after a crash is told of once. */
export function isRecorded(journal: readonly JournalEntry[], event: JournalEvent, proposal: Proposal): boolean {
  return journal.some(
    (entry) =>
      entry.at >= proposal.createdAt &&
      entry.event.type === event.type &&
      'url' in entry.event &&
      'url' in event &&
      entry.event.url === event.url &&
      proposal.signalIds.every((id) => entry.signalIds.includes(id)),
  );
}

function converted({ decision, title }: Proposal, write: Write, { issue }: Outcome): JournalEvent | undefined {
  if (write.type !== 'createIssue' && write.type !== 'planIssue') return undefined;
  if (issue === undefined || decision === undefined) return undefined;
  const { repository, number, url } = issue;
  return {
    type: 'converted',
    repository,
    number,
    url,
    title: write.type === 'createIssue' ? write.title : title,
    ...decision,
  };
}

function handoffPosted(proposal: Proposal, write: Write, { url }: Outcome): JournalEvent | undefined {
  if (write.type !== 'createIssue' && write.type !== 'postMessage') return undefined;
  const [handoffId = proposal.id] = readMarkers('handoff', write.marker);
  return { type: 'handoffPosted', handoffId, where: write.type === 'createIssue' ? 'issue' : 'slack', url };
}
