import { claim, release, takeBack } from '../../actions/claim.ts';
import { wordsOf } from '../../actions/words.ts';
import { proposalPhase } from '../../core/approval.ts';
import type { Item } from '../../core/item.ts';
import { type JournalEntry, standing } from '../../core/journal.ts';
import { isClaim, type Proposal, type StoredProposal } from '../../core/proposal.ts';
import { actEntries, type UndoableEntry, undoEntries } from '../../core/undo.ts';
import type { ClaimPorts, FailedClaim, TypedWords } from './claimPorts.ts';

/** What undoes an entry outside: the reverse of what its own proposal did, when that is still known. */
export function undoing(
  { id, event, signalIds }: Pick<UndoableEntry, 'id' | 'event' | 'signalIds'>,
  ports: ClaimPorts,
): Proposal | undefined {
  const stored = storedOf(id, ports);
  if (stored !== undefined) return backOf(stored, ports);
  const item = itemOf(signalIds, ports);
  if (item === undefined) return undefined;
  const whole = { id: backIdOf(id), now: ports.now(), item, me: ports.me };
  const proposal = event.type === 'claimed' ? release(whole) : claim(whole);
  return proposal.steps.length === 0 ? undefined : { ...proposal, undoes: id };
}

/** What takes back all that one may have left outside; undefined when that is nothing. */
export function backOf(stored: StoredProposal, { now }: ClaimPorts): Proposal | undefined {
  return takeBack(stored, { id: backIdOf(stored.proposal.id), now: now() });
}

/** Of what takes a claim or release back because a person undid it: it is done once, whoever begins it. */
function backIdOf(id: string): string {
  return `${id}:back`;
}

/** Whether a person asked for it to be taken back; else it makes good what failed half-way. */
export function isUndo({ id, undoes }: Proposal): boolean {
  return undoes !== undefined && id === backIdOf(undoes);
}

/** Of a claim that was given up and whose words wait: its entry is undone, so approved later it is another claim. */
export function keptIdOf(id: string): string {
  return `kept:${id}`;
}

/**
 * Gives up what was to take claims and releases back, so that these stand again; those but that were done anew since. Returns
 * what stood again, and the entries that say so.
 */
export function letStand(
  left: readonly StoredProposal[],
  ports: ClaimPorts,
): { readonly again: readonly StoredProposal[]; readonly restored: readonly UndoableEntry[] } {
  for (const { proposal } of left) ports.outbox.drop(proposal.id);
  const again = left.filter((stored) => !wasDoneAnew(stored, ports));
  const restored = again.flatMap((stored) => standingAgain(stored, ports));
  for (const entry of restored) ports.append(entry);
  return { again, restored };
}

function standingAgain({ proposal: { kind, signalIds } }: StoredProposal, ports: ClaimPorts): readonly UndoableEntry[] {
  const event = { type: kind === 'release' ? 'claimed' : 'released' } as const;
  return actEntries({ id: ports.newId(), at: ports.now(), event, items: [signalIds] });
}

/** Whether the same matter was claimed or released since what it takes back was undone: then that is the last word. */
function wasDoneAnew({ proposal: { undoes, signalIds } }: StoredProposal, { journal }: ClaimPorts): boolean {
  const entries = journal();
  const undoneAt = entries.findLastIndex(({ event }) => event.type === 'undone' && event.entryId === undoes);
  return standing(entries.slice(undoneAt + 1)).some(
    (entry) => isClaimEntry(entry) && entry.signalIds.some((id) => signalIds.includes(id)),
  );
}

/**
 * What stopped before its end: when the last window closed, in another that left it, or here, where it waits for its
 * service; with `only`, of these proposals. Those are together that are told of as one.
 * What was approved among the proposals is left to the outbox, and to them: it changes no row before it is done.
 */
export function interrupted(ports: ClaimPorts, only?: ReadonlySet<string>): readonly (readonly StoredProposal[])[] {
  const left = ports.outbox.unfinished().filter((stored) => {
    const { id } = stored.proposal;
    if (only?.has(id) === false) return false;
    // One that was undone is held back while it is looked for.
    return isRecorded(stored, ports) && (stored.approvedAt !== undefined || wasUndone(id, ports));
  });
  // Words are asked for once more: each of their own.
  const groups = Map.groupBy(left, (stored) => {
    const { id, kind, undoes } = stored.proposal;
    if (undoes !== undefined) return isUndo(stored.proposal) ? 'undo' : id;
    return `${kind}:${unsaidOf(stored) ?? ''}`;
  });
  return [...groups.values()];
}

