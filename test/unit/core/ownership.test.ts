import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entriesOf, indexJournal, recordOf } from '../../../src/core/itemRecord.ts';
import type { JournalEntry } from '../../../src/core/journal.ts';
import { holderOf } from '../../../src/core/ownership.ts';
import { rosterOf } from '../../../src/core/roster.ts';
import { undoEntries } from '../../../src/core/undo.ts';
import { signal, team } from '../../support/build.ts';

const roster = rosterOf(team(), { github: 'noor-sample', slack: 'U02NOO' });

function held(assignees: readonly string[], releasedAt: number | undefined, updatedAt = 10) {
  const one = signal({ assignees, updatedAt });
  return holderOf({ id: one.id, signals: [one] }, roster, { releasedAt })?.name;
}

test('what I released is not mine, though its source was not read since', () => {
  assert.equal(held(['noor-sample'], undefined), 'Noor');
  assert.equal(held(['noor-sample'], 10), undefined);
});

test('who assigns me again after that is heard', () => {
  assert.equal(held(['noor-sample'], 10, 11), 'Noor');
});

test('my release says nothing about a teammate', () => {
  assert.equal(held(['kai-sample'], 20), 'Kai');
});

test('what I gave back is a teammate’s who has it with me', () => {
  assert.equal(held(['noor-sample', 'kai-sample'], undefined), 'Noor');
  assert.equal(held(['noor-sample', 'kai-sample'], 20), 'Kai');
});

test('a claim that was read and is undone is not mine at once, unless I had the item before; claimed anew it is', () => {
  const one = signal({ takenBy: [], assignees: ['noor-sample'], updatedAt: 10 });
  const item = { id: one.id, signals: [one] } as const;
  const claim = (id: string, at: number): JournalEntry => ({ id, at, signalIds: [one.id], event: { type: 'claimed' } });
  const undo = (givingBack?: ReadonlySet<string>): readonly JournalEntry[] =>
    undoEntries([claim('c', 11)], { id: 'u', at: 12, ...(givingBack && { givingBack }) });
  const judged = (journal: readonly JournalEntry[]) => {
    const record = recordOf(entriesOf(item, indexJournal(journal)));
    return [record.claimedAt, holderOf(item, roster, record)?.name];
  };
  assert.deepEqual(judged([claim('c', 11)]), [11, 'Noor']);
  assert.deepEqual(judged([claim('c', 11), ...undo()]), [undefined, 'Noor']);
  const given = [claim('c', 11), ...undo(new Set(['c']))];
  assert.deepEqual(judged(given), [undefined, undefined]);
  assert.deepEqual(judged([...given, claim('d', 13)]), [13, 'Noor']);
});
