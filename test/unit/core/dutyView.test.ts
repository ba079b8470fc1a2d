import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dutyLine } from '../../../src/core/dutyLine.ts';
import { closingsFrom, lookBackFrom, personOf, projectDuty } from '../../../src/core/dutyView.ts';
import { team } from '../../support/build.ts';

const monday = Date.UTC(2026, 10, 16, 8); // 09:00 in Berlin
const week = 7 * 86_400_000;
const integrations = team({
  rotation: {
    type: 'shifts',
    shifts: [
      { from: monday, to: monday + week, name: 'Noor', shadow: undefined },
      { from: monday + week, to: monday + 2 * week, name: 'Mika', shadow: undefined },
    ],
    overrides: [],
  },
});
const nobody = { github: undefined, slack: undefined };

test('I am known by either account, and a login knows no case', () => {
  assert.equal(personOf(integrations, { github: 'NOOR-sample', slack: undefined })?.name, 'Noor');
  assert.equal(personOf(integrations, { github: undefined, slack: 'U02MIK' })?.name, 'Mika');
  assert.equal(personOf(integrations, { github: 'rio-sample', slack: undefined }), undefined);
  assert.equal(
    personOf(team({ people: [{ name: 'A', github: undefined, slack: undefined, timeZone: 'UTC' }] }), nobody),
    undefined,
  );
});

test('off hours are those of the person on duty, in their own zone', () => {
  const half = monday + week + 30 * 60_000; // Monday 09:30 in Berlin, 08:30 in London: Mika has not begun

  const line = dutyLine(projectDuty(integrations, nobody, half), half);

  assert.equal(line.now?.name, 'Mika');
  assert.equal(line.state, 'offHours');
  assert.equal(line.resumesAt, Date.UTC(2026, 10, 23, 9));
});

test('sources look back to the start of the shift, and at least two working days', () => {
  assert.equal(lookBackFrom(integrations, monday + 4 * 86_400_000), monday);
  assert.equal(lookBackFrom(integrations, monday + 1000), Date.UTC(2026, 10, 12, 8));
});

const day = 86_400_000;

/** A team whose shifts follow each other from a Monday on: names and days. */
function shifts(...turns: readonly (readonly [name: string | undefined, days: number])[]): typeof integrations {
  let from = monday;
  const table = turns.flatMap(([name, days]) => {
    const shift = { from, to: from + days * day, name: name ?? '', shadow: undefined };
    from = shift.to;
    return name === undefined ? [] : [shift];
  });
  return team({ rotation: { type: 'shifts', shifts: table, overrides: [] } });
}

for (const [name, rotation, now, expected] of [
  ['in the first hour of a shift, the whole shift before', shifts(['Kai', 7], ['Mika', 7]), 7, 0],
  ['in the last hour of a shift, the whole shift before', shifts(['Kai', 7], ['Mika', 7]), 13.9, 0],
  ['not the one before that', shifts(['Noor', 7], ['Kai', 7], ['Mika', 7]), 15, 7],
  [
    'a turn that is listed in parts is one',
    shifts(['Noor', 7], ['Kai', 3], ['Kai', 4], ['Mika', 1], ['Mika', 6]),
    17,
    7,
  ],
  ['what fell between two shifts', shifts(['Kai', 7], [undefined, 14], ['Mika', 7]), 22, 0],
  ['while nobody is on duty, what whoever comes next will tell of', shifts(['Kai', 7], [undefined, 14]), 14, 0],
  ['days are too short to look back at: two working days', shifts(['Noor', 8], ['Kai', 1], ['Mika', 1]), 9.1, 7],
  ['one who is alone comes back to what was closed meanwhile', shifts(['Kai', 7], ['Kai', 7]), 8, 0],
  ['no more than five weeks', shifts(['Kai', 49], ['Mika', 7]), 50, 15],
  ['all of a shift that is longer', shifts(['Kai', 49], ['Mika', 49]), 97, 49],
] as const)
  test(`closings are told of that far back: ${name}`, () => {
    assert.equal((closingsFrom(rotation, monday + now * day) - monday) / day, expected);
  });
