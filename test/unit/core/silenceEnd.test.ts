import assert from 'node:assert/strict';
import { test } from 'node:test';
import { silenceEnds } from '../../../src/core/silenceEnd.ts';

const noon = Date.UTC(2026, 10, 18, 11);
const HOUR = 3_600_000;

function ends(over: Partial<Parameters<typeof silenceEnds>[0]> = {}) {
  return silenceEnds({ now: noon, timeZone: 'Europe/Berlin', shift: undefined, ...over }).map(
    ({ id, at }) => `${id} ${new Date(at).toISOString().slice(0, 16)}`,
  );
}

test('half an hour, one, two, and tomorrow at nine where the person is', () => {
  assert.deepEqual(ends(), [
    'halfHour 2026-11-18T11:30',
    'hour 2026-11-18T12:00',
    'twoHours 2026-11-18T13:00',
    'tomorrow 2026-11-19T08:00',
  ]);
  assert.equal(ends({ timeZone: 'Europe/London' }).at(-1), 'tomorrow 2026-11-19T09:00');
});

test('nine o’clock stays nine when the clocks change over night', () => {
  const saturday = Date.UTC(2026, 9, 24, 10);
  assert.equal(ends({ now: saturday }).at(-1), 'tomorrow 2026-10-25T08:00');
});

test('the end of my shift stands where it comes in time; a shift that is over has none', () => {
  const shift = { from: noon - HOUR, to: noon + 1.5 * HOUR, name: 'Noor', shadow: undefined };
  assert.deepEqual(ends({ shift }).slice(1, 4), [
    'hour 2026-11-18T12:00',
    'shiftEnd 2026-11-18T12:30',
    'twoHours 2026-11-18T13:00',
  ]);
  assert.equal(ends({ shift: { ...shift, to: noon } }).length, 4);
});
