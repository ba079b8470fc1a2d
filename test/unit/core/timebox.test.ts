import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatMinutes } from '../../../src/core/duration.ts';
import type { WorkingHours } from '../../../src/core/team.ts';
import { mustBeIssue, parseTimebox, timeboxChoices } from '../../../src/core/timebox.ts';
import { workingDayMinutes } from '../../../src/core/workingHours.ts';

const DAY = 480;

function hours(start: string, end: string): WorkingHours {
  return { days: ['mon'], start, end, holidays: [] };
}

const WRITTEN: readonly (readonly [string, number | undefined])[] = [
  ['2h', 120],
  ['2 h', 120],
  ['2 hours', 120],
  ['1 hour', 60],
  ['3hrs', 180],
  ['90m', 90],
  ['90 min', 90],
  ['45 minutes', 45],
  ['1.5h', 90],
  ['1,5 h', 90],
  ['1h 30m', 90],
  ['1h30m', 90],
  ['half a day', 240],
  ['Half day', 240],
  ['½ day', 240],
  ['1d', 480],
  ['a day', 480],
  ['an hour', 60],
  [' 2 Days ', 960],
  ['0.5d', 240],
  ['1d 2h', 600],
  ['1d 2h 30m', 630],
  ['', undefined],
  ['2', undefined],
  ['h', undefined],
  ['0h', undefined],
  ['-2h', undefined],
  ['2h 1d', undefined],
  ['2h 2h', undefined],
  ['2 weeks', undefined],
  ['soon', undefined],
  ['1e3h', undefined],
  ['999999d', undefined],
  ['2h; drop', undefined],
  ['٢h', undefined],
];

for (const [text, minutes] of WRITTEN) {
  test(`"${text}" is ${minutes === undefined ? 'no timebox' : `${minutes} minutes`}`, () => {
    assert.equal(parseTimebox(text, DAY), minutes);
  });
}

test('what is formatted is read back as the same length', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9000 }), (minutes) => {
      assert.equal(parseTimebox(formatMinutes(minutes), DAY), minutes);
    }),
  );
});

test('any text is a positive whole number of minutes or nothing', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const minutes = parseTimebox(text, DAY);
      assert.ok(minutes === undefined || (Number.isInteger(minutes) && minutes > 0));
    }),
  );
});

test('a day is the working day of the team', () => {
  assert.deepEqual(
    timeboxChoices(hours('10:00', '16:00')).map((choice) => choice.minutes),
    [120, 180, 360, 720],
  );
  assert.equal(parseTimebox('half a day', workingDayMinutes(hours('09:30', '17:00'))), 225);
});

test('a short working day keeps the choices in order of length', () => {
  assert.deepEqual(
    timeboxChoices(hours('09:00', '12:00')).map((choice) => choice.id),
    ['halfDay', 'twoHours', 'oneDay', 'twoDays'],
  );
});

test('work as long as the limit is an issue, a minute less is not', () => {
  assert.equal(mustBeIssue(120, 120), true);
  assert.equal(mustBeIssue(119, 120), false);
  assert.equal(mustBeIssue(121, 120), true);
});

test('lengths are written with unit symbols', () => {
  assert.deepEqual([45, 60, 90, 960, 0].map(formatMinutes), ['45 min', '1 h', '1 h 30 min', '16 h', '0 min']);
});
