import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { JournalEntry, JournalEvent } from '../../../src/core/journal.ts';
import { runOf, spentAt, timeboxAt, timeSpent, totalSpentAt } from '../../../src/core/timeboxRun.ts';

const nine = Date.UTC(2026, 10, 16, 8);
const LIMIT = 120;
const minutes = (count: number): number => count * 60_000;

/** Entries at minutes after nine, about `a` unless another item is named. */
function journal(...lines: readonly (readonly [at: number, event: JournalEvent, ids?: readonly string[]])[]) {
  return lines.map(([at, event, signalIds = ['a']], index): JournalEntry => {
    return { id: `e${index}`, at: nine + minutes(at), signalIds, event };
  });
}

const started = (count: number): JournalEvent => ({ type: 'started', minutes: count });
const extended = (count: number): JournalEvent => ({
  type: 'extended',
  minutes: count,
  reason: 'deeper than it looked',
});
const logged = (count: number): JournalEvent => ({ type: 'timeLogged', minutes: count, reason: 'by hand' });
const paused: JournalEvent = { type: 'paused' };
const resumed: JournalEvent = { type: 'resumed' };
const done: JournalEvent = { type: 'done' };
const undo = (entryId: string): JournalEvent => ({ type: 'undone', entryId });

function readAt(entries: readonly JournalEntry[], minute: number) {
  const run = runOf(entries);
  assert.ok(run !== undefined);
  const { spentMs, leftMs, ...rest } = timeboxAt(run, LIMIT, nine + minutes(minute));
  return { ...rest, spent: spentMs / 60_000, left: leftMs / 60_000 };
}

/** Minutes by the first signal of each item. */
function spentBy(entries: readonly JournalEntry[], now: number, ids?: readonly string[]): Record<string, number> {
  const times = timeSpent(entries, { from: nine, to: nine + minutes(1e6) }, ids);
  return Object.fromEntries(
    times.map((time) => [time.signalIds[0] ?? '', spentAt(time, nine + minutes(now)) / 60_000]),
  );
}

test('a timebox runs from its start, is near its end at 80 %, and goes on counting past it', () => {
  const entries = journal([0, started(30)]);

  assert.deepEqual(
    [10, 24, 30, 50].map((minute) => {
      const { mark, spent, left } = readAt(entries, minute);
      return [mark, spent, left];
    }),
    [
      ['none', 10, 20],
      ['eighty', 24, 6],
      ['full', 30, 0],
      ['full', 50, 0],
    ],
  );
});

test('the next mark is said to the millisecond, and none while it is paused', () => {
  assert.equal(readAt(journal([0, started(30)]), 10).nextMarkAt, nine + minutes(24));
  assert.equal(readAt(journal([0, started(30)]), 24).nextMarkAt, nine + minutes(30));
  assert.equal(readAt(journal([0, started(30)]), 30).nextMarkAt, nine + minutes(120));
  assert.equal(readAt(journal([0, started(30)]), 130).nextMarkAt, undefined);
  assert.equal(readAt(journal([0, started(30)], [5, paused]), 10).nextMarkAt, undefined);
});

test('a pause does not count, and a second pause or resume changes nothing', () => {
  const entries = journal([0, started(30)], [5, paused], [8, paused], [20, resumed], [22, resumed]);

  assert.deepEqual(
    { state: readAt(entries, 30).state, spent: readAt(entries, 30).spent },
    { state: 'running', spent: 15 },
  );
});

test('starting another pauses the first, which is there again when the second has ended', () => {
  const entries = journal([0, started(30)], [10, started(60), ['b']]);
  assert.deepEqual(runOf(entries)?.signalIds, ['b']);

  const after = journal([0, started(30)], [10, started(60), ['b']], [40, done, ['b']]);

  assert.deepEqual(runOf(after)?.signalIds, ['a']);
  assert.deepEqual([readAt(after, 60).state, readAt(after, 60).spent], ['paused', 10]);
  assert.deepEqual(spentBy(after, 60), { a: 10, b: 30 });
});

test('done, converted, given up and stopped end it; snoozing pauses it', () => {
  const converted: JournalEvent = {
    type: 'converted',
    repository: 'acme/app',
    number: 7,
    url: 'https://github.example/acme/app/issues/7',
    title: 'Sync stops',
    timeboxMinutes: 240,
    priority: 'medium',
  };
  for (const event of [done, converted, { type: 'released' }, { type: 'stopped' }] as const)
    assert.equal(runOf(journal([0, started(30)], [5, event])), undefined, event.type);
  assert.equal(
    readAt(journal([0, started(30)], [5, { type: 'snoozed', until: { type: 'reply' } }]), 9).state,
    'paused',
  );
});

test('from the limit on it must be converted, whatever the time was spent in', () => {
  assert.equal(readAt(journal([0, started(90)]), 10).mustConvert, false);
  assert.equal(readAt(journal([0, started(90)], [80, extended(30)]), 81).mustConvert, true);
  assert.equal(readAt(journal([0, logged(60)], [1, started(60)]), 2).mustConvert, true);
  assert.equal(readAt(journal([0, started(60)], [60, { type: 'stopped' }], [90, started(60)]), 91).mustConvert, true);
  assert.equal(readAt(journal([0, started(90)]), 120).mark, 'limit');
  assert.equal(readAt(journal([0, logged(100)], [1, started(15)]), 16).mark, 'full');
  assert.equal(readAt(journal([0, logged(100)], [1, started(15)]), 21).mark, 'limit');
});

test('entries count by their time: sleep that is taken off is written after it was over', () => {
  const entries = journal([0, started(60)], [10, paused], [50, resumed]);
  const asWritten = [entries[0], entries[2], entries[1]].flatMap((entry) => entry ?? []);

  assert.equal(readAt(asWritten, 60).spent, 20);
});

