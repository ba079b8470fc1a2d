import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JournalEntry, JournalEvent } from '../../../src/core/journal.ts';
import { runOf, timeSpent, totalSpentAt } from '../../../src/core/timeboxRun.ts';
import { undoEntries } from '../../../src/core/undo.ts';
import { keptTime } from '../../../src/core/undoTimebox.ts';

const MINUTE = 60_000;
const ALWAYS = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

function entry(minute: number, event: JournalEvent, id = 'b'): JournalEntry {
  return { id: `${id} ${event.type} ${minute}`, at: minute * MINUTE, signalIds: [id], event };
}

/** Undoes `started` at that minute. */
function undone(journal: readonly JournalEntry[], started: JournalEntry, minute: number): readonly JournalEntry[] {
  const input = { id: 'u', at: minute * MINUTE, reason: 'undone' };
  const kept = keptTime(journal, started, input);
  return [...journal, ...undoEntries([started], input), ...kept].toSorted((a, b) => a.at - b.at);
}

function minutesOn(journal: readonly JournalEntry[], id: string, minute: number): number {
  return totalSpentAt(timeSpent(journal, ALWAYS, [id]), minute * MINUTE) / MINUTE;
}

test('at once, nothing is left of it', () => {
  const started = entry(10, { type: 'started', minutes: 30 });
  assert.deepEqual(keptTime([started], started, { id: 'u', at: 10.9 * MINUTE, reason: '' }), []);
});

test('work that was done stays counted, and no timebox runs', () => {
  const started = entry(10, { type: 'started', minutes: 30 });
  const after = undone([started], started, 22);

  assert.equal(runOf(after), undefined);
  assert.equal(minutesOn(after, 'b', 90), 12);
});

test('so does the time of one that was paused and stopped since', () => {
  const started = entry(10, { type: 'started', minutes: 30 });
  const journal = [
    started,
    entry(15, { type: 'paused' }),
    entry(20, { type: 'resumed' }),
    entry(22, { type: 'stopped' }),
  ];

  assert.equal(minutesOn(undone(journal, started, 60), 'b', 90), 7);
});

test('the timebox that it had paused goes on from now: no minute counts twice', () => {
  const started = entry(10, { type: 'started', minutes: 30 });
  const after = undone([entry(0, { type: 'started', minutes: 60 }, 'a'), started], started, 25);

  assert.deepEqual(runOf(after)?.signalIds, ['a']);
  assert.equal(minutesOn(after, 'a', 25), 10);
  assert.equal(minutesOn(after, 'b', 25), 15);
  assert.equal(minutesOn(after, 'a', 30), 15);
});
