import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { NewerStoreError } from '../../../src/store/migrations.ts';
import { openStore } from '../../../src/store/sqliteStore.ts';
import { signal } from '../../support/build.ts';
import { openWindow, tempFolder } from '../../support/tempStore.ts';

const NOW = Date.UTC(2026, 10, 21, 9, 0, 0, 7);
const STATUS = { id: 'github', service: 'github', okAt: 1, failure: undefined, skipped: 0, failedPlaces: [] } as const;

function fill(folder: string, count: number): void {
  const { store } = openStore(folder, { now: () => NOW });
  const changed = Array.from({ length: count }, (_, index) => signal({ id: `github:acme/app#${index}` }));
  store.savePoll({ source: 'github', changed, gone: [], status: STATUS });
  store.close();
}

function damaged(name: string, harm: (path: string, folder: string) => void): void {
  test(`a file that ${name} is set aside and a fresh one begun`, (t) => {
    const folder = tempFolder(t);
    fill(folder, 500);
    const path = join(folder, 'responder.db');
    harm(path, folder);
    const bytes = readFileSync(path);

    const { store, setAside } = openStore(folder, { now: () => NOW });
    t.after(() => store.close());
    assert.equal(setAside, join(folder, 'responder.db.damaged-2026-11-21T09-00-00-007Z'));
    assert.deepEqual(readFileSync(setAside).subarray(0, 4096), bytes.subarray(0, 4096));
    assert.equal(store.signals().size, 0);
    store.savePoll({ source: 'github', changed: [signal()], gone: [], status: STATUS });
    assert.equal(openWindow(t, folder).signals().size, 1);
  });
}

damaged('is no database', (path) => writeFileSync(path, 'these are not the rows you look for'.repeat(500)));
damaged('is malformed inside', (path) => {
  const bytes = readFileSync(path);
  bytes.fill(0xa5, 4096);
  writeFileSync(path, bytes);
});
damaged('was cut off', (path) => writeFileSync(path, readFileSync(path).subarray(0, 9000)));
damaged('lacks its tables', (path) => {
  const db = new DatabaseSync(path);
  db.exec('DROP TABLE record');
  db.close();
});
damaged('has a log beside it that belongs to nothing', (path) => {
  writeFileSync(path, 'garbage'.repeat(2000));
  writeFileSync(`${path}-wal`, 'garbage');
});

test('the log of a damaged file goes with it, also while another window has it open', (t) => {
  const folder = tempFolder(t);
  const path = join(folder, 'responder.db');
  openWindow(t, folder).saveStatus(STATUS);
  const other = new DatabaseSync(path);
  t.after(() => other.close());
  other.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  writeFileSync(path, 'garbage'.repeat(2000));
  openStore(folder, { now: () => NOW }).store.close();
  const damagedName = 'responder.db.damaged-2026-11-21T09-00-00-007Z';
  assert.deepEqual(readdirSync(folder).toSorted(), [
    'responder.db',
    damagedName,
    `${damagedName}-shm`,
    `${damagedName}-wal`,
  ]);
});

test('a sound file, an empty one and none at all are not damaged', (t) => {
  const folder = tempFolder(t);
  assert.equal(openStore(folder, { now: () => NOW }).setAside, undefined);
  const other = tempFolder(t);
  writeFileSync(join(other, 'responder.db'), '');
  assert.equal(openStore(other, { now: () => NOW }).setAside, undefined);
});

test('a store of a later version is refused and left as it is', (t) => {
  const folder = tempFolder(t);
  fill(folder, 3);
  const path = join(folder, 'responder.db');
  const db = new DatabaseSync(path);
  db.exec('PRAGMA user_version = 999');
  db.close();
  const before = readFileSync(path);
  assert.throws(() => openStore(folder, { now: () => NOW }), NewerStoreError);
  assert.deepEqual(readFileSync(path), before);
  assert.deepEqual(readdirSync(folder), ['responder.db']);
});

test('a row that cannot be read is left out and counted, and written anew when its signal is seen again', (t) => {
  const folder = tempFolder(t);
  fill(folder, 4);
  const db = new DatabaseSync(join(folder, 'responder.db'));
  const put = db.prepare("UPDATE record SET json = ? WHERE kind = 'signals' AND id = ?");
  put.run('{"id":', 'github:acme/app#0');
  put.run('{"id":"github:acme/app#1"}', 'github:acme/app#1');
  put.run(JSON.stringify({ ...signal(), links: [{ kind: 'nonsense', url: 7 }] }), 'github:acme/app#2');
  db.exec("INSERT INTO record (kind, id, json, change) VALUES ('of a later time', 'x', '{}', 2)");
  db.exec("INSERT INTO journal (json) VALUES ('nonsense')");
  db.close();
  const store = openWindow(t, folder);
  assert.deepEqual([...store.signals().keys()], ['github:acme/app#3']);
  assert.equal(store.unreadableRows(), 4);
  store.savePoll({
    source: 'github',
    changed: [signal({ id: 'github:acme/app#0' })],
    gone: [],
    status: STATUS,
  });
  assert.deepEqual(openWindow(t, folder).signals().get('github:acme/app#0'), signal({ id: 'github:acme/app#0' }));
});

test('the journal in the file can be neither edited nor cut', (t) => {
  const folder = tempFolder(t);
  openWindow(t, folder).append({ id: 'entry', at: 1, signalIds: [], event: { type: 'keptInMind', text: 'x' } });
  const db = new DatabaseSync(join(folder, 'responder.db'));
  t.after(() => db.close());
  assert.throws(() => db.exec("UPDATE journal SET json = '{}'"), /append-only/u);
  assert.throws(() => db.exec('DELETE FROM journal'), /append-only/u);
});

test('from a file of the first version the signals are read anew, with all that the sources remember', (t) => {
  const folder = tempFolder(t);
  const first = openStore(folder, { now: () => NOW }).store;
  first.memory('github').set('etag', 'abc');
  first.savePoll({ source: 'github', changed: [signal()], gone: [], status: STATUS });
  first.append({ id: 'e', at: 1, signalIds: [signal().id], event: { type: 'done' } });
  first.close();
  const db = new DatabaseSync(join(folder, 'responder.db'));
  db.exec('PRAGMA user_version = 1');
  db.close();
  const { store } = openStore(folder, { now: () => NOW });
  t.after(() => store.close());
  assert.equal(store.signals().size, 0);
  assert.equal(store.memory('github').get('etag'), undefined);
  assert.equal(store.journal().length, 1);
  assert.equal(store.statuses().size, 1);
});
