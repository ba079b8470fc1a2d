import * as vscode from 'vscode';
import { formatMinutes } from '../../core/duration.ts';
import type { SnoozeEnd } from '../../core/journal.ts';
import type { Told } from '../../core/journalView.ts';
import { oneLine } from '../../core/plainText.ts';
import { PRIORITY_LABEL } from '../../core/priority.ts';
import { serviceOfId } from '../../core/signal.ts';
import { kindText } from '../gate/words.ts';
import { failureText, serviceText, whenText } from '../words.ts';

const NAME_LENGTH = 60;

/** When it is read, and where: what an end of snoozing is told by. */
export interface Moment {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly timeZone: string;
}

/** What happened, in a few words: `Done`, `Snoozed until Mon 09:00`. `hasSignals` is whether it happened to an item. */
export function whatText(told: Told, hasSignals: boolean, moment: Moment): string {
  if (isPlain(told)) return PLAIN[told.type]();
  if (isOutside(told)) return outsideText(told);
  switch (told.type) {
    case 'undone':
      return undoneText(told, hasSignals, moment);
    case 'snoozed':
      return snoozedText(told.until, moment);
    case 'prioritised':
      return vscode.l10n.t('Priority {0}', PRIORITY_LABEL[told.priority]);
    case 'started':
      return vscode.l10n.t('Do It Now, {0}', formatMinutes(told.minutes));
    case 'extended':
      return vscode.l10n.t('Timebox extended by {0}', formatMinutes(told.minutes));
    case 'timeLogged':
      return loggedText(told.minutes);
    case 'checked':
      return hasSignals ? vscode.l10n.t('Looked at') : vscode.l10n.t('Place checked');
    case 'reviewsKept':
      return vscode.l10n.t('Left with {0}', oneLine(told.who, NAME_LENGTH));
  }
}

/** What a person or a source wrote with it. */
export function saidWith(told: Told): string | undefined {
  if ('text' in told) return told.text;
  if ('title' in told) return told.title;
  return 'reason' in told ? told.reason : undefined;
}

/** What could not be done at once. */
export function leftOpen(told: Told): string | undefined {
  if (told.type !== 'issueClosed' || told.unread === undefined) return undefined;
  const why = told.unread.map(({ id, reason }) => failureText(reason, serviceText(serviceOfId(id))));
  return vscode.l10n.t('Not told at once: {0}', [...new Set(why)].join(' · '));
}

type Of<Type extends Told['type']> = Extract<Told, { readonly type: Type }>;

// Functions, since the editor's language is known only once the extension runs.
const PLAIN = {
  claimed: () => vscode.l10n.t('Claimed'),
  released: () => vscode.l10n.t('Released'),
  done: () => vscode.l10n.t('Done'),
  reopened: () => vscode.l10n.t('Reopened'),
  woken: () => vscode.l10n.t('Woken'),
  noted: () => vscode.l10n.t('Note'),
  keptInMind: () => vscode.l10n.t('Noted for the handoff'),
  paused: () => vscode.l10n.t('Timebox paused'),
  resumed: () => vscode.l10n.t('Timebox resumed'),
  stopped: () => vscode.l10n.t('Timebox stopped'),
  merged: () => vscode.l10n.t('Merged'),
  keptApart: () => vscode.l10n.t('Kept apart'),
  reviewsTaken: () => vscode.l10n.t('Taken over'),
} as const satisfies Partial<Record<Told['type'], () => string>>;

function isPlain(told: Told): told is Of<keyof typeof PLAIN> {
  return told.type in PLAIN;
}

/** What can be seen outside. */
type Outside = Of<'wrote' | 'converted' | 'issueClosed' | 'handoffPosted' | 'responded'>;

const OUTSIDE: Readonly<Record<Outside['type'], true>> = {
  wrote: true,
  converted: true,
  issueClosed: true,
  handoffPosted: true,
  responded: true,
};

function isOutside(told: Told): told is Outside {
  return told.type in OUTSIDE;
}

function outsideText(told: Outside): string {
  switch (told.type) {
    case 'wrote':
      return wroteText(told);
    case 'converted':
      return vscode.l10n.t('Converted to {0}', `${told.repository}#${told.number}`);
    case 'issueClosed':
      return told.place === undefined
        ? vscode.l10n.t('{0} was closed', `${told.repository}#${told.number}`)
        : vscode.l10n.t('{0} was closed: looked again at a place', `${told.repository}#${told.number}`);
    case 'handoffPosted':
      return told.where === 'slack'
        ? vscode.l10n.t('Handoff posted to Slack')
        : vscode.l10n.t('Handoff posted as an issue');
    case 'responded':
      return vscode.l10n.t('First response after {0}', formatMinutes(told.tookMinutes));
  }
}

function wroteText({ kind, result }: Of<'wrote'>): string {
  const what = kindText(kind);
  if (result === 'written') return what;
  return result === 'failed' ? vscode.l10n.t('{0} (not sent)', what) : vscode.l10n.t('{0} (partly sent)', what);
}

function undoneText({ of }: Of<'undone'>, hasSignals: boolean, moment: Moment): string {
  return of === undefined ? vscode.l10n.t('Undone') : vscode.l10n.t('Undone: {0}', whatText(of, hasSignals, moment));
}

function snoozedText(until: SnoozeEnd, { now, timeZone }: Moment): string {
  return until.type === 'reply'
    ? vscode.l10n.t('Snoozed until someone replies')
    : vscode.l10n.t('Snoozed until {0}', whenText(until.at, now, timeZone));
}

function loggedText(minutes: number): string {
  return minutes < 0
    ? vscode.l10n.t('{0} taken off', formatMinutes(-minutes))
    : vscode.l10n.t('{0} logged', formatMinutes(minutes));
}

/** The icon of a row; its words say the same. */
export function rowIcon(told: Told): string {
  if (told.type === 'wrote') return told.result === 'failed' ? 'error' : 'cloud-upload';
  return ICONS[told.type];
}

const ICONS: { readonly [Type in Exclude<Told['type'], 'wrote'>]: string } = {
  claimed: 'eye',
  released: 'eye-closed',
  done: 'check',
  reopened: 'issue-reopened',
  snoozed: 'clock',
  woken: 'bell',
  noted: 'note',
  keptInMind: 'notebook',
  started: 'play',
  paused: 'debug-pause',
  resumed: 'play',
  stopped: 'debug-stop',
  extended: 'add',
  timeLogged: 'watch',
  checked: 'location',
  merged: 'git-merge',
  keptApart: 'split-horizontal',
  reviewsTaken: 'person-add',
  reviewsKept: 'pinned',
  prioritised: 'tag',
  converted: 'issues',
  handoffPosted: 'notebook',
  issueClosed: 'issue-closed',
  responded: 'reply',
  undone: 'discard',
};
