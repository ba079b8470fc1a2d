import { claim, isTaken, release, takeBack } from '../../actions/claim.ts';
import { wordsOf } from '../../actions/words.ts';
import type { Item } from '../../core/item.ts';
import { type JournalEntry, standing } from '../../core/journal.ts';
import type { Proposal, StoredProposal } from '../../core/proposal.ts';
import { actEntries, type UndoableEntry, undoEntries } from '../../core/undo.ts';
import type { Acted } from './act.ts';
import type { ClaimOutbox, WorkingPorts } from './workingPorts.ts';

/** A claim or release that did not get outside; `stored` says how far it came. */
export interface FailedClaim {
  readonly item: Item | undefined;
  readonly stored: StoredProposal;
}

/** What a person typed to go with claims that failed. It waits among the proposals until they forget it. */
export interface TypedWords {
  readonly text: string;
  readonly forget: () => void;
}

/** What can become of a word that was not said. */
export interface UnsaidChoices {
  readonly again: () => void;
  /** It waits among the proposals. */
  readonly keep: () => void;
  readonly drop: () => void;
}

/** Shows a person what became of claims; nothing is said of those that were written. */
export interface ClaimTelling {
  /** The rows are back as they were. `again` tries once more. */
  readonly failed: (what: 'claim' | 'release' | 'undo', failed: readonly FailedClaim[], again: () => void) => void;
  /** The claim stands, only the word to go with it was not said. */
  readonly unsaid: (stored: StoredProposal, choices: UnsaidChoices) => void;
  /** Something was taken back outside, which the sources still show. */
  readonly takenBack: () => void;
  /** The store or we are at fault. */
  readonly broken: (error: unknown) => void;
}

export type ClaimPorts = Pick<WorkingPorts, 'append' | 'itemOf' | 'journal' | 'me' | 'newId' | 'now'> & {
  readonly outbox: ClaimOutbox;
  readonly telling: ClaimTelling;
};

/** A claim or release that is recorded, and what it writes. */
export interface Proposed extends Acted {
  readonly proposal: Proposal;
}

/**
 * Carries claims and releases outside after the rows have changed, one after another, so that what takes one back finds
 * it at its end. A proposal has the id of the journal entry that it belongs to. When a write fails the entry is undone.
 */
export class ClaimWrites {
  #last: Promise<unknown> = Promise.resolve();
  /** Entries that were undone, and of which nothing is outside: never sent, or given up. */
  readonly #traceless = new Set<string>();

