import { mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { migrate } from './migrations.ts';

const FILE = 'responder.db';
/** How long a write waits for another window's; the extension host stands still meanwhile. */
const BUSY_TIMEOUT_MS = 2000;

// https://www.sqlite.org/rescode.html: SQLITE_ERROR (a table is missing), SQLITE_CORRUPT, SQLITE_NOTADB.
const DAMAGE_CODES: ReadonlySet<number> = new Set([1, 11, 26]);

/** What `use` made of the database; `setAside` is where a damaged file was put. */
export interface Opened<T> {
  readonly opened: T;
  readonly setAside: string | undefined;
}

/**
 * Opens the store's file in `folder`, creating and migrating it as needed, and hands it to `use`. A file that turns out
 * damaged is moved to another name beside itself, and a fresh one takes its place.
 * @throws {NewerStoreError} when a later version of the extension wrote the file.
 */
export function openDatabase<T>(folder: string, now: () => number, use: (db: DatabaseSync) => T): Opened<T> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, FILE);
  const before = fileNumber(path);
  try {
    return { opened: connect(path, use), setAside: undefined };
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
  // Another window may have put a fresh file there meanwhile: that one is nobody's to move.
  const setAside = fileNumber(path) === before ? moveAside(path, now()) : undefined;
  return { opened: connect(path, use), setAside };
}

function connect<T>(path: string, use: (db: DatabaseSync) => T): T {
  const db = new DatabaseSync(path);
  try {
    db.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
    db.exec('PRAGMA journal_mode = WAL');
    // In WAL a crash of the process loses nothing; a power cut may lose the newest rows, never the file.
    db.exec('PRAGMA synchronous = NORMAL');
    migrate(db);
    return use(db);
  } catch (error) {
    db.close();
    throw error;
  }
}

function isDamage(error: unknown): boolean {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return false;
  return DAMAGE_CODES.has(error.errcode & 0xff);
}

function moveAside(path: string, at: number): string {
  const target = `${path}.damaged-${new Date(at).toISOString().replace(/[:.]/gu, '-')}`;
  for (const suffix of ['', '-wal', '-shm']) {
    if (fileNumber(path + suffix) !== undefined) renameSync(path + suffix, target + suffix);
  }
  return target;
}

function fileNumber(path: string): bigint | undefined {
  return statSync(path, { bigint: true, throwIfNoEntry: false })?.ino;
}
