import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { forgetTeams } from '../../../src/wiring/forgetTeams.ts';
import { signal } from '../../support/build.ts';
import { openWindow, tempFolder } from '../../support/tempStore.ts';

test('of every team the signals and the snapshot are forgotten, and the journal stays; a broken one stops no other', (t) => {
  const root = tempFolder(t);
  const status = {
    id: 'github',
    service: 'github',
    okAt: 1,
    failure: undefined,
    skipped: 0,
    failedPlaces: [],
  } as const;
  const folders = ['one', 'two'].map((name) => path.join(root, name));
  for (const folder of folders) {
    const store = openWindow(t, folder);
    store.savePoll({ source: 'github', changed: [signal()], gone: [], status });
    store.append({ id: 'entry', at: 1, signalIds: [], event: { type: 'claimed' } });
    writeFileSync(path.join(folder, 'snapshot.json'), '{}');
  }
  // A folder in the file's place cannot be opened.
  mkdirSync(path.join(root, 'broken', 'responder.db'), { recursive: true });
  const errors: string[] = [];
  const nothing = (): void => undefined;
  const log = { debug: nothing, info: nothing, warn: nothing, error: (line: string) => void errors.push(line) };
  forgetTeams(root, { now: () => 0, log });

  for (const folder of folders) {
    const store = openWindow(t, folder);
    assert.deepEqual([store.signals().size, store.statuses().size, store.journal().length], [0, 0, 1]);
    assert.ok(!existsSync(path.join(folder, 'snapshot.json')));
  }
  assert.equal(errors.length, 1);
  forgetTeams(path.join(root, 'nowhere'), { now: () => 0, log });
});