  /** Writes what one act proposes. `again` is what trying again does, with the items that failed and the words for them. */
  write(
    acted: readonly Proposed[],
    ports: ClaimPorts,
    again: (items: readonly Item[], typed: TypedWords | undefined) => void,
  ): void {
    const [first] = acted;
    if (first === undefined) return;
    // Before its turn comes: a crash while an earlier one is on its way loses none.
    for (const { proposal } of acted) ports.outbox.keep(proposal);
    this.#enqueue(ports, async () => {
      const failed: FailedClaim[] = [];
      let tookBack = false;
      for (const { item, stored } of await this.#submit(acted, ports)) {
        if (isWritten(stored)) tookBack ||= stored.proposal.kind === 'release';
        else if (isTaken(stored)) this.#tellUnsaid(stored, ports);
        else if (await this.#giveUp(stored, ports)) failed.push({ item, stored });
      }
      if (tookBack) ports.telling.takenBack();
      const what = first.entry.event.type === 'released' ? 'release' : 'claim';
      if (failed.length === 0) return;
      const items = failed.flatMap(({ item }) => item ?? []);
      ports.telling.failed(what, failed, () => again(items, typedOf(failed, ports)));
    });
  }

  /** Takes back outside what undone claims and releases wrote there; where that fails they stand again. */
  undo(entries: readonly UndoableEntry[], ports: ClaimPorts): void {
    const written = entries.filter(({ event }) => event.type === 'claimed' || event.type === 'released');
    if (written.length === 0) return;
    this.#enqueue(ports, async () => {
      const failed: FailedClaim[] = [];
      const restored: UndoableEntry[] = [];
      for (const { id, event, signalIds } of written) {
        if (this.#traceless.delete(id)) continue;
        const proposal = undoing({ id, event, signalIds }, ports);
        if (proposal === undefined) continue;
        const stored = await ports.outbox.submit(proposal);
        if (isWritten(stored)) continue;
        ports.outbox.drop(proposal.id);
        restored.push(...actEntries({ id: ports.newId(), at: ports.now(), event, items: [signalIds] }));
        failed.push({ item: itemOf(signalIds, ports), stored });
      }
      ports.telling.takenBack();
      if (failed.length === 0) return;
      for (const entry of restored) ports.append(entry);
      ports.telling.failed('undo', failed, () => {
        appendUndone(restored, ports);
        this.undo(restored, ports);
      });
    });
  }

  /** What would take claims and releases back outside; for when nothing may be sent. By the entry's id. */
  backsOf(entries: readonly UndoableEntry[], ports: ClaimPorts): ReadonlyMap<string, Proposal> {
    const written = entries.filter(({ event }) => event.type === 'claimed' || event.type === 'released');
    return new Map(
      written.flatMap((entry) => {
        const proposal = this.#traceless.has(entry.id) ? undefined : undoing(entry, ports);
        return proposal === undefined ? [] : [[entry.id, proposal] as const];
      }),
    );
  }

  /** Goes on with what a crash or a closed window interrupted; what nobody has approved yet waits on. */
  finish(
    ports: ClaimPorts,
    again: (what: 'claim' | 'release', items: readonly Item[], typed: TypedWords | undefined) => void,
  ): void {
    this.#finishUndone(ports);
    for (const { proposal, approvedAt } of ports.outbox.unfinished()) {
      const { id, kind, signalIds } = proposal;
      if (approvedAt === undefined || (kind !== 'claim' && kind !== 'release')) continue;
      this.#enqueue(ports, async () => {
        if (isUnsent(id, ports) && wasUndone(id, ports)) return void ports.outbox.drop(id);
        // What was being sent may be outside or not: it is brought to its end, and then taken back.
        const stored = await ports.outbox.resume(id);
        if (wasUndone(id, ports)) return void (await this.#giveUp(stored, ports));
        if (isWritten(stored)) return;
        if (isTaken(stored)) return this.#tellUnsaid(stored, ports);
        const item = itemOf(signalIds, ports);
        const failed = [{ item, stored }];
        if (await this.#giveUp(stored, ports))
          ports.telling.failed(kind, failed, () =>
            again(kind, item === undefined ? [] : [item], typedOf(failed, ports)),
          );
      });
    }
  }

  /** What was written and then undone, but not taken back outside before the window was gone. */
  #finishUndone(ports: ClaimPorts): void {
    const stored = ports.outbox.stored();
    const known = new Set(stored.map(({ proposal }) => proposal.id));
    const left = stored.filter(
      ({ proposal: { id, kind, signalIds } }) =>
        (kind === 'claim' || kind === 'release') &&
        !known.has(backIdOf(id)) &&
        wasUndone(id, ports) &&
        // Claimed or released anew since, it is as it should be.
        !standing(ports.journal()).some(
          ({ event, signalIds: others }) =>
            event.type === (kind === 'claim' ? 'claimed' : 'released') &&
            others.some((each) => signalIds.includes(each)),
        ),
    );
    for (const each of left.filter(isWritten)) {
      const back = takeBack(each, { id: backIdOf(each.proposal.id), now: ports.now() });
      if (back === undefined) continue;
      this.#enqueue(ports, async () => {
        if (isWritten(await ports.outbox.submit(back))) ports.telling.takenBack();
      });
    }
  }

  /** Settles when all that was asked for so far has come to its end. */
  async settled(): Promise<void> {
    await this.#last;
  }

  /** All are stored before the first is sent, so that a crash loses none; the outbox sends them apart. */
  #submit(
    acted: readonly Proposed[],
    ports: ClaimPorts,
  ): Promise<readonly { readonly item: Item; readonly stored: StoredProposal }[]> {
    // Undone before their turn came: nothing of them is outside, and nothing shall be. What the outbox went on with
    // by itself meanwhile is waited for, so that it is taken back.
    for (const { entry } of acted)
      if (!stands(entry.id, ports) && isUnsent(entry.id, ports) && ports.outbox.drop(entry.id))
        this.#traceless.add(entry.id);
    const wanted = acted.filter(({ entry }) => !this.#traceless.has(entry.id));
    return Promise.all(
      wanted.map(async ({ item, proposal }) => ({ item, stored: await ports.outbox.submit(proposal) })),
    );
  }

  /**
   * A claim that reached one of two places is no claim: what is done of it is taken back, as well as can be, and its
   * entry with it. The words that were typed for it wait. False when the entry was undone meanwhile, so that nobody waits for it.
   */
  async #giveUp(stored: StoredProposal, ports: ClaimPorts): Promise<boolean> {
    const { id } = stored.proposal;
    const entry = standing(ports.journal()).find((each) => each.id === id);
    if (entry === undefined) this.#traceless.add(id);
    else appendUndone([entry], ports);
    if (entry !== undefined && unsaidOf(stored) !== undefined)
      ports.outbox.propose({ ...stored.proposal, id: keptIdOf(id) });
    const back = takeBack(stored, { id: ports.newId(), now: ports.now() });
    ports.outbox.drop(id);
    if (back !== undefined && !isWritten(await ports.outbox.submit(back))) ports.outbox.drop(back.id);
    return entry !== undefined;
  }

  #tellUnsaid(stored: StoredProposal, ports: ClaimPorts): void {
    const { id } = stored.proposal;
    const again = (): void =>
      this.#enqueue(ports, async () => {
        const later = await ports.outbox.approve(id);
        if (!isWritten(later)) this.#tellUnsaid(later, ports);
      });
    // While the message stood there it may have been said, or dropped elsewhere.
    const isLeft = (): boolean => ports.outbox.unfinished().some(({ proposal }) => proposal.id === id);
    ports.telling.unsaid(stored, {
      again,
      keep: () => void (isLeft() && ports.outbox.withhold(id)),
      drop: () => void (isLeft() && ports.outbox.drop(id)),
    });
  }

  #enqueue({ telling }: ClaimPorts, job: () => Promise<void>): void {
    this.#last = this.#last.then(job).catch((error: unknown) => telling.broken(error));
  }
}

