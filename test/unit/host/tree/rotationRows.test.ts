import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dutyLine } from '../../../../src/core/dutyLine.ts';
import type { BudgetView, DutyView } from '../../../../src/core/view.ts';
import { fakeVscode } from '../../../support/fakeVscode.ts';

fakeVscode();
const { lineText } = await import('../../../../src/host/dutyWords.ts');
const { rotationRows, timedItemOf } = await import('../../../../src/host/tree/rotationRows.ts');

const HOUR = 3_600_000;
const monday = Date.UTC(2026, 10, 16, 8);
const week = 168 * HOUR;
const now = monday + 2 * HOUR;
const shift = (index: number, name: string) => ({
  from: monday + index * week,
  to: monday + (index + 1) * week,
  name,
  shadow: undefined,
});

const duty: DutyView = {
  team: 'Integrations',
  timeZone: 'Europe/Berlin',
  me: 'Noor',
  shifts: ['Noor', 'Kai', 'Mika', 'Noor', 'Kai', 'Mika', 'Noor', 'Kai', 'Mika'].map((name, index) =>
    shift(index, name),
  ),
  working: [{ from: monday, to: monday + 8 * HOUR }],
  channel: 'integrations',
};

function budget(minutes: number): BudgetView {
  const used = { id: 'a', title: 'Sync stops', closedMs: minutes * 60_000, runningSince: undefined };
  const free = { id: '', title: '', closedMs: 60_000, runningSince: undefined };
  return { shift: { from: monday, to: monday + week }, budgetMs: 234 * 60_000, items: [used, free] };
}

function lines(of: DutyView | undefined, spent?: BudgetView, at = now): readonly string[] {
  return rotationRows(of, spent, at).map(({ accessible }) => accessible);
}

test('now, next, my next shift and that nothing is missing, in words', () => {
  assert.deepEqual(lines(duty), [
    'Now: Noor, you · until Mon, Nov 23',
    'Next: Kai, Mon, Nov 23 – Mon, Nov 30',
    'Your next shift after this one, Mon, Dec 7 – Mon, Dec 14',
    'No gaps in the next 8 weeks',
  ]);
});

test('off hours, a shadow and nobody are said', () => {
  const evening = monday + 10 * HOUR;
  const shadowed = { ...duty, shifts: [{ ...shift(0, 'Noor'), shadow: 'Kai' }, ...duty.shifts.slice(1)] };
  const working = [...duty.working, { from: monday + 24 * HOUR, to: monday + 32 * HOUR }];
  assert.match(
    lines({ ...shadowed, working }, undefined, evening)[0] ?? '',
    /off hours, resumes Tue 09:00 · shadow: Kai$/u,
  );
  assert.equal(lines({ ...duty, shifts: duty.shifts.slice(1) })[0], 'Now: Nobody');
});

test('a shift that ends before work begins again says so, and its end once', () => {
  const weekend = monday + 130 * HOUR;
  const working = [...duty.working, { from: monday + week, to: monday + week + 8 * HOUR }];
  const over = { ...duty, working };

  assert.equal(lines(over, undefined, weekend)[0], 'Now: Noor, you · off hours until Mon 09:00');
  assert.equal(lineText(over, dutyLine(over, weekend), weekend), 'Noor (you) · off hours, Kai from Mon 09:00');
});

test('each gap of the next eight weeks is a row that leads to the team file', () => {
  const gapped = { ...duty, shifts: duty.shifts.filter((_, index) => index !== 2 && index < 5) };
  const gaps = rotationRows(gapped, undefined, now).filter(({ label }) => label === 'Nobody on duty');

  assert.deepEqual(
    gaps.map(({ description }) => description),
    ['Mon, Nov 30 – Mon, Dec 7', 'Mon, Dec 21 – as far as the schedule goes'],
  );
  assert.equal(gaps[0]?.command?.command, 'responder.openTeamFile');
});

test('the budget is a meter in words, and its state is said and not only coloured', () => {
  const faces = [130, 190, 240].map((minutes) => {
    const row = rotationRows(duty, budget(minutes), now).at(-1);
    return [row?.accessible, row?.icon.name];
  });

  assert.deepEqual(faces, [
    ['Budget: 2 h 11 min of 3 h 54 min · 55%', 'dashboard'],
    ['Budget: 3 h 11 min of 3 h 54 min · 81%, nearly used up', 'warning'],
    ['Budget: 4 h 1 min of 3 h 54 min · 102%, used up', 'error'],
  ]);
});

test('the time by item stands under the budget, and its rows tell what they are about', () => {
  const children = rotationRows(duty, budget(130), now).at(-1)?.children ?? [];

  assert.deepEqual(
    children.map(({ accessible, id }) => [accessible, timedItemOf(id)]),
    [
      ['Sync stops, 2 h 10 min', 'a'],
      ['The shift itself, 1 min', ''],
    ],
  );
});

test('without a team there is nothing, and rows have ids of their own', () => {
  assert.deepEqual(lines(undefined), []);
  const ids = rotationRows({ ...duty, shifts: [] }, budget(10), now).map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
});
