import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { QueueCall } from '../../../src/core/calls.ts';
import type { JournalEntry } from '../../../src/core/journal.ts';
import { linkSignals } from '../../../src/core/linking.ts';
import { projectQueue } from '../../../src/core/queue.ts';
import type { Signal } from '../../../src/core/signal.ts';
import type { SourceStatus } from '../../../src/core/sourceStatus.ts';
import { day, signal, team } from '../../support/build.ts';

/** A Wednesday noon in Berlin. */
const NOW = Date.UTC(2026, 10, 18, 11);
const HOUR = 3_600_000;
const WATCH = 'github:label:team/integrations';

function callsOf(signals: readonly Signal[], journal: readonly JournalEntry[] = [], now = NOW): readonly QueueCall[] {
  const watch = [
    { id: WATCH, service: 'github', what: 'label', name: 'x', in: ['acme/app'], respondWithinMinutes: 240 },
  ];
  const of = team({ watch: watch as never });
  const status: SourceStatus = {
    id: 'github',
    service: 'github',
    okAt: now,
    failure: undefined,
    skipped: 0,
    failedPlaces: [],
  };
  const input = { items: linkSignals(signals), statuses: [status], dayMinutes: 480 };
  return projectQueue({ ...input, day: day({ team: of, journal, now }) }).calls;
}

function kinds(calls: readonly QueueCall[]): readonly string[] {
  return calls.map(({ id, reasons }) => `${id} ${reasons.map(({ kind }) => kind).join('+')}`);
}

const alert = (over: Partial<Signal>): Signal =>
  signal({ id: 'x', kind: 'alert', author: undefined, watchIds: [], startedAt: NOW - HOUR, ...over });

for (const [name, minutesAgo, expected] of [
  ['a clock with time left calls nobody', 179, []],
  ['a clock calls from three quarters of its target on', 180, ['a ending']],
  ['a clock that ran out calls as late', 241, ['a late']],
] as const)
  test(name, () => {
    const startedAt = NOW - minutesAgo * 60_000 - 16 * HOUR * Number(minutesAgo > 180);
    const late = signal({ id: 'a', startedAt, updatedAt: startedAt });
    assert.deepEqual(kinds(callsOf([late])), expected);
  });

for (const label of ['severity:critical', 'severity:Critical', 'priority:critical', 'critical', 'urgency:high'])
  test(`an alert that its source labels ${label} calls`, () => {
    assert.deepEqual(kinds(callsOf([alert({ labels: ['team:x', label] })])), ['x critical']);
  });

for (const [name, over] of [
  ['of another severity', { labels: ['severity:warning'] }],
  ['that only names the word', { labels: ['service:critical-path'] }],
  ['that is silenced', { labels: ['severity:critical'], state: 'quiet' }],
  ['that a teammate acknowledged', { labels: ['severity:critical'], takenBy: ['kai-sample'] }],
] as const)
  test(`an alert ${name} calls nobody`, () => {
    assert.deepEqual(kinds(callsOf([alert(over as Partial<Signal>)])), []);
  });

test('an issue with a critical label is no alert', () => {
  assert.deepEqual(kinds(callsOf([signal({ labels: ['critical'], watchIds: [] })])), []);
});

test('what I made critical myself does not call until something new comes', () => {
  const item = signal({ id: 'a', watchIds: [], voices: [{ id: 'rio', name: 'Rio', firstAt: 1, lastAt: NOW - HOUR }] });
  const made = (at: number): JournalEntry => ({
    id: 'e',
    at,
    signalIds: ['a'],
    event: { type: 'prioritised', priority: 'critical' },
  });

  assert.deepEqual(kinds(callsOf([item], [made(NOW - HOUR / 2)])), []);
  assert.deepEqual(kinds(callsOf([item], [made(NOW - 2 * HOUR)])), ['a critical']);
});

test('what is late comes before a critical alert without a clock, and an item says all of its reasons', () => {
  const both = alert({ id: 'b', labels: ['severity:critical'], watchIds: [WATCH], startedAt: NOW - 22 * HOUR });
  const calls = callsOf([alert({ id: 'x', labels: ['severity:critical'] }), both]);

  assert.deepEqual(kinds(calls), ['b critical+late', 'x critical']);
});

test('an alert that fires again is another thing, a reply is not', () => {
  const marks = (over: Partial<Signal>): unknown =>
    callsOf([alert({ labels: ['critical'], ...over })])[0]?.reasons[0]?.marks;

  assert.notDeepEqual(marks({ startedAt: NOW - 5 }), marks({ startedAt: NOW - 9 }));
  assert.deepEqual(marks({ updatedAt: NOW - 5, replies: 3, count: 7 }), marks({}));
});
