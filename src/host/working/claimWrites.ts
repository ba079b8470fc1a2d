import * as vscode from 'vscode';
import { claim, release, takeBack } from '../../actions/claim.ts';
import { type Item, leadSignal } from '../../core/item.ts';
import { type JournalEntry, standing } from '../../core/journal.ts';
import type { Proposal, StoredProposal } from '../../core/proposal.ts';
import { actEntries, type UndoableEntry, undoEntries } from '../../core/undo.ts';
import { describeFailure } from '../convert/words.ts';
import type { Acted } from './act.ts';
import { subjectText } from './words.ts';
import type { WorkingPorts } from './workingPorts.ts';

/** What did not get outside, and why. */
interface Failed {
  readonly item: Item | undefined;
  readonly title: string;
  readonly why: string;
}

/**
 * Carries claims and releases outside after the rows have changed, one after another, so that what takes one back finds
 * it at its end. A proposal has the id of the journal entry that it belongs to. When a write fails the entry is undone.
 */
export class ClaimWrites {
  #last: Promise<unknown> = Promise.resolve();

  /** Writes what `acted` (claims or releases) proposes. `again` is what *Try Again* does, with the items that failed. */
  write(
    acted: readonly (Acted & { readonly proposal: Proposal })[],
    ports: WorkingPorts,
    again: (items: readonly Item[]) => void,
  ): void {
    this.#enqueue(ports, async () => {
      const failed: Failed[] = [];
      for (const { item, entry, proposal } of acted) {
        if (!stands(entry.id, ports)) continue;
        const stored = await ports.outbox.submit(proposal);
        const why = problemOf(stored, ports);
        if (why === undefined) continue;
        if (isClaimed(stored)) {
          this.#sayUnsaid(proposal, why, ports);
          continue;
        }
        await this.#giveUp(proposal.id, ports);
        if (stands(entry.id, ports)) {
          for (const undone of undoEntries([entry], { id: ports.newId(), at: ports.now() })) ports.append(undone);
          failed.push({ item, title: leadSignal(item).title, why });
        }
      }
      sayFailed(failed, acted[0]?.entry.event.type === 'released' ? 'release' : 'claim', again);
    });
  }

  /** Takes back outside what undone claims and releases wrote there; when that fails they stand again. */
  undo(entries: readonly UndoableEntry[], ports: WorkingPorts): void {
    const written = entries.filter(({ event }) => event.type === 'claimed' || event.type === 'released');
    if (written.length === 0) return;
    this.#enqueue(ports, async () => {
      const failed: Failed[] = [];
      const again: UndoableEntry[] = [];
      for (const entry of written) {
        const proposal = undoing(entry, ports);
        if (proposal === undefined) continue;
        const why = problemOf(await ports.outbox.submit(proposal), ports);
        if (why === undefined) continue;
        ports.outbox.drop(proposal.id);
        const { event, signalIds } = entry;
        again.push(...actEntries({ id: ports.newId(), at: ports.now(), event, items: [signalIds] }));
        failed.push({ item: itemOf(entry, ports), title: proposal.title, why });
      }
      for (const entry of again) ports.append(entry);
      sayFailed(failed, 'undo', () => {
        for (const undone of undoEntries(again, { id: ports.newId(), at: ports.now() })) ports.append(undone);
        this.undo(again, ports);
      });
    });
  }

  /** Goes on with what a crash or a closed window interrupted. */
  finish(ports: WorkingPorts, again: (items: readonly Item[], kind: 'claim' | 'release') => void): void {
    for (const { proposal } of ports.outbox.unfinished()) {
      const { id, kind } = proposal;
      if (kind !== 'claim' && kind !== 'release') continue;
      this.#enqueue(ports, async () => {
        const why = problemOf(await ports.outbox.resume(id), ports);
        if (why === undefined) return;
        await this.#giveUp(id, ports);
        const entry = standing(ports.journal()).find((each) => each.id === id);
        if (entry === undefined) return;
        for (const undone of undoEntries([entry], { id: ports.newId(), at: ports.now() })) ports.append(undone);
        const failed = { item: itemOf(entry, ports), title: proposal.title, why };
        sayFailed([failed], kind, (items) => again(items, kind));
      });
    }
  }

  /** Settles when all that was asked for so far has come to its end. */
  async settled(): Promise<void> {
    await this.#last;
  }

  /** A claim that reached one of two places is no claim: what is done of it is taken back, as well as can be. */
  async #giveUp(proposalId: string, ports: WorkingPorts): Promise<void> {
    const stored = ports.outbox.stored().find(({ proposal }) => proposal.id === proposalId);
    const back = stored && takeBack(stored, { id: ports.newId(), now: ports.now() });
    ports.outbox.drop(proposalId);
    if (back === undefined) return;
    if (problemOf(await ports.outbox.submit(back), ports) !== undefined) ports.outbox.drop(back.id);
  }

  /** The claim is made, only the word to go with it was not said: the claim stays. */
  #sayUnsaid({ id, title }: Pick<Proposal, 'id' | 'title'>, why: string, ports: WorkingPorts): void {
    const tryAgain = vscode.l10n.t('Try Again');
    const text = vscode.l10n.t('Claimed, but nobody was told: {0}. {1}', subjectText([title]), why);
    void vscode.window.showErrorMessage(text, tryAgain).then((chosen) => {
      if (chosen !== tryAgain) return ports.outbox.drop(id);
      return this.#enqueue(ports, async () => {
        const problem = problemOf(await ports.outbox.resume(id), ports);
        if (problem !== undefined) this.#sayUnsaid({ id, title }, problem, ports);
      });
    });
  }

  #enqueue({ log }: WorkingPorts, job: () => Promise<void>): void {
    this.#last = this.#last.then(job).catch((error: unknown) => {
      log.error(`claim: ${error instanceof Error ? error.message : 'failed'}`);
      void vscode.window.showErrorMessage(vscode.l10n.t('A claim could not be written. The log says why.'));
    });
  }
}

