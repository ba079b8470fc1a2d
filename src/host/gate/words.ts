import * as vscode from 'vscode';
import type { ProposalKind } from '../../core/proposal.ts';
import type { ProposalView } from '../../core/proposalView.ts';

/** What a proposal is for, in a word or two. */
export function kindText(kind: ProposalKind): string {
  return KIND_TEXT[kind]();
}

// Functions, since the editor's language is known only once the extension runs.
const KIND_TEXT: { readonly [Kind in ProposalKind]: () => string } = {
  convert: () => vscode.l10n.t('Convert to issue'),
  postHandoff: () => vscode.l10n.t('Post handoff'),
  claim: () => vscode.l10n.t('Claim'),
  release: () => vscode.l10n.t('Release'),
  reply: () => vscode.l10n.t('Reply'),
  decline: () => vscode.l10n.t('Decline'),
  askOwner: () => vscode.l10n.t('Ask owner'),
  statusUpdate: () => vscode.l10n.t('Status update'),
  label: () => vscode.l10n.t('Labels'),
  prioritise: () => vscode.l10n.t('Priority on the board'),
  transfer: () => vscode.l10n.t('Transfer'),
  close: () => vscode.l10n.t('Close'),
  silence: () => vscode.l10n.t('Silence'),
  closeLoop: () => vscode.l10n.t('Close the loop'),
  incident: () => vscode.l10n.t('PagerDuty incident'),
  undo: () => vscode.l10n.t({ message: 'Undo', comment: ['a kind of write: one that takes another back'] }),
};

/** Where a proposal stands, in words. */
export function phaseText({ phase, isBegun }: ProposalView): string {
  switch (phase) {
    case 'waiting':
      return vscode.l10n.t('waits for approval');
    case 'stale':
      return vscode.l10n.t('was not sent in time, asks again');
    case 'stopped':
      return isBegun ? vscode.l10n.t('stopped half-way') : vscode.l10n.t('was refused');
    case 'going':
      return vscode.l10n.t('is sent as soon as the service answers');
  }
}
