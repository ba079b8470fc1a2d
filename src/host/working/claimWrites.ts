import { isTaken, takeBack } from '../../actions/claim.ts';
import { proposalPhase } from '../../core/approval.ts';
import { standing } from '../../core/journal.ts';
import type { Proposal, StoredProposal } from '../../core/proposal.ts';
import type { UndoableEntry } from '../../core/undo.ts';
import type { Again, AgainAs, ClaimPorts, FailedClaim, Proposed } from './claimPorts.ts';
import {
  appendUndone,
  backOf,
  interrupted,
  isClaimEntry,
  isGoing,
  isUndo,
  isUntried,
  isWritten,
  itemOf,
  keptIdOf,
  leftUndone,
  letStand,
  stands,
  storedOf,
  typedOf,
  undoing,
  unsaidOf,
  wasUndone,
} from './claimRecord.ts';

/** What is done with proposals that came to their end, or stopped before it; those of one act together. */
type Ended = (stored: readonly StoredProposal[], ports: ClaimPorts) => Promise<void>;

/**
 * Carries claims and releases outside after the rows have changed, one after another, so that what takes one back finds
 * it at its end. A proposal has the id of the journal entry that it belongs to. One that only cannot be sent yet is
 * kept: the outbox goes on with it. When a write fails for good the entry is undone.
 */
export class ClaimWrites {
  #last: Promise<unknown> = Promise.resolve();
  /** Entries that were undone, and of which nothing is outside: never sent, or given up. */
  readonly #traceless = new Set<string>();
  /** What could not be sent yet, by its proposal's id, and what is done when it comes to its end. */
  readonly #kept = new Map<string, Ended>();
  /** Proposals that are tried again as soon as their turn comes, and the session's outbox that tries them. */
  readonly #resuming = new Map<string, ClaimPorts['outbox']>();

