import type { DatabaseSync } from 'node:sqlite';

/**
 * One script for each version of the file, in order; never edited once released, only added to.
 *
 * `record` holds everything that can change, one JSON value a row; `change` grows with every transaction, so that a
 * window finds what others wrote since it last looked; a deleted row stays as a tombstone (`json` is null) for a while.
 */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE record (
     kind TEXT NOT NULL,
     id TEXT NOT NULL,
     json TEXT,
     change INTEGER NOT NULL,
     PRIMARY KEY (kind, id)
   ) STRICT;
   CREATE INDEX record_by_change ON record (change);
   CREATE TABLE journal (seq INTEGER PRIMARY KEY AUTOINCREMENT, json TEXT NOT NULL) STRICT;
   CREATE TRIGGER journal_is_never_edited BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'append-only'); END;
   CREATE TRIGGER journal_is_never_cut BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'append-only'); END;
   CREATE TABLE lease (name TEXT PRIMARY KEY, holder TEXT NOT NULL, expires INTEGER NOT NULL) STRICT;`,
  // Signals got voices, takers and the end of a silence. What the sources remember must go with them: an unchanged list
  // would be answered with 304, and never be read again.
  "DELETE FROM record WHERE kind IN ('signals', 'memory');",
  // Proposals say when they were approved, what they take back, and how each of their steps can be taken back: of those
  // that were written before it is known for claims and releases alone.
  `UPDATE record SET json = json_set(json,
     '$.approvedAt', json_extract(json, '$.proposal.createdAt'),
     '$.proposal.undoes', NULL,
     '$.states', (SELECT json_group_array(CASE json_extract(value, '$.status')
       WHEN 'done' THEN json_set(value, '$.outcome.undo', CASE json_extract(record.json, '$.proposal.steps[' || key || '].type')
         WHEN 'assign' THEN json_array(json_set(json_extract(record.json, '$.proposal.steps[' || key || ']'),
           '$.add', json_extract(record.json, '$.proposal.steps[' || key || '].remove'),
           '$.remove', json_extract(record.json, '$.proposal.steps[' || key || '].add')))
         WHEN 'react' THEN json_array(json_set(json_extract(record.json, '$.proposal.steps[' || key || ']'),
           '$.remove', json(iif(json_extract(record.json, '$.proposal.steps[' || key || '].remove'), 'false', 'true'))))
         ELSE json('[]') END)
       WHEN 'failed' THEN json_set(value, '$.retryAt', NULL)
       ELSE json(value) END) FROM json_each(record.json, '$.states')))
   WHERE kind = 'proposals' AND json IS NOT NULL;`,
];

/** The file was written by a newer version of the extension. It is left untouched, so that nothing is lost. */
export class NewerStoreError extends Error {
  override readonly name = 'NewerStoreError';
}

/**
 * Brings the file to this version of the code; forwards only.
 * @throws {NewerStoreError} when the file is of a later version.
 */
export function migrate(db: DatabaseSync): void {
  if (version(db) === MIGRATIONS.length) return;
  db.exec('BEGIN IMMEDIATE');
  try {
    // Read again under the lock: another window may have migrated meanwhile.
    const from = version(db);
    if (from > MIGRATIONS.length) {
      throw new NewerStoreError(`the store has version ${from}, this extension knows ${MIGRATIONS.length}`);
    }
    for (const script of MIGRATIONS.slice(from)) db.exec(script);
    db.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
    db.exec('COMMIT');
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

function version(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
}
