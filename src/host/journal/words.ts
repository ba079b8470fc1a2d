import * as vscode from 'vscode';
import type { AttemptView, By, JournalRow, Told } from '../../core/journalView.ts';
import { oneLine } from '../../core/plainText.ts';
import { mayHaveArrived } from '../../core/sourceStatus.ts';
import { writeFailureText } from '../gate/stepWords.ts';
import { whenText } from '../words.ts';
import { leftOpen, saidWith, whatText } from './toldWords.ts';
import { writeText } from './writeWords.ts';

/** What is known of whoever reads rows, and when. */
export interface Reader {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly timeZone: string;
  /** Whose journal it is, for entries that do not say who; undefined when no account of theirs is known. */
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
  const { told, at, title, by, undoneAt, attempts, signalIds } = row;
  const said = saidWith(told);
  const open = leftOpen(told);
  return {
    time: teller.timeText(at),
    day: teller.dayText(at),
    what: whatText(told, signalIds.length > 0, teller),
    title: oneLine(title ?? placeText(told, teller) ?? nativeNames(signalIds), TEXT_LENGTH),
    by: oneLine(byText(by, teller), TEXT_LENGTH),
    more: [
      ...(said === undefined || said === '' ? [] : [oneLine(said, TEXT_LENGTH)]),
      ...(open === undefined ? [] : [open]),
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

function attemptText(attempt: AttemptView, { timeText }: Teller): string {
  const { at, write, result, tries } = attempt;
  const what = `${timeText(at)} ${writeText(write)}`;
  const which = tries === undefined ? what : vscode.l10n.t('{0} (try {1})', what, tries);
  if (result === 'done') return vscode.l10n.t('{0}: sent', which);
  if (result === 'found') return vscode.l10n.t('{0}: had already been sent', which);
  return failedText(which, attempt);
}

function failedText(what: string, { write, reason, message = '', isLook }: AttemptView): string {
  if (reason === undefined) return vscode.l10n.t('{0}: not sent', what);
  const why = writeFailureText(reason, write);
  const text =
    isLook || mayHaveArrived(reason)
      ? vscode.l10n.t('{0}: not known whether it was sent. {1}', what, why)
      : vscode.l10n.t('{0}: not sent. {1}', what, why);
  // The service's own words, in its own language.
  return message === '' ? text : `${text} (${oneLine(message, TEXT_LENGTH)})`;
}

function byText(by: By, { me }: Teller): string {
  switch (by.type) {
    case 'person':
      return by.name;
    // Whoever closed an issue, say, is not told of.
    case 'nobody':
      return '';
    // From before entries said it, or before the account was known.
    case 'unknown':
      return me ?? vscode.l10n.t('You');
  }
}

function placeText(told: Told, { placeOf }: Teller): string | undefined {
  return told.type === 'checked' ? (placeOf(told.watchId) ?? told.watchId) : undefined;
}

/** Better than nothing: `acme/app#12` for a matter of which nothing else is known any more. */
function nativeNames(signalIds: readonly string[]): string {
  return signalIds.map((id) => id.replace(/^[^:]*:/u, '')).join(', ');
}
