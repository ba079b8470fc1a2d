import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { holidayWindow, icalHolidays } from '../../../src/team/icalHolidays.ts';

const WINDOW = { from: '2026-01-01', to: '2028-01-01' };

/** A calendar of events, each given by its lines. */
function calendar(...events: readonly (readonly string[])[]): string {
  const inner = events.flatMap((lines) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT']);
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Acme//Days off//EN', ...inner, 'END:VCALENDAR'].join('\r\n');
}

function datesOf(...events: readonly (readonly string[])[]): readonly string[] {
  return icalHolidays(calendar(...events), WINDOW)?.dates ?? ['no calendar'];
}

const MAY_DAY = ['UID:1', 'DTSTART;VALUE=DATE:20260501', 'DTEND;VALUE=DATE:20260502', 'SUMMARY:Labour Day'];

for (const [what, lines, dates] of [
  ['a day', MAY_DAY, ['2026-05-01']],
  ['a day without an end', ['UID:1', 'DTSTART;VALUE=DATE:20260501'], ['2026-05-01']],
  [
    'several days, the end not one of them',
    ['UID:1', 'DTSTART;VALUE=DATE:20261230', 'DTEND;VALUE=DATE:20270102'],
    ['2026-12-30', '2026-12-31', '2027-01-01'],
  ],
  [
    'several days by their length',
    ['UID:1', 'DTSTART;VALUE=DATE:20261224', 'DURATION:P2D'],
    ['2026-12-24', '2026-12-25'],
  ],
  [
    'days that reach into the window',
    ['UID:1', 'DTSTART;VALUE=DATE:20251231', 'DTEND;VALUE=DATE:20260102'],
    ['2026-01-01'],
  ],
  ['midnight to midnight on the wall', ['UID:1', 'DTSTART:20260501T000000', 'DTEND:20260502T000000'], ['2026-05-01']],
  [
    'midnight to midnight in a zone',
    ['UID:1', 'DTSTART;TZID=Europe/Berlin:20260501T000000', 'DTEND;TZID=Europe/Berlin:20260503T000000'],
    ['2026-05-01', '2026-05-02'],
  ],
  ['a day of UTC is a time', ['UID:1', 'DTSTART:20260501T000000Z', 'DTEND:20260502T000000Z'], []],
  [
    'a meeting',
    ['UID:1', 'DTSTART;TZID=Europe/Berlin:20260501T090000', 'DTEND;TZID=Europe/Berlin:20260501T100000'],
    [],
  ],
  ['a cancelled day', [...MAY_DAY, 'STATUS:CANCELLED'], []],
  ['each year', [...MAY_DAY, 'RRULE:FREQ=YEARLY'], ['2026-05-01', '2027-05-01']],
  [
    'each year since long ago',
    ['UID:1', 'DTSTART;VALUE=DATE:19701225', 'RRULE:FREQ=YEARLY'],
    ['2026-12-25', '2027-12-25'],
  ],
  [
    'the fourth Thursday of November',
    ['UID:1', 'DTSTART;VALUE=DATE:20201126', 'RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH'],
    ['2026-11-26', '2027-11-25'],
  ],
  ['until', [...MAY_DAY, 'RRULE:FREQ=YEARLY;UNTIL=20261231'], ['2026-05-01']],
  [
    'all but one',
    [...MAY_DAY, 'RRULE:FREQ=MONTHLY;COUNT=4', 'EXDATE;VALUE=DATE:20260601,20260701'],
    ['2026-05-01', '2026-08-01'],
  ],
  ['one more', [...MAY_DAY, 'RDATE;VALUE=DATE:20260508'], ['2026-05-01', '2026-05-08']],
  ['folded lines', ['UID:1', 'DTSTART;VALUE', ' =DATE:2026', ' 0501'], ['2026-05-01']],
] as const)
  test(`holidays of a calendar: ${what}`, () => assert.deepEqual(datesOf(lines), dates));

test('an occurrence that was moved is on its new day only', () => {
  const series = ['UID:a', 'DTSTART;VALUE=DATE:20260105', 'RRULE:FREQ=WEEKLY;COUNT=3'];
  const moved = ['UID:a', 'RECURRENCE-ID;VALUE=DATE:20260112', 'DTSTART;VALUE=DATE:20260114'];
  const off = ['UID:a', 'RECURRENCE-ID;VALUE=DATE:20260119', 'DTSTART;VALUE=DATE:20260119', 'STATUS:CANCELLED'];
  const read = icalHolidays(calendar(series, moved, off), WINDOW);
  assert.deepEqual(read, { dates: ['2026-01-05', '2026-01-14'], skipped: 0 });
});

test('one broken event is counted, and the rest is read', () => {
  const broken = [
    ['UID:2', 'DTSTART;VALUE=DATE:never'],
    ['UID:3'],
    ['this is no line of a calendar'],
    ['UID:4', 'DTSTART;VALUE=DATE:20260101', 'RRULE:FREQ=SOMETIMES'],
    ['UID:5', `SUMMARY:${'x'.repeat(30_000)}`, 'DTSTART;VALUE=DATE:20260101'],
  ];
  const read = icalHolidays(calendar(...broken, MAY_DAY), WINDOW);
  assert.deepEqual(read, { dates: ['2026-05-01'], skipped: broken.length });
});

for (const rule of [
  'FREQ=SECONDLY',
  'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30',
  'FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30',
  'FREQ=YEARLY;BYMONTH=4;BYDAY=5MO;BYSETPOS=5',
  'FREQ=WEEKLY;INTERVAL=5000',
])
  test(`a rule that may take for ever is left out: ${rule}`, () => {
    const hostile = ['UID:h', 'DTSTART;VALUE=DATE:20260101', `RRULE:${rule}`];
    assert.deepEqual(icalHolidays(calendar(hostile, MAY_DAY), WINDOW), { dates: ['2026-05-01'], skipped: 1 });
  });

test('a calendar that is all recurrence ends, and says that not all of it was read', () => {
  const events = Array.from({ length: 400 }, (_, index) => [
    `UID:${index}`,
    'DTSTART;VALUE=DATE:00010101',
    'RRULE:FREQ=DAILY',
  ]);
  const read = icalHolidays(calendar(...events), WINDOW);
  assert.deepEqual(read, { dates: [], skipped: 400 });
});

test('what is no calendar has no holidays, and no text throws', () => {
  for (const text of ['', '<html></html>', 'END:VCALENDAR', '{"dates": []}'])
    assert.equal(icalHolidays(text, WINDOW), undefined);
  assert.deepEqual(icalHolidays('BEGIN:VCALENDAR\nBEGIN:VEVENT\n'.repeat(2000), WINDOW), { dates: [], skipped: 0 });
  const lines = fc.constantFrom(
    'BEGIN:VEVENT',
    'END:VEVENT',
    'DTSTART;VALUE=DATE:20260501',
    'DTEND:1',
    'RRULE:FREQ=YEARLY',
    'UID:1',
    'BEGIN:VALARM',
    'EXDATE:',
    'RECURRENCE-ID:x',
    ':;"',
    'DURATION:-P1D',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(lines, fc.string()), { maxLength: 30 }), (parts) => {
      const { dates = [] } = icalHolidays(['BEGIN:VCALENDAR', ...parts].join('\n'), WINDOW) ?? {};
      for (const date of dates) assert.ok(date >= WINDOW.from && date < WINDOW.to);
    }),
  );
});

test('three years around now are asked for', () => {
  assert.deepEqual(holidayWindow(Date.UTC(2026, 10, 18)), { from: '2025-01-01', to: '2028-01-01' });
});
