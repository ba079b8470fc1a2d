import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dutyLine } from '../../../src/core/dutyLine.ts';
import { lookBackFrom, personOf, projectDuty } from '../../../src/core/dutyView.ts';
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
