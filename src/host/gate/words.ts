import * as vscode from 'vscode';
import type { ProposalKind } from '../../core/proposal.ts';
import type { ProposalFailure, ProposalView } from '../../core/proposalView.ts';
import { notWrittenText } from '../words.ts';

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
  close: () => vscode.l10n.t('Close'),
  silence: () => vscode.l10n.t('Silence'),
  closeLoop: () => vscode.l10n.t('Reply to reporter'),
  incident: () => vscode.l10n.t('PagerDuty incident'),
  undo: () => vscode.l10n.t({ message: 'Undo', comment: ['a kind of write: one that takes another back'] }),
};

/** What the Proposals view is called: with how many wait for a person, while any do. */
export function proposalsTitle(waiting: number): string {
  return waiting === 0 ? vscode.l10n.t('Proposals') : vscode.l10n.t('Proposals ({0})', waiting);
}

/** Where a proposal stands, in words, and why it does; `now` is epoch ms. */
export function phaseText({ phase, isBegun, failure }: ProposalView, now: number): string {
  const why = failure && notWrittenText(failure.reason, failure.service);
  switch (phase) {
    case 'waiting':
      return vscode.l10n.t('waits for approval');
    case 'stale':
      return vscode.l10n.t('approval expired');
    case 'stopped':
      if (why === undefined) return vscode.l10n.t('stopped');
      return isBegun ? vscode.l10n.t('partly sent: {0}', why) : vscode.l10n.t('not sent: {0}', why);
    case 'going':
      return goingText(failure, now);
  }
}

/** That so many proposals were dropped; where something of them is outside, that it stays there. */
export function droppedText(dropped: number, isPartSent: boolean): string {
  const texts = [
    ...(dropped === 1 ? [vscode.l10n.t('Proposal dropped.')] : []),
    ...(dropped > 1 ? [vscode.l10n.t('{0} proposals dropped.', dropped)] : []),
    ...(isPartSent ? [vscode.l10n.t('What has already been sent stays.')] : []),
  ];
  return texts.join(' ');
}

function goingText(failure: ProposalFailure | undefined, now: number): string {
  if (failure === undefined) return vscode.l10n.t('is being sent');
  const why = notWrittenText(failure.reason, failure.service);
  const minutes = Math.ceil(((failure.retryAt ?? 0) - now) / 60_000);
  return minutes > 1
    ? vscode.l10n.t('{0}, retrying in {1} min', why, minutes)
    : vscode.l10n.t('{0}, retrying automatically', why);
}
