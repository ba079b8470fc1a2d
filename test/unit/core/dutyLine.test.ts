import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dutyLine, isMyHour, turnEnd } from '../../../src/core/dutyLine.ts';
import type { DutyView } from '../../../src/core/view.ts';

const view: DutyView = {
  team: 'Integrations',
  timeZone: 'UTC',
  me: 'Kai',
  shifts: [
    { from: 0, to: 100, name: 'Noor', shadow: undefined },
    { from: 100, to: 150, name: 'Noor', shadow: undefined },
    { from: 200, to: 300, name: 'Kai', shadow: undefined },
  ],
  working: [
    { from: 10, to: 20 },
    { from: 110, to: 120 },
    { from: 210, to: 220 },
  ],
  channel: undefined,
};

const cases = [
  { now: 12, state: 'onDuty', name: 'Noor', resumesAt: undefined, changesAt: 20 },
  { now: 50, state: 'offHours', name: 'Noor', resumesAt: 110, changesAt: 100 },
  { now: 100, state: 'offHours', name: 'Noor', resumesAt: 110, changesAt: 110 },
  { now: 160, state: 'gap', name: undefined, resumesAt: undefined, changesAt: 200 },
  { now: 215, state: 'onDuty', name: 'Kai', resumesAt: undefined, changesAt: 220 },
  { now: 250, state: 'onDuty', name: 'Kai', resumesAt: undefined, changesAt: 300 },
  { now: 400, state: 'gap', name: undefined, resumesAt: undefined, changesAt: undefined },
] as const;

for (const { now, state, name, resumesAt, changesAt } of cases)
  test(`at ${now} the line says ${state}`, () => {
    const line = dutyLine(view, now);

    assert.deepEqual(
      { state: line.state, name: line.now?.name, resumesAt: line.resumesAt, changesAt: line.changesAt },
      { state, name, resumesAt, changesAt },
    );
  });

test('the next person is somebody else, and my next shift is mine', () => {
  const line = dutyLine(view, 12);

  assert.equal(line.next?.name, 'Kai');
  assert.equal(line.mine?.from, 200);
  assert.equal(line.isMe, false);
  assert.equal(dutyLine(view, 215).isMe, true);
});

test('nothing calls me in off hours, nor on somebody else’s shift', () => {
  assert.deepEqual(
    [12, 205, 215].map((now) => isMyHour(view, now)),
    [false, false, true],
  );
});

test('shifts of one person that touch are one turn', () => {
  const line = dutyLine(view, 12);

  assert.equal(line.now === undefined ? undefined : turnEnd(view, line.now), 150);
});