  /** Writes what one act proposes. `again` is what trying again does, with the items that failed and the words for them. */
  write(acted: readonly Proposed[], ports: ClaimPorts, again: Again): void {
    const [first] = acted;
    if (first === undefined) return;
    // Before its turn comes: a crash while an earlier one is on its way loses none.
    for (const { proposal } of acted) ports.outbox.approveLater(proposal);
    const what = first.entry.event.type === 'released' ? 'release' : 'claim';
    this.#enqueue(ports, async () => {
      const stored = await this.#submit(acted, ports);
      const kept = await this.#end(stored, (ended, at) => this.#claimsEnded(ended, { what, again }, at), ports);
      if (kept.length > 0) ports.telling.later(kept);
    });
  }

  /** Takes back outside what undone claims and releases wrote there; where that fails they stand again. */
  undo(entries: readonly UndoableEntry[], ports: ClaimPorts): void {
    const written = entries.filter(isClaimEntry);
    if (written.length === 0) return;
    this.#enqueue(ports, async () => {
      const backs: Proposal[] = [];
      for (const entry of written) {
        if (this.#traceless.delete(entry.id)) continue;
        const stored = storedOf(entry.id, ports);
        const isOnItsWay = stored !== undefined && isGoing(stored, ports);
        const back = isOnItsWay ? await this.#cutShort(stored, ports) : undoing(entry, ports);
        if (back !== undefined) backs.push(back);
      }
      const kept = await this.#takeBack(backs, ports);
      if (kept.length > 0) ports.telling.later(kept);
    });
  }

  /** What was to take claims and releases back is not sent any more: these stand again, where it is not outside by then. */
  keepStanding(backs: readonly Proposal[], ports: ClaimPorts): void {
    this.#enqueue(ports, async () => {
      const stopped: StoredProposal[] = [];
      for (const { id } of backs) {
        this.#kept.delete(id);
        if (storedOf(id, ports) !== undefined) stopped.push(await ports.outbox.stop(id));
      }
      const left = stopped.filter((stored) => !isWritten(stored));
      letStand(left, ports);
      ports.telling.dropped(left.length, stopped.length - left.length);
      ports.telling.takenBack();
    });
  }

  /** What would take claims and releases back outside; for when nothing may be sent. By the entry's id. */
  backsOf(entries: readonly UndoableEntry[], ports: ClaimPorts): ReadonlyMap<string, Proposal> {
    return new Map(
      entries.filter(isClaimEntry).flatMap((entry) => {
        const proposal = this.#traceless.has(entry.id) ? undefined : undoing(entry, ports);
        return proposal === undefined ? [] : [[entry.id, proposal] as const];
      }),
    );
  }

  /** Sees what became of those that could not be sent yet; after the outbox went on. */
  follow(ports: ClaimPorts): void {
    this.#enqueue(ports, async () => {
      const over = [...this.#kept].flatMap(([id, ended]) => {
        const stored = storedOf(id, ports);
        if (stored !== undefined && isGoing(stored, ports)) return [];
        this.#kept.delete(id);
        return stored === undefined ? [] : [{ stored, ended }];
      });
      for (const [ended, those] of Map.groupBy(over, (one) => one.ended))
        await ended(
          those.map(({ stored }) => stored),
          ports,
        );
    });
  }

  /** Goes on with what was interrupted, or waits for its service, of `only` these. What nobody has approved yet waits on. */
  finish(ports: ClaimPorts, again: AgainAs, only?: ReadonlySet<string>): void {
    for (const back of only === undefined ? leftUndone(ports) : [])
      this.#enqueue(ports, async () => {
        await this.#takeBack([back], ports);
      });
    for (const together of interrupted(ports, only)) {
      const ended = this.#endedOf(together, again);
      for (const { proposal } of together) this.#resumeInTurn(proposal.id, ended, ports);
    }
    this.follow(ports);
  }

  /** Settles when all that was asked for so far has come to its end, or is kept. */
  async settled(): Promise<void> {
    await this.#last;
  }

  /** All are stored before the first is sent, so that a crash loses none; the outbox sends them apart. */
  async #submit(acted: readonly Proposed[], ports: ClaimPorts): Promise<readonly StoredProposal[]> {
    // Undone before their turn came: nothing of them is outside, and nothing shall be. What the outbox went on with
    // by itself meanwhile is waited for, so that it is taken back.
    for (const { entry } of acted)
      if (!stands(entry.id, ports) && isUntried(entry.id, ports) && ports.outbox.drop(entry.id))
        this.#traceless.add(entry.id);
    const wanted = acted.map(({ proposal }) => proposal).filter(({ id }) => !this.#traceless.has(id));
    await this.#goFirst(wanted, ports);
    return Promise.all(wanted.map((proposal) => ports.outbox.submit(proposal)));
  }

  /** What is kept of the same matter leaves before, so that outside, too, the last word is the last. */
  async #goFirst(proposals: readonly Proposal[], { outbox }: ClaimPorts): Promise<void> {
    const matters = new Set(proposals.flatMap(({ signalIds }) => signalIds));
    const earlier = outbox.stored().filter(({ proposal }) => this.#kept.has(proposal.id));
    for (const { proposal } of earlier)
      if (proposal.signalIds.some((id) => matters.has(id))) await outbox.resume(proposal.id);
  }

  /** Sees to what came to its end, and keeps, and returns, what could not be sent yet. */
  async #end(all: readonly StoredProposal[], ended: Ended, ports: ClaimPorts): Promise<readonly StoredProposal[]> {
    const kept = all.filter((stored) => isGoing(stored, ports));
    for (const { proposal } of kept) this.#kept.set(proposal.id, ended);
    const over = all.filter((stored) => !kept.includes(stored));
    if (over.length > 0) await ended(over, ports);
    return kept;
  }

  async #claimsEnded(
    all: readonly StoredProposal[],
    { what, again }: { readonly what: 'claim' | 'release'; readonly again: Again },
    ports: ClaimPorts,
  ): Promise<void> {
    const failed: FailedClaim[] = [];
    for (const stored of all) {
      if (isWritten(stored)) continue;
      if (isTaken(stored)) this.#tellUnsaid(stored, ports);
      else if (await this.#giveUp(stored, ports))
        failed.push({ item: itemOf(stored.proposal.signalIds, ports), stored });
    }
    if (all.some((stored) => stored.proposal.kind === 'release' && isWritten(stored))) ports.telling.takenBack();
    if (failed.length === 0) return;
    const items = failed.flatMap(({ item }) => item ?? []);
    ports.telling.failed(what, failed, () => again(items, typedOf(failed, ports)));
  }

  /** Of what a person undid: where it could not be taken back it stands again. */
  async #backsEnded(all: readonly StoredProposal[], ports: ClaimPorts): Promise<void> {
    ports.telling.takenBack();
    const left = all.filter((stored) => !isWritten(stored));
    const { again, restored } = letStand(left, ports);
    if (again.length === 0) return;
    const failed = again.map((stored) => ({ item: itemOf(stored.proposal.signalIds, ports), stored }));
    ports.telling.failed('undo', failed, () => {
      appendUndone(restored, ports);
      this.undo(restored, ports);
    });
  }

  /** Of what makes good a claim that failed: nobody waits for it. What may only not be sent unasked is left among the proposals. */
  async #amended(all: readonly StoredProposal[], ports: ClaimPorts): Promise<void> {
    ports.telling.takenBack();
    for (const stored of all) {
      const phase = proposalPhase(stored, ports.now());
      if (!isWritten(stored) && phase !== 'stale' && phase !== 'waiting') ports.outbox.drop(stored.proposal.id);
    }
  }

  #takeBack(backs: readonly Proposal[], ports: ClaimPorts): Promise<readonly StoredProposal[]> {
    return this.#submitAll(backs, ports, (ended, at) => this.#backsEnded(ended, at));
  }

  async #submitAll(
    proposals: readonly Proposal[],
    ports: ClaimPorts,
    ended: Ended,
  ): Promise<readonly StoredProposal[]> {
    const stored: StoredProposal[] = [];
    for (const proposal of proposals) stored.push(await ports.outbox.submit(proposal));
    return this.#end(stored, ended, ports);
  }

  /** What is kept and was undone is sent no more; returns what takes back what may be outside of it. */
  async #cutShort({ proposal: { id } }: StoredProposal, ports: ClaimPorts): Promise<Proposal | undefined> {
    this.#kept.delete(id);
    const stored = await ports.outbox.stop(id);
    const back = backOf(stored, ports);
    // Before the other is forgotten: a crash between the two loses neither.
    if (back !== undefined) ports.outbox.approveLater(back);
    if (!isWritten(stored)) ports.outbox.drop(id);
    return back;
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
    if (back !== undefined) ports.outbox.approveLater(back);
    ports.outbox.drop(id);
    if (back !== undefined) await this.#submitAll([back], ports, (ended, at) => this.#amended(ended, at));
    return entry !== undefined;
  }

  #tellUnsaid(stored: StoredProposal, ports: ClaimPorts): void {
    const { id } = stored.proposal;
    const ended: Ended = async ([later], at) => {
      if (later !== undefined && !isWritten(later)) this.#tellUnsaid(later, at);
    };
    const again = (): void =>
      this.#enqueue(ports, async () => {
        await this.#end([await ports.outbox.approve(id)], ended, ports);
      });
    // While the message stood there it may have been said, or dropped elsewhere.
    const isLeft = (): boolean => ports.outbox.unfinished().some(({ proposal }) => proposal.id === id);
    ports.telling.unsaid(stored, {
      again,
      keep: () => void (isLeft() && ports.outbox.withhold(id)),
      drop: () => void (isLeft() && ports.outbox.drop(id)),
    });
  }

  /** Asked for once more before its turn came, it is tried once. */
  #resumeInTurn(id: string, ended: Ended, ports: ClaimPorts): void {
    if (this.#resuming.get(id) === ports.outbox) return;
    this.#resuming.set(id, ports.outbox);
    this.#enqueue(ports, () => {
      this.#resuming.delete(id);
      return this.#resume(id, ended, ports);
    });
  }

  async #resume(id: string, ended: Ended, ports: ClaimPorts): Promise<void> {
    // Given up, or dropped, before its turn came: whoever did that has told of it.
    if (storedOf(id, ports) === undefined) return;
    if (!wasUndone(id, ports)) {
      if (!this.#kept.has(id)) this.#kept.set(id, ended);
      await ports.outbox.resume(id);
    } else if (isUntried(id, ports)) ports.outbox.drop(id);
    // What was being sent may be outside or not.
    else await this.#giveUp(await ports.outbox.stop(id), ports);
  }

  /** What is done when those come to their end that were interrupted; of what is kept here it is known already. */
  #endedOf([first]: readonly StoredProposal[], again: AgainAs): Ended {
    if (first !== undefined && isUndo(first.proposal)) return (all, ports) => this.#backsEnded(all, ports);
    if (first?.proposal.undoes !== undefined) return (all, ports) => this.#amended(all, ports);
    const what = first?.proposal.kind === 'release' ? 'release' : 'claim';
    const retry: Again = (items, typed) => again(what, items, typed);
    return (all, ports) => this.#claimsEnded(all, { what, again: retry }, ports);
  }

  #enqueue({ telling }: ClaimPorts, job: () => Promise<void>): void {
    this.#last = this.#last.then(job).catch((error: unknown) => telling.broken(error));
  }
}
