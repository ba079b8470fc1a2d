import * as vscode from 'vscode';
import { formatMinutes } from '../../core/duration.ts';
import type { SnoozeEnd } from '../../core/journal.ts';
import type { AttemptView, JournalRow, Told } from '../../core/journalView.ts';
import { oneLine } from '../../core/plainText.ts';
import { PRIORITY_LABEL } from '../../core/priority.ts';
import { writeFailureText } from '../convert/words.ts';
import { kindText } from '../gate/words.ts';
import { whenText } from '../words.ts';
import { writeText } from './writeWords.ts';

/** What is known of whoever reads rows, and when. */
export interface Reader {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly timeZone: string;
  /** Whose journal it is; undefined when no account of theirs is known. */
  readonly me: string | undefined;
  /** A watched place as people call it, by its watch id. */
  readonly placeOf: (watchId: string) => string | undefined;
}

/** What rows are told by, beside themselves. */
export interface Teller extends Reader {
  /** `10:42`. */
  readonly timeText: (at: number) => string;
  /** `Monday, November 16, 2026`. */
  readonly dayText: (at: number) => string;
}

/** A journal has thousands of times: what formats them is made once. */
export function createTeller(reader: Reader): Teller {
  const { language } = vscode.env;
  const { timeZone } = reader;
  const time = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone });
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeZone });
  return { ...reader, timeText: (at) => time.format(at), dayText: (at) => day.format(at) };
}

const TEXT_LENGTH = 2000;

/** A row in words; all of it plain text of one line, of which parts were written by others. */
export interface RowText {
  /** `10:42`. */
  readonly time: string;
  /** `Monday, November 16, 2026`. */
  readonly day: string;
  /** `Done`, `Snoozed until Mon 09:00`. */
  readonly what: string;
  /** What it was about; empty when that is not known. */
  readonly title: string;
  /** Who did it; empty when nobody can say. */
  readonly by: string;
  /** What was written with it, how each of its tries ended, and that it was taken back. */
  readonly more: readonly string[];
}

export function rowText(row: JournalRow, teller: Teller): RowText {
  const { told, at, title, undoneAt, attempts, signalIds } = row;
  const said = saidWith(told);
  return {
    time: teller.timeText(at),
    day: teller.dayText(at),
    what: whatText(told, signalIds.length > 0, teller),
    title: oneLine(title ?? placeText(told, teller) ?? nativeNames(signalIds), TEXT_LENGTH),
    by: oneLine(byText(told, teller), TEXT_LENGTH),
    more: [
      ...(said === undefined || said === '' ? [] : [oneLine(said, TEXT_LENGTH)]),
      ...attempts.map((attempt) => attemptText(attempt, teller)),
      ...(undoneAt === undefined ? [] : [vscode.l10n.t('Undone {0}', whenText(undoneAt, teller.now, teller.timeZone))]),
    ],
  };
}

/** Everything of a row that is looked through when the journal is filtered. */
export function searchText(text: RowText, { url, home, signalIds }: JournalRow): string {
  const { time, day, what, title, by, more } = text;
  return [what, title, by, time, day, ...more, url ?? '', home ?? '', ...signalIds].join('\n');
}

/** How many there are, in the middle of a sentence. */
export function entriesText(count: number): string {
  return count === 1 ? vscode.l10n.t('1 entry') : vscode.l10n.t('{0} entries', count);
}

function attemptText({ at, write, result, reason }: AttemptView, { timeText }: Teller): string {
  const what = `${timeText(at)} ${writeText(write)}`;
  if (result === 'done') return vscode.l10n.t('{0}: written', what);
  if (result === 'found') return vscode.l10n.t('{0}: had been written already', what);
  return reason === undefined
    ? vscode.l10n.t('{0}: not written', what)
    : vscode.l10n.t('{0}: not written. {1}', what, writeFailureText(reason, write));
}

function byText(told: Told, { me }: Teller): string {
  if (told.type === 'responded') return told.who;
  // Whoever closed it is not told of.
  if (told.type === 'issueClosed') return '';
  return me ?? vscode.l10n.t('You');
}

function placeText(told: Told, { placeOf }: Teller): string | undefined {
  return told.type === 'checked' ? (placeOf(told.watchId) ?? told.watchId) : undefined;
}

/** Better than nothing: `acme/app#12` for a matter of which nothing else is known any more. */
function nativeNames(signalIds: readonly string[]): string {
  return signalIds.map((id) => id.replace(/^[^:]*:/u, '')).join(', ');
}

/** What a person or a source wrote with it. */
function saidWith(told: Told): string | undefined {
  switch (told.type) {
    case 'noted':
    case 'keptInMind':
      return told.text;
    case 'extended':
    case 'timeLogged':
      return told.reason;
    case 'converted':
    case 'issueClosed':
      return told.title;
    default:
      return undefined;
  }
}

type Plain = Extract<
  Told,
  {
    type:
      | 'claimed'
      | 'released'
      | 'done'
      | 'reopened'
      | 'woken'
      | 'noted'
      | 'keptInMind'
      | 'paused'
      | 'resumed'
      | 'stopped'
      | 'merged'
      | 'keptApart'
      | 'reviewsTaken';
  }
>;

// Functions, since the editor's language is known only once the extension runs.
const PLAIN: { readonly [Type in Plain['type']]: () => string } = {
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
};

function whatText(told: Told, hasSignals: boolean, teller: Teller): string {
  switch (told.type) {
    case 'undone':
      return told.of === undefined
        ? vscode.l10n.t('Undone')
        : vscode.l10n.t('Undone: {0}', whatText(told.of, hasSignals, teller));
    case 'wrote':
      return wroteText(told);
    case 'converted':
      return vscode.l10n.t('Converted to {0}', `${told.repository}#${told.number}`);
    case 'issueClosed':
      return vscode.l10n.t('{0} was closed', `${told.repository}#${told.number}`);
    case 'snoozed':
      return snoozedText(told.until, teller);
    case 'prioritised':
      return vscode.l10n.t('Priority {0}', PRIORITY_LABEL[told.priority]);
    case 'started':
      return vscode.l10n.t('Do It Now, {0}', formatMinutes(told.minutes));
    case 'extended':
      return vscode.l10n.t('Timebox extended by {0}', formatMinutes(told.minutes));
    case 'timeLogged':
      return told.minutes < 0
        ? vscode.l10n.t('{0} taken off', formatMinutes(-told.minutes))
        : vscode.l10n.t('{0} logged', formatMinutes(told.minutes));
    case 'checked':
      return hasSignals ? vscode.l10n.t('Looked at') : vscode.l10n.t('Place checked');
    case 'reviewsKept':
      return vscode.l10n.t('Left with {0}', oneLine(told.who, 60));
    case 'handoffPosted':
      return told.where === 'slack'
        ? vscode.l10n.t('Handoff posted to Slack')
        : vscode.l10n.t('Handoff posted as an issue');
    case 'responded':
      return vscode.l10n.t('First response after {0}', formatMinutes(told.tookMinutes));
    default:
      return PLAIN[told.type]();
  }
}

function wroteText({ kind, result }: Extract<Told, { type: 'wrote' }>): string {
  const what = kindText(kind);
  if (result === 'written') return what;
  return result === 'failed' ? vscode.l10n.t('{0} (not written)', what) : vscode.l10n.t('{0} (half-way)', what);
}

function snoozedText(until: SnoozeEnd, { now, timeZone }: Teller): string {
  return until.type === 'reply'
    ? vscode.l10n.t('Snoozed until somebody replies')
    : vscode.l10n.t('Snoozed until {0}', whenText(until.at, now, timeZone));
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