test('an undone entry is as if it had not happened: sleep that counts after all, a done taken back', () => {
  assert.equal(readAt(journal([0, started(60)], [10, paused], [50, undo('e1')]), 50).spent, 50);
  assert.equal(readAt(journal([0, started(60)], [10, done], [12, undo('e1')]), 20).spent, 20);
  assert.equal(runOf(journal([0, started(60)], [10, undo('e0')])), undefined);
});

test('time is of the item: entries that share a signal are about the same one', () => {
  const entries = journal(
    [0, started(30), ['a']],
    [10, { type: 'stopped' }, ['a']],
    [20, logged(5), ['b']],
    [30, started(30), ['a', 'b']],
    [40, logged(7), []],
  );

  assert.deepEqual(spentBy(entries, 50), { a: 35, '': 7 });
  assert.deepEqual(spentBy(entries, 50, ['b']), { a: 35 });
  assert.equal(runOf(entries)?.otherMs, minutes(15));
});

test('a span cuts what began before it and what runs on', () => {
  const entries = journal([0, started(60)], [30, paused], [100, resumed]);
  const span = { from: nine + minutes(20), to: nine + minutes(110) };

  const [only] = timeSpent(entries, span);

  assert.deepEqual(only, { signalIds: ['a'], closedMs: minutes(10), runningSince: nine + minutes(100) });
  assert.deepEqual(timeSpent(entries, { from: nine + minutes(40), to: nine + minutes(50) }), []);
});

test('time that is taken off never makes less than none', () => {
  assert.deepEqual(spentBy(journal([0, started(30)], [10, paused], [11, logged(-40)]), 20), { a: 0 });
});

test('clocks that change do not: an hour over the end of summer time is an hour', () => {
  const night = Date.UTC(2026, 9, 25, 0, 30); // 02:30 in Berlin, half an hour before it is 02:00 again
  const entries: readonly JournalEntry[] = [{ id: 's', at: night, signalIds: ['a'], event: started(90) }];
  const run = runOf(entries);
  assert.ok(run !== undefined);

  assert.equal(timeboxAt(run, LIMIT, night + minutes(60)).spentMs, minutes(60));
});

const arbitraryEvent: fc.Arbitrary<JournalEvent> = fc.oneof(
  fc.integer({ min: 1, max: 110 }).map(started),
  fc.constantFrom<JournalEvent>(paused, resumed, done, { type: 'stopped' }, { type: 'released' }),
  fc.integer({ min: -30, max: 60 }).map(extended),
);
const arbitraryLine = fc.tuple(fc.integer({ min: 0, max: 600 }), arbitraryEvent, fc.constantFrom(['a'], ['b'], ['c']));
const arbitraryJournal = fc
  .array(arbitraryLine, { maxLength: 25 })
  .map((lines) => journal(...lines.toSorted(([a], [b]) => a - b)));

test('law: no sequence makes negative time, and no more time passes than the clock shows', () => {
  fc.assert(
    fc.property(arbitraryJournal, fc.integer({ min: -60, max: 900 }), (entries, minute) => {
      const now = nine + minutes(minute);
      const total = totalSpentAt(timeSpent(entries, { from: nine, to: Number.MAX_SAFE_INTEGER }), now);
      assert.ok(total >= 0);
      // One runs at a time.
      assert.ok(total <= minutes(Math.max(600, minute)));
      const run = runOf(entries);
      if (run === undefined) return;
      const reading = timeboxAt(run, LIMIT, now);
      assert.ok(reading.spentMs >= 0 && reading.leftMs >= 0);
      assert.ok(reading.nextMarkAt === undefined || reading.nextMarkAt > now);
    }),
  );
});

test('law: the whole is the sum of its spans, wherever it is cut', () => {
  fc.assert(
    fc.property(arbitraryJournal, fc.integer({ min: 0, max: 700 }), (entries, cut) => {
      const end = nine + minutes(700);
      const middle = nine + minutes(cut);
      const over = (from: number, to: number): number => totalSpentAt(timeSpent(entries, { from, to }), to);

      assert.equal(over(nine, middle) + over(middle, end), over(nine, end));
    }),
  );
});

test('law: the order in which entries were written does not matter, only their times', () => {
  const distinct = fc
    .uniqueArray(arbitraryLine, { maxLength: 15, selector: ([at]) => at })
    .map((lines) => journal(...lines));
  fc.assert(
    fc.property(distinct, (entries) => {
      const inOrder = entries.toSorted((a, b) => a.at - b.at);
      assert.deepEqual(runOf(entries), runOf(inOrder));
    }),
  );
});

test('law: undoing an entry is as if it had never been written', () => {
  fc.assert(
    fc.property(arbitraryJournal, fc.nat(), (entries, pick) => {
      const gone = entries[pick % Math.max(1, entries.length)];
      fc.pre(gone !== undefined);
      const undone: JournalEntry = {
        id: 'u',
        at: nine + minutes(999),
        signalIds: gone.signalIds,
        event: undo(gone.id),
      };
      const without = entries.filter((entry) => entry !== gone);
      assert.deepEqual(runOf([...entries, undone]), runOf(without));
      const span = { from: nine, to: nine + minutes(700) };
      assert.deepEqual(timeSpent([...entries, undone], span), timeSpent(without, span));
    }),
  );
});

test('law: extending twice is extending by the sum', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }), (a, b) => {
      const twice = runOf(journal([0, started(15)], [1, extended(a)], [2, extended(b)]));
      const once = runOf(journal([0, started(15)], [1, extended(a + b)]));
      assert.deepEqual(twice, once);
    }),
  );
});