/** What undoes an entry outside: the reverse of what its own proposal did, when that is still known. */
function undoing(entry: JournalEntry, ports: WorkingPorts): Proposal | undefined {
  const input = { id: ports.newId(), now: ports.now() };
  const stored = ports.outbox.stored().find(({ proposal }) => proposal.id === entry.id);
  if (stored !== undefined) return takeBack(stored, input);
  const item = itemOf(entry, ports);
  if (item === undefined) return undefined;
  const whole = { ...input, item, me: ports.me };
  return entry.event.type === 'claimed' ? release(whole) : claim(whole);
}

function itemOf({ signalIds }: JournalEntry, ports: WorkingPorts): Item | undefined {
  return signalIds.map((id) => ports.itemOf(id)).find((item) => item !== undefined);
}

function stands(entryId: string, { journal }: WorkingPorts): boolean {
  return standing(journal()).some(({ id }) => id === entryId);
}

/** Whether all that makes the claim is written, whatever became of the words. */
function isClaimed({ proposal, states }: StoredProposal): boolean {
  const takes = proposal.steps.flatMap(({ type }, index) =>
    type === 'assign' || type === 'react' ? [states[index]] : [],
  );
  const isWhole = takes.every((state) => state?.status === 'done' && state.outcome.warnings.length === 0);
  return isWhole && takes.length < proposal.steps.length;
}

/** Why a proposal is not at its end, in words. An assignee that GitHub leaves out is no claim either. */
function problemOf(stored: StoredProposal, { placeOf }: WorkingPorts): string | undefined {
  const warnings = stored.states.flatMap((state) => (state.status === 'done' ? state.outcome.warnings : []));
  if (warnings.length > 0) return warnings.join(' · ');
  if (stored.states.every(({ status }) => status === 'done')) return undefined;
  return describeFailure(stored, placeOf) ?? vscode.l10n.t('Another window is writing it.');
}

function sayFailed(
  failed: readonly Failed[],
  what: 'claim' | 'release' | 'undo',
  again: (items: readonly Item[]) => void,
): void {
  const [first] = failed;
  if (first === undefined) return;
  const tryAgain = vscode.l10n.t('Try Again');
  const text = failedText(what, subjectText(failed.map(({ title }) => title)), first.why);
  void vscode.window.showErrorMessage(text, tryAgain).then((chosen) => {
    if (chosen === tryAgain) again(failed.flatMap(({ item }) => item ?? []));
  });
}

function failedText(what: 'claim' | 'release' | 'undo', subject: string, why: string): string {
  switch (what) {
    case 'claim':
      return vscode.l10n.t('Not claimed: {0}. {1}', subject, why);
    case 'release':
      return vscode.l10n.t('Not released: {0}. {1}', subject, why);
    case 'undo':
      return vscode.l10n.t('Not undone: {0}. {1}', subject, why);
  }
}
