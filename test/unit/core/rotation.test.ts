import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { gapsIn } from '../../../src/core/gaps.ts';
import { dutyAt, nextShift, shiftsBetween } from '../../../src/core/rotation.ts';
import type { Rotation, Shift } from '../../../src/core/team.ts';

const DAY = 86_400_000;

function at(text: string): number {
  return Date.parse(text);
}

function shift(from: number, to: number, name: string): Shift {
  return { from, to, name, shadow: undefined };
}

function listed(shifts: readonly Shift[], overrides: readonly Shift[] = []): Rotation {
  return { type: 'shifts', shifts, overrides };
}

function weekly(over: Partial<Extract<Rotation, { type: 'every' }>> = {}): Rotation {
  return {
    type: 'every',
    weeks: 1,
    starting: '2026-09-28T09:00',
    timeZone: 'Europe/Berlin',
    order: ['Kai', 'Mika', 'Noor'],
    overrides: [],
    ...over,
  };
}

function spans(shifts: readonly Shift[]): readonly string[] {
  return shifts.map(({ from, to, name }) => `${String(from)}-${String(to)} ${name}`);
}

test('an override replaces exactly the part that it covers', () => {
  const base = [shift(0, 10, 'Kai'), shift(10, 20, 'Mika')];
  const cases: readonly [Shift, readonly string[]][] = [
    [shift(3, 5, 'Noor'), ['0-3 Kai', '3-5 Noor', '5-10 Kai', '10-20 Mika']],
    [shift(8, 12, 'Noor'), ['0-8 Kai', '8-12 Noor', '12-20 Mika']],
    [shift(0, 10, 'Noor'), ['0-10 Noor', '10-20 Mika']],
    [shift(-5, 30, 'Noor'), ['-5-30 Noor']],
    [shift(20, 25, 'Noor'), ['0-10 Kai', '10-20 Mika', '20-25 Noor']],
  ];
  for (const [override, expected] of cases) {
    assert.deepEqual(spans(shiftsBetween(listed(base, [override]), -100, 100)), expected);
  }
});

test('where shifts overlap, the one that starts later wins, and the earlier one goes on after it', () => {
  const shifts = [shift(6, 9, 'Noor'), shift(1, 10, 'Kai'), shift(5, 8, 'Mika')];
  const expected = ['1-5 Kai', '5-6 Mika', '6-9 Noor', '9-10 Kai'];
  assert.deepEqual(spans(shiftsBetween(listed(shifts), 0, 100)), expected);
});

test('shifts that end before they start are nobody’s', () => {
  assert.deepEqual(shiftsBetween(listed([shift(5, 5, 'Kai'), shift(9, 2, 'Mika')]), 0, 100), []);
});

test('duty is half open: a boundary belongs to the shift that starts there', () => {
  const rotation = listed([shift(0, 10, 'Kai'), shift(10, 20, 'Mika')]);
  assert.equal(dutyAt(rotation, 9)?.name, 'Kai');
  assert.equal(dutyAt(rotation, 10)?.name, 'Mika');
  assert.equal(dutyAt(rotation, 20), undefined);
});

test('turns change at the same wall-clock hour before and after the clocks change', () => {
  const starts = shiftsBetween(weekly(), at('2026-10-20T00:00Z'), at('2026-11-03T00:00Z')).map(({ from }) => from);
  assert.deepEqual(starts, [at('2026-10-19T09:00+02:00'), at('2026-10-26T09:00+01:00'), at('2026-11-02T09:00+01:00')]);
});

test('nobody is on duty before the first turn', () => {
  assert.equal(dutyAt(weekly(), at('2026-09-28T06:59Z')), undefined);
  assert.equal(dutyAt(weekly(), at('2026-09-28T07:00Z'))?.name, 'Kai');
  assert.equal(nextShift(weekly(), at('2025-01-01T00:00Z'), 'Noor')?.from, at('2026-10-12T07:00Z'));
});

test('an order of nobody has no shifts', () => {
  assert.deepEqual(shiftsBetween(weekly({ order: [] }), 0, at('2030-01-01T00:00Z')), []);
  assert.equal(nextShift(weekly({ order: [] }), at('2026-11-18T00:00Z')), undefined);
});

