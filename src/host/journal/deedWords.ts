import * as vscode from 'vscode';
import type { NamedDeed, PlainDeed, SourceDeed } from '../../core/sourceEvent.ts';

/** What was done to a signal where it lives, in a few words; a name in it was written by others. */
export function deedText(deed: SourceDeed): string {
  return 'name' in deed ? NAMED[deed.type](deed.name) : PLAIN[deed.type]();
}

// Functions, since the editor's language is known only once the extension runs.
const PLAIN: { readonly [Type in PlainDeed]: () => string } = {
  closed: () => vscode.l10n.t('Closed'),
  closedNotPlanned: () => vscode.l10n.t('Closed as not planned'),
  closedDuplicate: () => vscode.l10n.t('Closed as a duplicate'),
  reopened: () => vscode.l10n.t('Reopened'),
  merged: () => vscode.l10n.t({ message: 'Merged', comment: ['a pull request'] }),
  madeDraft: () => vscode.l10n.t('Made a draft again'),
  madeReady: () => vscode.l10n.t('Ready for review'),
  approved: () => vscode.l10n.t({ message: 'Approved', comment: ['a pull request, by a reviewer'] }),
  changesRequested: () => vscode.l10n.t('Requested changes'),
  triggered: () => vscode.l10n.t({ message: 'Triggered', comment: ['an incident'] }),
  acknowledged: () => vscode.l10n.t({ message: 'Acknowledged', comment: ['an incident'] }),
  unacknowledged: () => vscode.l10n.t('No longer acknowledged'),
  escalated: () => vscode.l10n.t('Escalated'),
  snoozed: () => vscode.l10n.t({ message: 'Snoozed', comment: ['an incident'] }),
  resolved: () => vscode.l10n.t('Resolved'),
};

const NAMED: { readonly [Type in NamedDeed]: (name: string) => string } = {
  assigned: (name) => vscode.l10n.t('Assigned {0}', name),
  unassigned: (name) => vscode.l10n.t('Unassigned {0}', name),
  labeled: (name) => vscode.l10n.t('Added the label {0}', name),
  unlabeled: (name) => vscode.l10n.t('Removed the label {0}', name),
  milestoned: (name) => vscode.l10n.t('Added to the milestone {0}', name),
  demilestoned: (name) => vscode.l10n.t('Removed from the milestone {0}', name),
  renamed: (name) => vscode.l10n.t('Renamed to “{0}”', name),
  reviewRequested: (name) => vscode.l10n.t('Requested a review from {0}', name),
  reviewNotRequested: (name) => vscode.l10n.t('Withdrew the review request to {0}', name),
  mentionedInIssue: (name) => vscode.l10n.t('Mentioned in the issue {0}', name),
  mentionedInPull: (name) => vscode.l10n.t('Mentioned in the pull request {0}', name),
  mentionedInCommit: (name) => vscode.l10n.t('Mentioned in the commit {0}', name),
};
