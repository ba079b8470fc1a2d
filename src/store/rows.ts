import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { RowChange } from './shelf.ts';

/** How many transactions back deleted rows are remembered; a window that missed more reads everything anew. */
const TOMBSTONES_KEPT = 10_000;
/** The trigger that keeps journal entries from being deleted (`migrations.ts`). */
const JOURNAL_GUARD = 'journal_is_never_cut';

export interface RecordRow {
  readonly kind: string;
  readonly id: string;
  readonly json: string | null;
  readonly change: number;
}

export interface JournalRow {
  readonly seq: number;
  readonly json: string;
}

/** The statements of the store's file; what the rows mean is not its matter. */
export class Rows {
  readonly #db: DatabaseSync;
  readonly #version: StatementSync;
  readonly #newest: StatementSync;
  readonly #changed: StatementSync;
  readonly #journal: StatementSync;
  readonly #put: StatementSync;
  readonly #append: StatementSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#version = db.prepare('PRAGMA data_version');
    this.#newest = db.prepare('SELECT max(change) AS newest FROM record');
    this.#changed = db.prepare('SELECT kind, id, json, change FROM record WHERE change > ?');
    this.#journal = db.prepare('SELECT seq, json FROM journal WHERE seq > ? ORDER BY seq');
    this.#put = db.prepare(
      `INSERT INTO record (kind, id, json, change) VALUES (?, ?, ?, ?)
       ON CONFLICT (kind, id) DO UPDATE SET json = excluded.json, change = excluded.change`,
    );
    this.#append = db.prepare('INSERT INTO journal (json) VALUES (?)');
  }

  /** Differs after another connection has committed; reads one number of shared memory. */
  version(): number {
    return Number(this.#version.get()?.['data_version']);
  }

  /** The number of the last transaction that changed a record; zero in a new file. */
  newest(): number {
    return Number(this.#newest.get()?.['newest'] ?? 0);
  }

  *changedAfter(change: number): Iterable<RecordRow> {
    for (const row of this.#changed.iterate(change)) {
      yield {
        kind: String(row['kind']),
        id: String(row['id']),
        json: textOrNull(row['json']),
        change: Number(row['change']),
      };
    }
  }

  *journalAfter(seq: number): Iterable<JournalRow> {
    for (const row of this.#journal.iterate(seq)) {
      yield { seq: Number(row['seq']), json: textOrNull(row['json']) ?? '' };
    }
  }

  put(row: RowChange, change: number): void {
    this.#put.run(row.kind, row.id, row.json, change);
  }

  /** @returns the entry's sequence number. */
  append(json: string): number {
    return Number(this.#append.run(json).lastInsertRowid);
  }

  /**
   * The one way in which entries go away: all at once, overwritten with zeros. The guard is back when this returns; it is
   * read from the file, so that it is the same one.
   */
  deleteJournal(): void {
    const guards = this.#db.prepare("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ?");
    const guard = textOrNull(guards.get(JOURNAL_GUARD)?.['sql']);
    this.#db.exec('PRAGMA secure_delete = ON');
    this.#db.exec(`DROP TRIGGER IF EXISTS ${JOURNAL_GUARD}; DELETE FROM journal;`);
    if (guard !== null) this.#db.exec(guard);
  }

  /** Takes what was deleted out of the log beside the file as well, unless another window is reading just now. */
  truncateLog(): void {
    this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  /** Whether a window that stands at `change` may lack tombstones that are gone by now. */
  isTooOld(change: number): boolean {
    return this.newest() - change > TOMBSTONES_KEPT;
  }

  /** Removes what nobody needs any more: old tombstones and leases that ended. */
  tidy(now: number): void {
    this.#db.prepare('DELETE FROM record WHERE json IS NULL AND change <= ?').run(this.newest() - TOMBSTONES_KEPT);
    this.#db.prepare('DELETE FROM lease WHERE expires <= ?').run(now);
  }

  /** Runs `work` in one transaction that holds the write lock from its beginning. */
  transaction<T>(work: () => T): T {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#db.exec('COMMIT');
      return result;
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  /** As {@link transaction}, and on the disk when it returns: a power cut cannot undo it. */
  durably<T>(work: () => T): T {
    this.#db.exec('PRAGMA synchronous = FULL');
    try {
      return this.transaction(work);
    } finally {
      this.#db.exec('PRAGMA synchronous = NORMAL');
    }
  }
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