test('the next shift of a person skips a turn that an override took away', () => {
  const now = at('2026-11-18T12:00Z');
  const mine = nextShift(weekly(), now, 'Noor');
  assert.equal(mine?.from, at('2026-11-23T08:00Z'));
  const without = weekly({ overrides: [shift(at('2026-11-23T08:00Z'), at('2026-11-30T08:00Z'), 'Kai')] });
  assert.equal(nextShift(without, now, 'Noor')?.from, at('2026-12-14T08:00Z'));
  assert.equal(nextShift(without, now)?.name, 'Kai');
  const far = weekly({ overrides: [shift(at('2027-06-01T08:00Z'), at('2027-06-02T08:00Z'), 'Rio')] });
  assert.equal(nextShift(far, now, 'Rio')?.from, at('2027-06-01T08:00Z'));
  assert.equal(nextShift(weekly(), now, 'Nobody'), undefined);
});

test('gaps are what no shift covers, cut to the window', () => {
  const rotation = listed([shift(5, 10, 'Kai'), shift(12, 20, 'Mika')]);
  assert.deepEqual(gapsIn(shiftsBetween(rotation, 0, 30), 0, 30), [
    { from: 0, to: 5 },
    { from: 10, to: 12 },
    { from: 20, to: 30 },
  ]);
  assert.deepEqual(gapsIn(shiftsBetween(rotation, 6, 9), 6, 9), []);
});

const anyShift = fc
  .record({
    from: fc.integer({ min: 0, max: 50 }),
    length: fc.integer({ min: 0, max: 20 }),
    name: fc.constantFrom('Kai', 'Mika', 'Noor'),
  })
  .map(({ from, length, name }) => shift(from, from + length, name));
const anyShifts = fc.array(anyShift, { maxLength: 12 });

function winner(shifts: readonly Shift[], moment: number): Shift | undefined {
  const covering = shifts.filter(({ from, to }) => from <= moment && moment < to);
  return covering.toSorted((a, b) => a.from - b.from).at(-1);
}

test('overrides never lose or double time, and at every moment the rule names one person', () => {
  fc.assert(
    fc.property(anyShifts, anyShifts, (shifts, overrides) => {
      const result = shiftsBetween(listed(shifts, overrides), -10, 100);
      for (const [index, one] of result.entries()) {
        const next = result[index + 1];
        assert.ok(one.from < one.to && (next === undefined || one.to <= next.from));
      }
      for (let moment = 0; moment < 75; moment += 1) {
        const expected = winner(overrides, moment) ?? winner(shifts, moment);
        const found = result.filter(({ from, to }) => from <= moment && moment < to);
        assert.deepEqual(
          found.map(({ name }) => name),
          expected === undefined ? [] : [expected.name],
        );
      }
    }),
  );
});

test('a window shows the same shifts as a wider one', () => {
  const start = at('2026-09-28T07:00Z');
  const overrides = fc.array(
    anyShift.map((one) => shift(start + one.from * DAY, start + one.to * DAY, one.name)),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(overrides, fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 30 }), (some, first, length) => {
      const rotation = weekly({ overrides: some });
      const [from, to] = [start + first * DAY, start + (first + length) * DAY];
      const wide = shiftsBetween(rotation, start - 100 * DAY, start + 200 * DAY);
      assert.deepEqual(
        shiftsBetween(rotation, from, to),
        wide.filter((one) => one.from < to && one.to > from),
      );
    }),
  );
});

test('everyone’s turn comes in order, without a gap, for any zone and length', () => {
  const zone = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu');
  const order = fc.array(fc.constantFrom('Kai', 'Mika', 'Noor', 'Rio'), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(zone, order, fc.integer({ min: 1, max: 4 }), (timeZone, names, weeks) => {
      const rotation = weekly({ timeZone, order: names, weeks });
      const from = at('2026-09-29T12:00Z');
      const turns = shiftsBetween(rotation, from, from + 400 * DAY);
      assert.deepEqual(
        turns.map(({ name }) => name),
        turns.map((_, index) => names[index % names.length]),
      );
      assert.deepEqual(gapsIn(shiftsBetween(rotation, from, from + 400 * DAY), from, from + 400 * DAY), []);
    }),
  );
});
