import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import type { JournalEntry } from '../../../src/core/journal.ts';
import { signal } from '../../support/build.ts';
import { openWindow, tempFolder } from '../../support/tempStore.ts';

function note(id: string, text = id): JournalEntry {
  return { id, at: 1, signalIds: ['github:acme/app#1'], event: { type: 'noted', text } };
}

function ids(entries: readonly JournalEntry[]): readonly string[] {
  return entries.map(({ id }) => id);
}

test('a deleted journal is gone in every window and after a restart; what comes after it is kept', (t) => {
  const folder = tempFolder(t);
  const [one, other] = [openWindow(t, folder), openWindow(t, folder)];
  for (const id of ['a', 'b']) one.append(note(id));
  other.follow();
  const told: string[] = [];
  other.onDidChange((parts) => told.push(...parts));
  const before = one.journal();

  one.deleteJournal();
  assert.deepEqual(one.journal(), []);
  assert.notEqual(one.journal(), before, 'what was made of the former array is not taken for the new one');
  one.append(note('c'));
  other.append(note('d'));

  assert.deepEqual(ids(other.journal()), ['c', 'd']);
  assert.deepEqual(told, ['journal']);
  one.follow();
  assert.deepEqual(ids(one.journal()), ['c', 'd']);
  assert.deepEqual(ids(openWindow(t, folder).journal()), ['c', 'd']);
  other.deleteJournal();
  one.follow();
  assert.deepEqual(one.journal(), []);
});

test('only the journal is deleted', (t) => {
  const store = openWindow(t, tempFolder(t));
  store.savePoll({
    source: 'github',
    changed: [signal()],
    gone: [],
    status: { id: 'github', service: 'github', okAt: 1, failure: undefined, skipped: 0, failedPlaces: [] },
  });
  store.append(note('a'));
  store.deleteJournal();
  assert.equal(store.signals().size, 1);
});

test('the file holds nothing of it, and its entries can be neither edited nor cut one by one, before and after', (t) => {
  const folder = tempFolder(t);
  const store = openWindow(t, folder);
  store.append(note('a', 'a word that nobody else says'));
  store.deleteJournal();
  store.append(note('b'));
  store.close();

  const file = join(folder, 'responder.db');
  assert.ok(!readFileSync(file).includes('a word that nobody else says'));
  const db = new DatabaseSync(file);
  t.after(() => db.close());
  assert.throws(() => db.exec('DELETE FROM journal'), /append-only/u);
  assert.throws(() => db.exec("UPDATE journal SET json = ''"), /append-only/u);
});

test('an entry keeps what its matter was called when it was written, in every window', (t) => {
  const folder = tempFolder(t);
  const [one, other] = [openWindow(t, folder), openWindow(t, folder)];
  const status = {
    id: 'github',
    service: 'github',
    okAt: 1,
    failure: undefined,
    skipped: 0,
    failedPlaces: [],
  } as const;
  const known = signal({
    id: 'github:acme/app#1',
    title: 'Sync stops',
    url: 'https://github.example/acme/app/issues/1',
  });
  one.savePoll({ source: 'github', changed: [known], gone: [], status });
  one.append(note('a'));
  one.savePoll({ source: 'github', changed: [], gone: [known.id], status });
  one.append(note('b'));
  one.append({ ...note('c'), about: { title: 'Told', url: 'https://github.example/c' } });
  other.follow();

  for (const window of [one, other])
    assert.deepEqual(
      window.journal().map(({ about }) => about?.title),
      ['Sync stops', undefined, 'Told'],
    );
});

test('the journal of an earlier version is read as it was, and what a later one wrote stays in the file', (t) => {
  const folder = tempFolder(t);
  openWindow(t, folder).close();
  const file = join(folder, 'responder.db');
  const db = new DatabaseSync(file);
  const insert = db.prepare('INSERT INTO journal (json) VALUES (?)');
  const early = note('a');
  const later = { ...note('later'), event: { type: 'telepathised', to: 'Rio' } };
  for (const each of [early, later]) insert.run(JSON.stringify(each));
  db.exec('PRAGMA user_version = 1');
  db.close();

  const store = openWindow(t, folder);
  store.append(note('b'));
  assert.deepEqual(store.journal(), [early, note('b')]);
  assert.equal(store.unreadableRows(), 1);
  store.close();
  const again = new DatabaseSync(file);
  t.after(() => again.close());
  const kept = again.prepare('SELECT json FROM journal ORDER BY seq').all();
  assert.deepEqual(
    kept.map(({ json }): unknown => JSON.parse(String(json))),
    [early, later, note('b')],
  );
});