/** Whether it is a claim or release of which the journal tells already, so that a row is as if it were written. */
export function isRecorded({ proposal }: StoredProposal, ports: Pick<ClaimPorts, 'journal'>): boolean {
  const { id, undoes } = proposal;
  if (!isClaim(proposal)) return false;
  return undoes === undefined ? ports.journal().some((entry) => entry.id === id) : wasUndone(undoes, ports);
}

/** What takes back claims that were written and then undone, but not taken back outside before the window was gone. */
export function leftUndone(ports: ClaimPorts): readonly Proposal[] {
  const stored = ports.outbox.stored();
  const known = new Set(stored.map(({ proposal }) => proposal.id));
  return stored
    .filter((each) => {
      const { proposal } = each;
      const isLeft = isClaim(proposal) && isWritten(each) && !known.has(backIdOf(proposal.id));
      return isLeft && wasUndone(proposal.id, ports) && !isSoAnew(proposal, ports);
    })
    .flatMap((each) => backOf(each, ports) ?? []);
}

/** Claimed or released anew since, it is as it should be. */
function isSoAnew({ kind, signalIds }: Proposal, { journal }: ClaimPorts): boolean {
  return standing(journal()).some(
    ({ event, signalIds: others }) =>
      event.type === (kind === 'claim' ? 'claimed' : 'released') && others.some((each) => signalIds.includes(each)),
  );
}

/** The words of a claim that nobody has read yet. */
export function unsaidOf({ proposal, states }: StoredProposal): string | undefined {
  const [words] = wordsOf(proposal);
  return words?.steps.some((step) => states[step]?.status === 'done') === false ? words.text : undefined;
}

/** What was typed for claims that failed. */
export function typedOf(failed: readonly FailedClaim[], { outbox }: ClaimPorts): TypedWords | undefined {
  const [text] = failed.flatMap(({ stored }) => unsaidOf(stored) ?? []);
  const forget = (): void => {
    for (const { stored } of failed) outbox.drop(keptIdOf(stored.proposal.id));
  };
  return text === undefined ? undefined : { text, forget };
}

/** As it stands now; undefined once it is forgotten. */
export function storedOf(id: string, { outbox }: ClaimPorts): StoredProposal | undefined {
  return outbox.stored().find(({ proposal }) => proposal.id === id);
}

/** Nothing of it was tried. */
export function isUntried(id: string, ports: ClaimPorts): boolean {
  return storedOf(id, ports)?.states.every(({ status }) => status === 'waiting') === true;
}

/** It is being sent, or could only not be sent yet: the outbox goes on with it by itself. */
export function isGoing(stored: StoredProposal, { now }: Pick<ClaimPorts, 'now'>): boolean {
  return proposalPhase(stored, now()) === 'going';
}

/** An assignee that GitHub leaves out is no claim, though the step came to its end. */
export function isWritten({ states }: StoredProposal): boolean {
  return states.every((state) => state.status === 'done' && state.outcome.warnings.length === 0);
}

export function itemOf(signalIds: readonly string[], ports: ClaimPorts): Item | undefined {
  return signalIds.map((id) => ports.itemOf(id)).find((item) => item !== undefined);
}

export function isClaimEntry({ event }: JournalEntry): boolean {
  return event.type === 'claimed' || event.type === 'released';
}

export function stands(entryId: string, { journal }: Pick<ClaimPorts, 'journal'>): boolean {
  return standing(journal()).some(({ id }) => id === entryId);
}

/** What takes a claim back has no entry of its own, so it is never undone. */
export function wasUndone(entryId: string, { journal }: Pick<ClaimPorts, 'journal'>): boolean {
  return journal().some(({ event }) => event.type === 'undone' && event.entryId === entryId);
}

export function appendUndone(entries: readonly JournalEntry[], ports: ClaimPorts): void {
  for (const entry of undoEntries(entries, { id: ports.newId(), at: ports.now() })) ports.append(entry);
}
