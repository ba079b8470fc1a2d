import * as vscode from 'vscode';
import { type NoUndo, noUndoOf, undo } from '../../actions/undo.ts';
import { isUnsent, sentAt, undoOf } from '../../core/approval.ts';
import type { StepState, StoredProposal } from '../../core/proposal.ts';
import type { Act } from '../../core/undo.ts';
import { withStatus } from '../progress.ts';
import { type GatePorts, put } from './gate.ts';

/**
 * Takes writes back outside, for a day, where the services know a way; says why of those that stay. What is not written of
 * them yet does not go on; one of which nothing is outside is forgotten.
 */
export async function undoWrites(stored: readonly StoredProposal[], ports: GatePorts): Promise<void> {
  ports.undoBar.hide();
  const stopped = await withStatus(vscode.l10n.t('Looking whether it was sent…'), () =>
    Promise.all(stored.map((one) => stop(one, ports))),
  );
  const written = stopped.filter(
    ({ proposal: { id }, states }) => !states.every(hasLeftNothing) || !ports.outbox.drop(id),
  );
  if (stored.length > 0 && written.length === 0) return;
  const now = ports.now();
  const all = ports.outbox.stored();
  const reasons = new Set<NoUndo>();
  const proposals = written.flatMap((one) => {
    const reason = noUndoOf(one, { all, now });
    if (reason === undefined) return undo(one, { id: ports.newId(), now }) ?? [];
    reasons.add(reason);
    return [];
  });
  if (reasons.size > 0 || proposals.length === 0) sayNoUndo([...reasons]);
  await put(vscode.l10n.t('Undo'), proposals, ports);
}

/** What became of one that is not finished, approved when it was. */
async function stop(stored: StoredProposal, { outbox }: GatePorts): Promise<StoredProposal> {
  if (stored.states.every(({ status }) => status === 'done')) return stored;
  return { ...(await outbox.stop(stored.proposal.id)), approvedAt: stored.approvedAt };
}

/**
 * What was written last and not taken back yet, whether or not it can be: all that was approved as one. Empty when nothing
 * was within the days that are kept.
 */
export function lastWritten(all: readonly StoredProposal[]): readonly StoredProposal[] {
  const undone = new Set(all.map(({ proposal }) => proposal.undoes));
  const standing = all
    .filter(({ proposal: { id, undoes } }) => undoes === undefined && !undone.has(id))
    .filter(({ states }) => states.some(({ status }) => status === 'done'));
  const last = latest(standing);
  return standing.filter((one) => askedAt(one) === last);
}

/** Whether an act on items is the last thing that was done: after all writes but those that belong to it. */
export function isLast({ entries }: Act, all: readonly StoredProposal[]): boolean {
  const own = new Set(entries.map(({ id }) => id));
  return entries[0].at >= latest(lastWritten(all.filter(({ proposal }) => !own.has(proposal.id))));
}

/** When a person said that it may be sent, which a slow service does not make later. Epoch ms. */
function askedAt(stored: StoredProposal): number {
  return stored.approvedAt ?? sentAt(stored);
}

function latest(all: readonly StoredProposal[]): number {
  return all.reduce((last, one) => Math.max(last, askedAt(one)), Number.NEGATIVE_INFINITY);
}

/** A step that was refused in the middle has changed something. */
function hasLeftNothing(state: StepState): boolean {
  return isUnsent(state) && undoOf(state).length === 0;
}

function sayNoUndo(reasons: readonly NoUndo[]): void {
  const texts = reasons.length === 0 ? [vscode.l10n.t('There is no change to undo.')] : reasons.map(reasonText);
  void vscode.window.showInformationMessage(texts.join(' '));
}

function reasonText(reason: NoUndo): string {
  switch (reason) {
    case 'tooLongAgo':
      return vscode.l10n.t('This change is more than a day old and can no longer be undone.');
    case 'noWay':
      return vscode.l10n.t('The service does not support undoing this change.');
    case 'undoneAlready':
      return vscode.l10n.t('This change is already undone, or its undo waits in Proposals.');
  }
}
