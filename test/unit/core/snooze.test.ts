import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseSnoozeTime, type SnoozeInput, snoozeChoices } from '../../../src/core/snooze.ts';
import { isWorkingTime } from '../../../src/core/workingHours.ts';
import { team } from '../../support/build.ts';

const hours = team().workingHours;
const zone = 'Europe/Berlin';

/** A moment in Berlin (UTC+1 in winter, +2 in summer). */
function at(text: string): number {
  return Date.parse(text);
}

function choices(now: string, over: Partial<SnoozeInput> = {}): Record<string, string> {
  const input = { now: at(now), workingHours: hours, timeZone: zone, shift: undefined, ...over };
  return Object.fromEntries(
    snoozeChoices(input).map(({ id, until }) => [
      id,
      until.type === 'reply' ? 'reply' : new Date(until.at).toISOString(),
    ]),
  );
}

test('on a Tuesday morning: in an hour, this afternoon, tomorrow at nine; the next working day is tomorrow and not said twice', () => {
  assert.deepEqual(choices('2026-11-24T10:00:00+01:00'), {
    hour: '2026-11-24T10:00:00.000Z',
    afternoon: '2026-11-24T13:00:00.000Z',
    tomorrow: '2026-11-25T08:00:00.000Z',
    reply: 'reply',
  });
});

test('on a Friday afternoon there is no afternoon left, tomorrow is no choice, and the next working day is Monday', () => {
  assert.deepEqual(choices('2026-11-27T16:30:00+01:00'), {
    hour: '2026-11-27T16:30:00.000Z',
    nextWorkingDay: '2026-11-30T08:00:00.000Z',
    reply: 'reply',
  });
});

test('on a Sunday evening: an hour, and the Monday once', () => {
  assert.deepEqual(choices('2026-11-29T20:00:00+01:00'), {
    hour: '2026-11-29T20:00:00.000Z',
    tomorrow: '2026-11-30T08:00:00.000Z',
    reply: 'reply',
  });
});

test('before work on a working day, tomorrow is tomorrow and not today', () => {
  assert.equal(choices('2026-11-24T06:00:00+01:00')['tomorrow'], '2026-11-25T08:00:00.000Z');
});

test('nine is nine when clocks change over the weekend', () => {
  assert.equal(choices('2026-03-27T15:00:00+01:00')['nextWorkingDay'], '2026-03-30T07:00:00.000Z');
  assert.equal(choices('2026-10-23T15:00:00+02:00')['nextWorkingDay'], '2026-10-26T08:00:00.000Z');
});

test('a team that begins at seven comes back at seven on the next working day, and at nine tomorrow', () => {
  const early = { ...hours, start: '07:00' };
  const found = choices('2026-11-24T10:00:00+01:00', { workingHours: early });
  assert.equal(found['tomorrow'], '2026-11-25T08:00:00.000Z');
  assert.equal(found['nextWorkingDay'], '2026-11-25T06:00:00.000Z');
});

test('the end of the shift is a choice only for whoever has it now', () => {
  const shift = {
    from: at('2026-11-23T09:00:00+01:00'),
    to: at('2026-11-30T09:00:00+01:00'),
    name: 'Kai',
    shadow: undefined,
  };
  assert.equal(choices('2026-11-24T10:00:00+01:00', { shift })['shiftEnd'], '2026-11-30T08:00:00.000Z');
  assert.equal(choices('2026-11-30T09:00:00+01:00', { shift })['shiftEnd'], undefined);
  assert.equal(choices('2026-11-24T10:00:00+01:00')['shiftEnd'], undefined);
});

test('a holiday is no working day, and has no afternoon', () => {
  const workingHours = { ...hours, holidays: ['2026-12-24', '2026-12-25'] };
  const before = choices('2026-12-23T16:00:00+01:00', { workingHours });
  assert.equal(before['tomorrow'], undefined);
  assert.equal(before['nextWorkingDay'], '2026-12-28T08:00:00.000Z');
  assert.equal(choices('2026-12-24T10:00:00+01:00', { workingHours })['afternoon'], undefined);
});

test('no choice is past, no two are the same, times come in order of the clock and are working time but for the first', () => {
  const moment = fc.integer({ min: Date.UTC(2026, 0, 1) / 60_000, max: Date.UTC(2028, 0, 1) / 60_000 });
  const zones = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Apia');
  fc.assert(
    fc.property(moment, zones, (minute, timeZone) => {
      const now = minute * 60_000;
      const times = snoozeChoices({ now, workingHours: hours, timeZone, shift: undefined }).flatMap(({ id, until }) =>
        until.type === 'time' ? [{ id, at: until.at }] : [],
      );
      assert.equal(new Set(times.map((time) => time.at)).size, times.length);
      for (const { id, at: moment } of times) {
        assert.ok(moment > now);
        if (id !== 'hour') assert.ok(isWorkingTime(hours, timeZone, moment), id);
      }
    }),
    { numRuns: 300 },
  );
});

for (const [text, expected] of [
  ['45m', '2026-11-24T09:45:00.000Z'],
  ['3h', '2026-11-24T12:00:00.000Z'],
  [' 2 Days ', '2026-11-26T09:00:00.000Z'],
  ['15:30', '2026-11-24T14:30:00.000Z'],
  ['9:30', '2026-11-25T08:30:00.000Z'],
  ['2026-12-01', '2026-12-01T08:00:00.000Z'],
  ['2026-12-01 14:00', '2026-12-01T13:00:00.000Z'],
  ['2026-12-01T14:00', '2026-12-01T13:00:00.000Z'],
  ['', undefined],
  ['soon', undefined],
  ['0m', undefined],
  ['25:00', undefined],
  ['2026-02-30', undefined],
  ['2026-11-23', undefined],
  ['2029-01-01', undefined],
  ['9999d', undefined],
] as const) {
  test(`“${text}” typed at ten is ${expected ?? 'no moment'}`, () => {
    const found = parseSnoozeTime(text, { now: at('2026-11-24T10:00:00+01:00'), timeZone: zone });
    assert.equal(found === undefined ? undefined : new Date(found).toISOString(), expected);
  });
}

test('two days from a Saturday before a clock change are two days by the clock on the wall', () => {
  const found = parseSnoozeTime('2d', { now: at('2026-03-28T10:00:00+01:00'), timeZone: zone });
  assert.equal(found, at('2026-03-30T10:00:00+02:00'));
});

test('no text makes it throw', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), (text) => {
      parseSnoozeTime(text, { now: at('2026-11-24T10:00:00+01:00'), timeZone: zone });
    }),
  );
});
