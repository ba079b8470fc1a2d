import type { JournalEntry } from './journal.ts';

/** Of the lines below the first; a reader that knows a lower number does not know all of it. */
export const JOURNAL_SCHEMA = 1;

export interface ExportInput {
  readonly journal: readonly JournalEntry[];
  /** The team's name. */
  readonly team: string;
  /** Epoch milliseconds. */
  readonly exportedAt: number;
}

/**
 * The journal as JSON Lines: one that says what follows, then one for each entry, in order of time, as it is kept. Times
 * are epoch milliseconds.
 */
export function* journalLines({ journal, team, exportedAt }: ExportInput): Generator<string, void> {
  yield JSON.stringify({
    type: 'responder-duty journal',
    schema: JOURNAL_SCHEMA,
    team,
    exportedAt,
    entries: journal.length,
  });
  for (const entry of journal) yield JSON.stringify(entry);
}
