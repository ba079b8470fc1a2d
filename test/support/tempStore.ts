import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { openStore, type SqliteStore } from '../../src/store/sqliteStore.ts';

/** A folder that is gone after the test. */
export function tempFolder(test: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'responder-'));
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A store in `folder` that closes after the test; every one opened is another window. */
export function openWindow(test: TestContext, folder: string, now: () => number = () => 0): SqliteStore {
  const { store } = openStore(folder, { now });
  test.after(() => store.close());
  return store;
}
