import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JournalEvent } from '../../../src/core/journal.ts';
import { JOURNAL_ROW } from '../../../src/store/parse.ts';
import { openStore } from '../../../src/store/sqliteStore.ts';
import { tempFolder } from '../../support/tempStore.ts';

const RESPONDED: JournalEvent = { type: 'responded', who: 'Kai', startedAt: 0, targetMinutes: 60, tookMinutes: 5 };

test('an entry says who did it, as they were called then; what sources told is nobody’s', (t) => {
  const folder = tempFolder(t);
  let me: string | undefined;
  const { store } = openStore(folder, { now: () => 0, me: () => me });
  const append = (id: string, event: JournalEvent): void => store.append({ id, at: 1, signalIds: [], event });
  append('early', { type: 'claimed' });
  me = 'Noor';
  append('claimed', { type: 'claimed' });
  append('answered', RESPONDED);
  append('clock runs again', { type: 'undone', entryId: 'answered' });
  me = 'Noor A.';
  append('done', { type: 'done' });
  append('undone', { type: 'undone', entryId: 'claimed' });
  store.close();

  const again = openStore(folder, { now: () => 0, me: () => 'Rio' }).store;
  t.after(() => again.close());
  assert.deepEqual(Object.fromEntries(again.journal().map(({ id, by }) => [id, by])), {
    early: undefined,
    claimed: 'Noor',
    answered: undefined,
    'clock runs again': undefined,
    done: 'Noor A.',
    undone: 'Noor A.',
  });
});

test('rows from before entries said who and why are read as they are', () => {
  const tried =
    '{"type":"attempted","proposalId":"p","kind":"reply","title":"t","step":0,"steps":1,"write":"replyInThread","result":"failed","url":null,"reason":"offline"}';
  const read = JOURNAL_ROW.read(`{"id":"a","at":1,"signalIds":[],"event":${tried}}`);
  assert.ok(read?.event.type === 'attempted');
  assert.deepEqual([read.by, read.event.message, read.event.tries], [undefined, undefined, undefined]);
});
