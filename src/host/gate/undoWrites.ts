import * as vscode from 'vscode';
import { type NoUndo, noUndoOf, undo } from '../../actions/undo.ts';
import type { StoredProposal } from '../../core/proposal.ts';
import { type GatePorts, put } from './gate.ts';

/** In English, as all that the team reads. */
const CLOSING_WORDS = 'This was created by mistake.';

/** Takes writes back outside, for a day, where the services know a way; says why of those that stay. */
export async function undoWrites(stored: readonly StoredProposal[], ports: GatePorts): Promise<void> {
  ports.undoBar.hide();
  const now = ports.now();
  const all = ports.outbox.stored();
  const reasons = new Set<NoUndo>();
  const proposals = stored.flatMap((one) => {
    const reason = noUndoOf(one, { all, now });
    if (reason === undefined) return undo(one, { id: ports.newId(), now, closingWords: CLOSING_WORDS }) ?? [];
    reasons.add(reason);
    return [];
  });
  if (reasons.size > 0 || proposals.length === 0) sayNoUndo([...reasons]);
  await put(vscode.l10n.t('Undo'), proposals, ports);
}

/** What was written last, whether or not it can be taken back; undefined when nothing was within the days that are kept. */
export function lastWritten(all: readonly StoredProposal[]): StoredProposal | undefined {
  return all
    .filter(({ proposal, states }) => proposal.kind !== 'undo' && states.some(({ status }) => status === 'done'))
    .reduce<StoredProposal | undefined>((last, one) => (sentAt(one) >= sentAt(last) ? one : last), undefined);
}

function sentAt(stored: StoredProposal | undefined): number {
  return stored === undefined ? Number.NEGATIVE_INFINITY : (stored.approvedAt ?? stored.proposal.createdAt);
}

function sayNoUndo(reasons: readonly NoUndo[]): void {
  const texts =
    reasons.length === 0 ? [vscode.l10n.t('Nothing was written that could be taken back.')] : reasons.map(reasonText);
  void vscode.window.showInformationMessage(texts.join(' '));
}

function reasonText(reason: NoUndo): string {
  switch (reason) {
    case 'tooLongAgo':
      return vscode.l10n.t('That was too long ago to be taken back: it can be for a day.');
    case 'noWay':
      return vscode.l10n.t('That cannot be taken back: the service knows no way.');
    case 'undoneAlready':
      return vscode.l10n.t('That was taken back already, or its undo waits in Proposals.');
  }
}
