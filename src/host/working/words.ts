import * as vscode from 'vscode';
import type { SnoozeEnd } from '../../core/journal.ts';
import { PRIORITY_LABEL } from '../../core/priority.ts';
import type { SnoozeChoiceId } from '../../core/snooze.ts';
import type { UndoableEvent } from '../../core/undo.ts';
import { inertTitle } from '../inert.ts';
import { whenText } from '../words.ts';

/** The status bar has room for so much of a title. */
const TITLE_LENGTH = 48;

/** When it is now, and where the person is. */
export interface Here {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly timeZone: string;
}

/** What an act is about, for the middle of a sentence: an item's title, or how many there are. */
export function subjectText(titles: readonly string[]): string {
  const [first = '', ...others] = titles;
  return others.length === 0 ? `“${inertTitle(first, TITLE_LENGTH)}”` : vscode.l10n.t('{0} items', titles.length);
}

type PlainType = Exclude<UndoableEvent['type'], 'snoozed' | 'prioritised' | 'reviewsKept'>;

const ACT_TEXTS: Readonly<Record<PlainType, (subject: string) => string>> = {
  claimed: (subject) => vscode.l10n.t('Claimed: {0}', subject),
  released: (subject) => vscode.l10n.t('Released: {0}', subject),
  done: (subject) => vscode.l10n.t('Done: {0}', subject),
  reopened: (subject) => vscode.l10n.t('Reopened: {0}', subject),
  woken: (subject) => vscode.l10n.t('Woken: {0}', subject),
  noted: (subject) => vscode.l10n.t('Note added: {0}', subject),
  keptInMind: (subject) => vscode.l10n.t('Noted for the handoff: {0}', subject),
  timeLogged: (subject) => vscode.l10n.t('Time logged: {0}', subject),
  started: (subject) => vscode.l10n.t('Do It Now: {0}', subject),
  checked: () => vscode.l10n.t('Place checked'),
  merged: (subject) => vscode.l10n.t('Merged: {0}', subject),
  keptApart: (subject) => vscode.l10n.t('Kept apart: {0}', subject),
  reviewsTaken: (subject) => vscode.l10n.t('Taken over: {0}', subject),
};

/** What happened, as a line: `Done: “Sync stops after a rename”`. */
export function actText(event: UndoableEvent, subject: string, here: Here): string {
  if (event.type === 'snoozed') return snoozedText(event.until, subject, here);
  if (event.type === 'prioritised') return vscode.l10n.t('{0}: {1}', PRIORITY_LABEL[event.priority], subject);
  if (event.type === 'reviewsKept') return vscode.l10n.t('Left with {0}: {1}', inertTitle(event.who), subject);
  return ACT_TEXTS[event.type](subject);
}

function snoozedText(until: SnoozeEnd, subject: string, { now, timeZone }: Here): string {
  return until.type === 'reply'
    ? vscode.l10n.t('Snoozed until someone replies: {0}', subject)
    : vscode.l10n.t('Snoozed until {0}: {1}', whenText(until.at, now, timeZone), subject);
}

export function snoozeText(id: SnoozeChoiceId): string {
  switch (id) {
    case 'hour':
      return vscode.l10n.t('For 1 hour');
    case 'afternoon':
      return vscode.l10n.t('Until this afternoon');
    case 'tomorrow':
      return vscode.l10n.t('Until tomorrow morning');
    case 'nextWorkingDay':
      return vscode.l10n.t('Until the next working day');
    case 'reply':
      return vscode.l10n.t('Until someone replies');
    case 'shiftEnd':
      return vscode.l10n.t('Until the end of my shift');
  }
}
