import assert from 'node:assert/strict';
import { test } from 'node:test';
import { strangersOf, withShifts } from '../../../src/core/remoteRotation.ts';
import { dutyAt } from '../../../src/core/rotation.ts';
import { team } from '../../support/build.ts';

const remote = { service: 'pagerduty', schedule: 'PABC123' } as const;
const people = [
  { name: 'Noor', github: undefined, slack: undefined, pagerduty: 'P02NOO', timeZone: 'Europe/Berlin' },
  { name: 'Kai', github: undefined, slack: undefined, timeZone: 'Europe/Vienna' },
];
const rotation = {
  type: 'shifts',
  shifts: [],
  overrides: [{ from: 15, to: 18, name: 'Mika', shadow: undefined }],
  remote,
} as const;
const remoteTeam = team({ people, rotation });

test('people are found by their id, and by name who has none; overrides still win', () => {
  const shifts = [
    { from: 0, to: 10, person: { id: 'P02NOO', name: 'Noor of the hub' } },
    { from: 10, to: 20, person: { id: 'P02KAI', name: 'kai' } },
  ];
  const filled = withShifts(remoteTeam, shifts).rotation;
  assert.deepEqual(
    [5, 12, 16].map((at) => dutyAt(filled, at)?.name),
    ['Noor', 'Kai', 'Mika'],
  );
  assert.deepEqual(strangersOf(remoteTeam, shifts), []);
});

test('who is unknown is shown by the service’s name, and told of', () => {
  const shifts = [
    { from: 0, to: 10, person: { id: 'PX', name: 'Rio' } },
    // Another Noor: the one of the team has another id.
    { from: 10, to: 20, person: { id: 'PY', name: 'Noor' } },
  ];
  assert.equal(dutyAt(withShifts(remoteTeam, shifts).rotation, 5)?.name, 'Rio');
  assert.deepEqual(strangersOf(remoteTeam, shifts), ['Noor', 'Rio']);
});

test('a team whose file has the schedule is left alone', () => {
  const own = team();
  assert.equal(withShifts(own, [{ from: 0, to: 1, person: { id: 'P', name: 'Rio' } }]), own);
});