/** What undoes an entry outside: the reverse of what its own proposal did, when that is still known. */
function undoing(
  { id, event, signalIds }: Pick<UndoableEntry, 'id' | 'event' | 'signalIds'>,
  ports: ClaimPorts,
): Proposal | undefined {
  const stored = ports.outbox.stored().find(({ proposal }) => proposal.id === id);
  const input = { id: backIdOf(id), now: ports.now() };
  if (stored !== undefined) return takeBack(stored, input);
  const item = itemOf(signalIds, ports);
  if (item === undefined) return undefined;
  const whole = { ...input, item, me: ports.me };
  const proposal = event.type === 'claimed' ? release(whole) : claim(whole);
  return proposal.steps.length === 0 ? undefined : { ...proposal, undoes: id };
}

/** Of what takes a claim or release back: it is done once, whoever begins it. */
function backIdOf(id: string): string {
  return `${id}:back`;
}

/** Of a claim that was given up and whose words wait: its entry is undone, so approved later it is another claim. */
function keptIdOf(id: string): string {
  return `kept:${id}`;
}

/** The words of a claim that nobody has read yet. */
function unsaidOf({ proposal, states }: StoredProposal): string | undefined {
  const [words] = wordsOf(proposal);
  return words?.steps.some((step) => states[step]?.status === 'done') === false ? words.text : undefined;
}

function typedOf(failed: readonly FailedClaim[], { outbox }: ClaimPorts): TypedWords | undefined {
  const [text] = failed.flatMap(({ stored }) => unsaidOf(stored) ?? []);
  const forget = (): void => {
    for (const { stored } of failed) outbox.drop(keptIdOf(stored.proposal.id));
  };
  return text === undefined ? undefined : { text, forget };
}

function isUnsent(id: string, { outbox }: ClaimPorts): boolean {
  const stored = outbox.stored().find(({ proposal }) => proposal.id === id);
  return stored?.states.every(({ status }) => status === 'waiting') === true;
}

function itemOf(signalIds: readonly string[], ports: ClaimPorts): Item | undefined {
  return signalIds.map((id) => ports.itemOf(id)).find((item) => item !== undefined);
}

function stands(entryId: string, { journal }: ClaimPorts): boolean {
  return standing(journal()).some(({ id }) => id === entryId);
}

/** What takes a claim back has no entry of its own, so it is never undone. */
function wasUndone(entryId: string, { journal }: ClaimPorts): boolean {
  return journal().some(({ event }) => event.type === 'undone' && event.entryId === entryId);
}

function appendUndone(entries: readonly JournalEntry[], ports: ClaimPorts): void {
  for (const entry of undoEntries(entries, { id: ports.newId(), at: ports.now() })) ports.append(entry);
}

/** An assignee that GitHub leaves out is no claim, though the step came to its end. */
function isWritten({ states }: StoredProposal): boolean {
  return states.every((state) => state.status === 'done' && state.outcome.warnings.length === 0);
}
