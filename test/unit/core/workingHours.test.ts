import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { WorkingHours } from '../../../src/core/team.ts';
import {
  addWorkingMillis,
  isWorkingTime,
  nextWorkingStart,
  workingDayMinutes,
  workingDaysBefore,
  workingMillisBetween,
} from '../../../src/core/workingHours.ts';

const HOUR = 3_600_000;
const OFFICE: WorkingHours = { days: ['mon', 'tue', 'wed', 'thu', 'fri'], start: '09:00', end: '17:00', holidays: [] };
const ALWAYS: WorkingHours = {
  days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
  start: '00:00',
  end: '24:00',
  holidays: [],
};
const SUNDAYS: WorkingHours = { days: ['sun'], start: '00:00', end: '24:00', holidays: [] };
const NEVER: WorkingHours = { days: [], start: '09:00', end: '17:00', holidays: [] };
const BERLIN = 'Europe/Berlin';

function at(text: string): number {
  return Date.parse(text);
}

test('the start of the hours is working time and the end is not', () => {
  const cases: readonly [string, boolean][] = [
    ['2026-11-16T07:59:59.999Z', false],
    ['2026-11-16T08:00:00Z', true],
    ['2026-11-16T15:59:59.999Z', true],
    ['2026-11-16T16:00:00Z', false],
    ['2026-11-21T10:00:00Z', false],
    ['2026-07-06T07:00:00Z', true],
  ];
  for (const [moment, expected] of cases) assert.equal(isWorkingTime(OFFICE, BERLIN, at(moment)), expected, moment);
});

test('working time is counted in the zone, without nights and weekends', () => {
  assert.equal(workingMillisBetween(OFFICE, BERLIN, at('2026-11-20T15:00Z'), at('2026-11-23T09:00Z')), 2 * HOUR);
  assert.equal(workingMillisBetween(OFFICE, 'Asia/Kolkata', at('2026-11-20T00:00Z'), at('2026-11-20T04:30Z')), HOUR);
  assert.equal(workingMillisBetween(OFFICE, BERLIN, at('2026-11-23T09:00Z'), at('2026-11-20T15:00Z')), 0);
});

test('a day on which clocks change has the hours that really pass', () => {
  const cases: readonly [string, string, number][] = [
    ['2026-03-29T00:00+01:00', '2026-03-30T00:00+02:00', 23],
    ['2026-10-25T00:00+02:00', '2026-10-26T00:00+01:00', 25],
  ];
  for (const [from, to, hours] of cases) {
    assert.equal(workingMillisBetween(SUNDAYS, BERLIN, at(from), at(to)), hours * HOUR, from);
  }
  // Samoa went over the date line: Friday, 30 December 2011 did not happen there.
  const apia = workingMillisBetween(OFFICE, 'Pacific/Apia', at('2011-12-30T04:00Z'), at('2012-01-02T09:00Z'));
  assert.equal(apia, 8 * HOUR);
});

test('working time next begins in the morning, after the weekend, or is now', () => {
  const cases: readonly [string, string][] = [
    ['2026-11-16T05:00Z', '2026-11-16T08:00Z'],
    ['2026-11-16T10:00Z', '2026-11-16T10:00Z'],
    ['2026-11-20T16:00Z', '2026-11-23T08:00Z'],
    ['2026-10-23T15:00Z', '2026-10-26T08:00Z'],
  ];
  for (const [from, expected] of cases) assert.equal(nextWorkingStart(OFFICE, BERLIN, at(from)), at(expected), from);
});

test('working days before count whole days back from the local day', () => {
  const cases: readonly [string, number, string][] = [
    ['2026-11-18T10:00Z', 2, '2026-11-16T08:00Z'],
    ['2026-11-22T10:00Z', 2, '2026-11-19T08:00Z'],
    ['2026-11-23T08:00Z', 1, '2026-11-20T08:00Z'],
    ['2026-11-16T05:00Z', 5, '2026-11-09T08:00Z'],
    ['2026-10-27T10:00Z', 2, '2026-10-23T07:00Z'],
  ];
  for (const [from, days, expected] of cases) {
    assert.equal(workingDaysBefore(OFFICE, BERLIN, at(from), days), at(expected), from);
  }
});

test('adding working time ends at the end of a day, not at the start of the next', () => {
  assert.equal(addWorkingMillis(OFFICE, BERLIN, at('2026-11-20T15:00Z'), HOUR), at('2026-11-20T16:00Z'));
  assert.equal(addWorkingMillis(OFFICE, BERLIN, at('2026-11-20T15:00Z'), HOUR + 1), at('2026-11-23T08:00Z') + 1);
  assert.equal(addWorkingMillis(OFFICE, BERLIN, at('2026-11-21T15:00Z'), 0), at('2026-11-21T15:00Z'));
});

test('a team that never works ends every question', () => {
  const now = at('2026-11-16T10:00Z');
  assert.equal(nextWorkingStart(NEVER, BERLIN, now), now);
  assert.equal(workingDaysBefore(NEVER, BERLIN, now, 2), now);
  assert.equal(addWorkingMillis(NEVER, BERLIN, now, HOUR), Number.POSITIVE_INFINITY);
  assert.equal(workingMillisBetween(NEVER, BERLIN, now, now + 400 * 24 * HOUR), 0);
});

test('a working day has the minutes of its hours', () => {
  assert.equal(workingDayMinutes(OFFICE), 480);
  assert.equal(workingDayMinutes(ALWAYS), 1440);
});

const zone = fc.constantFrom(
  BERLIN,
  'America/New_York',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'UTC',
);
const hours = fc.constantFrom(OFFICE, ALWAYS, SUNDAYS, { ...OFFICE, start: '01:30', end: '03:15' });
const moment = fc.integer({ min: at('2011-10-01T00:00Z'), max: at('2027-01-01T00:00Z') });
const span = fc.integer({ min: 0, max: 40 * 24 * HOUR });

