import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { rotationPage, shiftStart, weekBefore } from '../../team/rotation.ts';

for (const [now, monday] of [
  ['2026-11-21T09:00:00Z', '2026-11-16'],
  ['2026-11-16T07:59:59Z', '2026-11-09'],
  ['2026-11-16T08:00:00Z', '2026-11-16'],
  // Summer: 09:00 in Berlin is 07:00Z.
  ['2026-07-06T06:59:59Z', '2026-06-29'],
  ['2026-07-06T07:00:00Z', '2026-07-06'],
  ['2027-01-01T12:00:00Z', '2026-12-28'],
] as const) {
  test(`at ${now} the shift began on ${monday}`, () => {
    assert.equal(shiftStart(Date.parse(now)).toString(), monday);
  });
}

test('the middle row is Noor’s, Kai and Mika follow, and boundary days are shared', () => {
  const rows = rotationPage(Date.parse('2026-11-21T09:00:00Z'), { past: 1, future: 2 }).match(/^\| \w+ \d.*$/gmu);
  assert.deepEqual(rows, [
    '| Nov 9–Nov 16 | Rio |',
    '| Nov 16–Nov 23 | Noor |',
    '| Nov 23–Nov 30 | Kai |',
    '| Nov 30–Dec 7 | Mika |',
  ]);
});

test('days of the week lie in the past, on working days, in order', () => {
  const times = fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2030, 0, 1) });
  fc.assert(
    fc.property(times, fc.integer({ min: 1, max: 8 }), (now, back) => {
      const { day } = weekBefore(now);
      const at = day(back, '12:00');
      assert.ok(at < now && day(back + 1, '12:00') < at);
      assert.ok(![0, 6].includes(new Date(at).getUTCDay()));
    }),
  );
});
