import * as vscode from 'vscode';
import type { Write } from '../../core/proposal.ts';

/** What a write does, in a word or two; of those that were tried only the kind is kept. */
export function writeText(type: Write['type']): string {
  return TEXTS[type]();
}

const TEXTS: { readonly [Type in Write['type']]: () => string } = {
  createIssue: () => vscode.l10n.t('New issue'),
  planIssue: () => vscode.l10n.t('Labels and assignee'),
  addToBoard: () => vscode.l10n.t('Board'),
  commentOnIssue: () => vscode.l10n.t('Comment'),
  replyInThread: () => vscode.l10n.t('Reply in the thread'),
  postMessage: () => vscode.l10n.t('Message'),
  assign: () => vscode.l10n.t('Assignees'),
  react: () => vscode.l10n.t('Reaction'),
  label: () => vscode.l10n.t('Labels'),
  closeIssue: () => vscode.l10n.t('Close the issue'),
  reopenIssue: () => vscode.l10n.t('Reopen the issue'),
  setBoardPriority: () => vscode.l10n.t('Priority on the board'),
  silence: () => vscode.l10n.t('Silence'),
  deleteComment: () => vscode.l10n.t('Delete our comment'),
  deleteMessage: () => vscode.l10n.t('Delete our message'),
  deleteNote: () => vscode.l10n.t('Delete our note'),
  restoreBoardFields: () => vscode.l10n.t('Former values of the board'),
  removeFromBoard: () => vscode.l10n.t('Take it off the board'),
  expireSilence: () => vscode.l10n.t('End the silence'),
  acknowledge: () => vscode.l10n.t('Acknowledge'),
  resolve: () => vscode.l10n.t('Resolve'),
  addNote: () => vscode.l10n.t('Note'),
};
