import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Clock, clockOf, targetsOf } from '../../../src/core/clock.ts';
import { afterWorking, layOutDutyHours, workedBetween } from '../../../src/core/dutyHours.ts';
import type { Item } from '../../../src/core/item.ts';
import { type ItemRecord, recordOf } from '../../../src/core/itemRecord.ts';
import { rosterOf } from '../../../src/core/roster.ts';
import type { Signal } from '../../../src/core/signal.ts';
import type { Shift, Team, Watch } from '../../../src/core/team.ts';
import { turnOf } from '../../../src/core/turn.ts';
import { workingMillisBetween } from '../../../src/core/workingHours.ts';
import { signal, team } from '../../support/build.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const watches: readonly Watch[] = [watch('slow', 480), watch('quick', 120), watch('none', undefined)];

function watch(id: string, respondWithinMinutes: number | undefined): Watch {
  return { id, respondWithinMinutes, service: 'slack', what: 'channel', channel: id, alerts: false };
}

function shift(name: string, from: number, to: number): Shift {
  return { name, from, to, shadow: undefined };
}

/** A Monday in Berlin (+1), `hour` by the clock on the wall there. */
const monday = (hour: number, minute = 0): number => Date.UTC(2026, 10, 16, hour - 1, minute);

const days = (over: Partial<Team['workingHours']> = {}): Team['workingHours'] => ({ ...team().workingHours, ...over });

interface Scene {
  readonly now: number;
  readonly signals?: readonly Partial<Signal>[];
  readonly team?: Partial<Team>;
  readonly record?: Partial<ItemRecord>;
}

function clockAt({ now, signals = [{}], team: over = {}, record }: Scene): Clock {
  const ours = team({ watch: watches, ...over });
  const [first = {}, ...rest] = signals.map((each) => ({ watchIds: ['quick'], ...each }));
  const item: Item = { id: 'item', signals: [asked(first), ...rest.map(asked)] };
  const roster = rosterOf(ours, { github: 'noor-sample', slack: undefined });
  const full = { ...recordOf([]), ...record };
  const turn = turnOf(item, { roster, record: full, now });
  return clockOf(item, {
    turn,
    roster,
    record: full,
    targets: targetsOf(ours),
    hours: layOutDutyHours(ours, now),
    now,
  });
}

function asked(over: Partial<Signal>): Signal {
  const at = over.startedAt ?? monday(10);
  return signal({ startedAt: at, voices: [{ id: 'rio-sample', name: 'Rio', firstAt: at, lastAt: at }], ...over });
}

const kai = (firstAt: number, lastAt = firstAt) => ({ id: 'kai-sample', name: 'Kai', firstAt, lastAt });
const rio = (firstAt: number, lastAt = firstAt) => ({ id: 'rio-sample', name: 'Rio', firstAt, lastAt });

test('it runs, warns from three quarters on, and is late past the target', () => {
  const at = (now: number) => {
    const clock = clockAt({ now });
    return [clock.state, 'leftMinutes' in clock ? clock.leftMinutes : undefined];
  };
  assert.deepEqual(at(monday(11)), ['running', 60]);
  assert.deepEqual(at(monday(11, 29)), ['running', 31]);
  assert.deepEqual(at(monday(11, 30)), ['warning', 30]);
  assert.deepEqual(at(monday(12)), ['warning', 0]);
  assert.deepEqual(at(monday(12, 40)), ['late', -40]);
});

test('the strictest target of the watch entries counts; without one there is no clock', () => {
  const signals = [{ watchIds: ['slow'] }, { id: 'github:b', watchIds: ['none', 'quick', 'slow'] }];
  assert.equal(clockAt({ now: monday(11), signals }).state, 'running');
  assert.deepEqual(clockAt({ now: monday(12, 1), signals: [{ watchIds: ['slow'] }] }), {
    state: 'running',
    signalId: 'github:acme/app#1',
    startedAt: monday(10),
    targetMinutes: 480,
    leftMinutes: 359,
    dueAt: Date.UTC(2026, 10, 17, 9),
  });
  assert.deepEqual(clockAt({ now: monday(12), signals: [{ watchIds: ['none'] }] }), { state: 'none' });
});

