import type { JournalEntry } from '../core/journal.ts';
import { JOURNAL_ROW } from './parse.ts';
import type { JournalRow } from './rows.ts';

/** The journal in memory, in order of time. */
export class JournalShelf {
  /** Another array after it was deleted: those who keep what they made of it know it by array and length. */
  #entries: JournalEntry[] = [];
  /** Of the last row that was taken up. */
  #seq = 0;
  /** How often the journal had been deleted when it was read. */
  #deleted = 0;

  get entries(): readonly JournalEntry[] {
    return this.#entries;
  }

  get seq(): number {
    return this.#seq;
  }

  /** Takes up a row of the file; false when it cannot be read. */
  load({ seq, json }: JournalRow): boolean {
    this.#seq = seq;
    const entry = JOURNAL_ROW.read(json);
    if (entry !== undefined) this.#insert(entry);
    return entry !== undefined;
  }

  /** Takes up what this window wrote as that row. */
  put(seq: number, entry: JournalEntry): void {
    this.#seq = seq;
    this.#insert(entry);
  }

  /** Forgets all when the journal was deleted since it was read; true when it was: the rows that came after are read anew. */
  drop(timesDeleted: number): boolean {
    if (this.#deleted === timesDeleted) return false;
    this.#deleted = timesDeleted;
    this.#entries = [];
    this.#seq = 0;
    return true;
  }

  /** Entries of one moment stand in the order they were written. */
  #insert(entry: JournalEntry): void {
    const index = this.#entries.findLastIndex((earlier) => earlier.at <= entry.at);
    this.#entries.splice(index + 1, 0, entry);
  }
}
