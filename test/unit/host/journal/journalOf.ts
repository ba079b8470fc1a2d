import type { JournalEntry } from '../../../../src/core/journal.ts';
import { type JournalRow, projectJournal } from '../../../../src/core/journalView.ts';
import type { Reader } from '../../../../src/host/journal/words.ts';

/** Monday, November 16, 2026, 10:00 in Berlin. */
export const MONDAY = Date.UTC(2026, 10, 16, 9);
export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

/** Noor on Wednesday noon. */
export const NOOR: Reader = {
  now: MONDAY + 2 * DAY + 120 * MINUTE,
  timeZone: 'Europe/Berlin',
  me: 'Noor',
  placeOf: (id) => (id === 'slack:channel:integrations' ? '#integrations' : undefined),
};

/** The rows of a journal of which nothing can be taken back outside. */
export function rowsOf(journal: readonly JournalEntry[]): readonly JournalRow[] {
  return projectJournal({ journal, signals: new Map(), canTakeBack: () => false, undoSince: 0 });
}