test('each signal has its own target and start; the item’s clock is the one due first', () => {
  const slowThread = { id: 'slack:thread', watchIds: ['slow'], startedAt: monday(9) };
  const alert = {
    id: 'alertmanager:a',
    kind: 'alert',
    watchIds: ['quick'],
    startedAt: monday(14),
    voices: [],
  } as const;
  const at = (now: number) => clockAt({ now, signals: [slowThread, alert] });
  const { state, signalId, leftMinutes } = { signalId: '', leftMinutes: 0, ...at(monday(15)) };
  assert.deepEqual([state, signalId, leftMinutes], ['running', 'alertmanager:a', 60]);
  const answered = { ...slowThread, voices: [rio(monday(9)), kai(monday(10))] };
  // An answer from before the alert is none to it; one after it is, wherever it stands.
  assert.equal(clockAt({ now: monday(15), signals: [answered, alert] }).state, 'running');
  const since = { ...slowThread, voices: [rio(monday(9)), kai(monday(14, 30))] };
  assert.equal(clockAt({ now: monday(15), signals: [since, alert] }).state, 'stopped');
});

test('off hours, weekends and holidays stand still', () => {
  const friday = Date.UTC(2026, 10, 20, 15);
  const left = (now: number, holidays: readonly string[] = []) => {
    const clock = clockAt({ now, signals: [{ startedAt: friday }], team: { workingHours: days({ holidays }) } });
    return clock.state === 'running' || clock.state === 'warning' || clock.state === 'late' ? clock : undefined;
  };
  const nextMonday = Date.UTC(2026, 10, 23, 8, 30);
  assert.equal(left(friday + 3 * HOUR)?.leftMinutes, 60);
  assert.equal(left(nextMonday - HOUR)?.leftMinutes, 60);
  assert.equal(left(nextMonday)?.leftMinutes, 30);
  assert.equal(left(nextMonday)?.dueAt, Date.UTC(2026, 10, 23, 9));
  assert.equal(left(nextMonday, ['2026-11-23'])?.leftMinutes, 60);
  assert.equal(left(nextMonday, ['2026-11-23'])?.dueAt, Date.UTC(2026, 10, 24, 9));
});

test('the hours are those of whoever is on duty at each moment, across a shift change', () => {
  const change = monday(9);
  const shifts = [shift('Kai', change - 7 * 24 * HOUR, change), shift('Mika', change, change + 7 * 24 * HOUR)];
  const rotation = { type: 'shifts', shifts, overrides: [] } as const;
  // Mika's day in London begins at 10:00 in Berlin.
  const clock = clockAt({ now: monday(11), signals: [{ startedAt: monday(8) }], team: { rotation } });
  assert.equal(clock.state === 'running' && clock.leftMinutes, 60);
});

test('the end of a day is due then, not the next morning', () => {
  const clock = clockAt({ now: monday(16), signals: [{ startedAt: monday(15) }] });
  assert.equal(clock.state === 'running' && clock.dueAt, monday(17));
});

test('the night in which the clocks change makes no working time', () => {
  // Sunday 2026-10-25, 03:00 becomes 02:00 in Berlin.
  const hours = layOutDutyHours(team(), Date.UTC(2026, 9, 26, 12));
  assert.equal(workedBetween(hours, Date.UTC(2026, 9, 23, 14), Date.UTC(2026, 9, 26, 9)), 2 * HOUR);
});

