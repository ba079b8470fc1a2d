import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Item } from '../../../src/core/item.ts';
import { entriesOf, indexJournal, recordOf } from '../../../src/core/itemRecord.ts';
import type { JournalEntry } from '../../../src/core/journal.ts';
import { signal } from '../../support/build.ts';

const NOW = Date.UTC(2026, 10, 18, 11);
const item: Item = { id: 'slack:a', signals: [signal({ id: 'slack:a' }), signal({ id: 'slack:b' })] };

function entry(id: string, signalId: string, type: 'claimed' | 'released'): JournalEntry {
  return { id, at: NOW, signalIds: [signalId], event: { type } };
}

test('of what was done to several signals of an item in one moment the last word in the journal counts', () => {
  const claim = entry('1', 'slack:b', 'claimed');
  const release = entry('2', 'slack:a', 'released');
  for (const journal of [
    [claim, release],
    [release, claim],
  ]) {
    const entries = entriesOf(item, indexJournal(journal));
    assert.deepEqual(entries, journal);
    assert.equal(recordOf(entries).claimedAt, journal[1] === claim ? NOW : undefined);
  }
});

test('an entry about several signals of an item is there once', () => {
  const both: JournalEntry = { id: '1', at: NOW, signalIds: ['slack:a', 'slack:b'], event: { type: 'claimed' } };
  assert.deepEqual(entriesOf(item, indexJournal([both])), [both]);
});