test('working time adds up: a to c is a to b and b to c', () => {
  fc.assert(
    fc.property(hours, zone, fc.tuple(moment, span, span), (h, z, [a, first, second]) => {
      const b = a + first;
      const whole = workingMillisBetween(h, z, a, b + second);
      assert.equal(whole, workingMillisBetween(h, z, a, b) + workingMillisBetween(h, z, b, b + second));
      assert.ok(whole >= 0 && whole <= first + second);
    }),
  );
});

test('a moment later never means less working time, and working always means always', () => {
  fc.assert(
    fc.property(hours, zone, fc.tuple(moment, span, span), (h, z, [a, first, second]) => {
      assert.ok(workingMillisBetween(h, z, a, a + first) <= workingMillisBetween(h, z, a, a + first + second));
      assert.equal(workingMillisBetween(ALWAYS, BERLIN, a, a + first), first);
    }),
  );
});

test('adding working time is the inverse of counting it', () => {
  fc.assert(
    fc.property(hours, zone, moment, span, (h, z, a, millis) => {
      const end = addWorkingMillis(h, z, a, millis);
      assert.equal(workingMillisBetween(h, z, a, end), millis);
      if (millis > 0) assert.equal(workingMillisBetween(h, z, a, end - 1), millis - 1);
    }),
    { numRuns: 40 },
  );
});

test('the next working start is working time with none before it', () => {
  fc.assert(
    fc.property(hours, zone, moment, (h, z, a) => {
      const start = nextWorkingStart(h, z, a);
      assert.ok(isWorkingTime(h, z, start));
      assert.equal(workingMillisBetween(h, z, a, start), 0);
    }),
  );
});

test('a holiday has no working time, in the zone of whoever works', () => {
  const hours = { ...OFFICE, holidays: ['2026-12-25'] };
  assert.equal(isWorkingTime(hours, BERLIN, at('2026-12-25T10:00Z')), false);
  assert.equal(isWorkingTime(hours, BERLIN, at('2026-12-24T10:00Z')), true);
  // In Auckland it is the 25th already.
  assert.equal(isWorkingTime(hours, 'Pacific/Auckland', at('2026-12-24T22:00Z')), false);
  assert.equal(isWorkingTime(hours, 'Pacific/Auckland', at('2026-12-23T22:00Z')), true);
  assert.equal(workingMillisBetween(hours, BERLIN, at('2026-12-24T15:00Z'), at('2026-12-28T09:00Z')), 2 * HOUR);
  assert.equal(nextWorkingStart(hours, BERLIN, at('2026-12-24T16:00Z')), at('2026-12-28T08:00Z'));
  assert.equal(addWorkingMillis(hours, BERLIN, at('2026-12-24T15:00Z'), 2 * HOUR), at('2026-12-28T09:00Z'));
  assert.equal(workingDaysBefore(hours, BERLIN, at('2026-12-28T10:00Z'), 1), at('2026-12-24T08:00Z'));
});

test('holidays around a clock change leave the hours that really pass', () => {
  const hours = { ...ALWAYS, holidays: ['2026-03-29', '2026-10-25'] };
  const cases: readonly [string, string, number][] = [
    ['2026-03-28T00:00+01:00', '2026-03-31T00:00+02:00', 48],
    ['2026-10-24T00:00+02:00', '2026-10-27T00:00+01:00', 48],
  ];
  for (const [from, to, left] of cases) {
    assert.equal(workingMillisBetween(hours, BERLIN, at(from), at(to)), left * HOUR, from);
  }
  assert.equal(nextWorkingStart(hours, BERLIN, at('2026-10-25T12:00Z')), at('2026-10-25T23:00Z'));
});

test('however many holidays there are in a row, work goes on after them, and without work nothing hangs', () => {
  const closed = Array.from({ length: 60 }, (_, day) =>
    new Date(at('2026-07-01T00:00Z') + day * 24 * HOUR).toISOString().slice(0, 10),
  );
  const hours = { ...OFFICE, holidays: closed };
  assert.equal(nextWorkingStart(hours, BERLIN, at('2026-06-30T16:00Z')), at('2026-08-31T07:00Z'));
  assert.equal(workingDaysBefore(hours, BERLIN, at('2026-08-31T10:00Z'), 1), at('2026-06-30T07:00Z'));
  const never = { ...NEVER, holidays: closed };
  assert.equal(nextWorkingStart(never, BERLIN, at('2026-07-10T10:00Z')), at('2026-07-10T10:00Z'));
});

test('holidays never add working time, and what they take is what their days had', () => {
  const day = fc.integer({ min: 0, max: 40 });
  fc.assert(
    fc.property(fc.uniqueArray(day, { maxLength: 20 }), day, day, (free, first, length) => {
      const start = at('2026-10-05T00:00+02:00');
      const dateOf = (offset: number): string => new Date(start + (offset * 24 + 12) * HOUR).toISOString().slice(0, 10);
      const holidays = free.map(dateOf).sort();
      const from = start + first * 24 * HOUR;
      const to = from + length * 24 * HOUR;
      const taken = holidays.reduce((sum, date) => {
        const noon = at(`${date}T12:00Z`);
        const dayFrom = Math.max(from, noon - 12 * HOUR);
        const dayTo = Math.min(to, noon + 12 * HOUR);
        return sum + workingMillisBetween(OFFICE, BERLIN, dayFrom, dayTo);
      }, 0);
      const all = workingMillisBetween(OFFICE, BERLIN, from, to);
      assert.equal(workingMillisBetween({ ...OFFICE, holidays }, BERLIN, from, to), all - taken);
    }),
  );
});