test('the team’s first word stops it, and says who and when', () => {
  const voices = [rio(monday(10), monday(12)), kai(monday(10, 30), monday(11, 30))];
  assert.deepEqual(clockAt({ now: monday(14), signals: [{ voices }] }), {
    state: 'stopped',
    stoppedBy: 'Kai',
    startedAt: monday(10),
    stoppedAt: monday(10, 30),
    targetMinutes: 120,
    leftMinutes: 90,
  });
});

test('the reporter’s own word stops nothing, nor do words from before anybody asked', () => {
  const author = { id: 'kai-sample', name: 'Kai', isBot: false };
  const voices = [kai(monday(9), monday(9, 30)), rio(monday(10))];
  assert.equal(clockAt({ now: monday(11), signals: [{ author, voices }] }).state, 'running');
  assert.equal(clockAt({ now: monday(11), signals: [{ voices }] }).state, 'running');
});

test('a claim here, a 👀, an assignment stop it; only the claim has a time', () => {
  const stopped = (scene: Omit<Scene, 'now'>) => clockAt({ now: monday(12), ...scene });
  assert.deepEqual(stopped({ record: { claimedAt: monday(11) } }), {
    state: 'stopped',
    stoppedBy: 'Noor',
    startedAt: monday(10),
    stoppedAt: monday(11),
    targetMinutes: 120,
    leftMinutes: 60,
  });
  for (const signals of [[{ takenBy: ['kai-sample'] }], [{ assignees: ['kai-sample'] }]])
    assert.deepEqual(stopped({ signals }), {
      state: 'stopped',
      stoppedBy: 'Kai',
      startedAt: monday(10),
      stoppedAt: undefined,
      targetMinutes: 120,
      leftMinutes: undefined,
    });
});

test('there is none for what the team itself asked, what is silenced, and what is put off', () => {
  const author = { id: 'kai-sample', name: 'Kai', isBot: false };
  const until = { type: 'time', at: monday(16) } as const;
  assert.equal(clockAt({ now: monday(12), signals: [{ author, voices: [kai(monday(10))] }] }).state, 'none');
  assert.equal(clockAt({ now: monday(12), signals: [{ kind: 'alert', state: 'quiet', voices: [] }] }).state, 'none');
  assert.equal(clockAt({ now: monday(12), record: { snooze: { at: 1, until } } }).state, 'none');
});

test('what began before the layout of the hours is late, at no more cost', () => {
  const clock = clockAt({ now: monday(12), signals: [{ startedAt: 0 }] });
  assert.equal(clock.state, 'late');
});

const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Chatham'];
const moments = fc.integer({ min: -34 * 24 * 60, max: 34 * 24 * 60 }).map((minutes) => minutes * MINUTE);

test('the layout counts what counting day by day does, in every zone, across clock changes', () => {
  fc.assert(
    fc.property(fc.constantFrom(...zones), moments, moments, fc.integer({ min: 0, max: 365 }), (zone, a, b, day) => {
      const now = Date.UTC(2026, 0, 1, 12) + day * 24 * HOUR;
      const ours = team({ timeZone: zone });
      const [from, to] = [now + Math.min(a, b), now + Math.max(a, b)];
      const hours = layOutDutyHours(ours, now);
      assert.equal(workedBetween(hours, from, to), workingMillisBetween(ours.workingHours, zone, from, to));
    }),
    { numRuns: 60 },
  );
});

test('a span of working time ends when just as much has passed', () => {
  const now = Date.UTC(2026, 10, 18, 12);
  const hours = layOutDutyHours(team(), now);
  fc.assert(
    fc.property(moments, fc.integer({ min: 1, max: 60 * 60 }), (start, minutes) => {
      const end = afterWorking(hours, now + start, minutes * MINUTE);
      if (end === undefined) return assert.ok(workedBetween(hours, now + start, hours.to) < minutes * MINUTE);
      assert.equal(workedBetween(hours, now + start, end), minutes * MINUTE);
      assert.equal(workedBetween(hours, now + start, end - 1), minutes * MINUTE - 1);
    }),
  );
});
