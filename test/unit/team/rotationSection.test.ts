import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dutyAt } from '../../../src/core/rotation.ts';
import { parseTeamFile, type TeamFile } from '../../../src/team/teamFile.ts';
import { ROTATION } from '../../support/teamFile.ts';

const PEOPLE = 'people: [{ name: Kai, github: kai-sample }, { name: Mika, github: mika-sample }, { name: Noor }]\n';

function parse(rotation: string, markdown?: string): TeamFile {
  const text = `team: X\ntimezone: Europe/Berlin\nwatch: []\n${PEOPLE}${rotation}\n`;
  const files = new Map(markdown === undefined ? [] : [['docs/rotation.md', markdown]]);
  return parseTeamFile(text, { files, now: Date.UTC(2026, 10, 18) });
}

function codes({ problems }: TeamFile): readonly string[] {
  return problems.map(({ code, args, start, file }) => [file ?? '', start.line, code, ...args].join(' ').trim());
}

function at(text: string): number {
  return Date.parse(text);
}

test('a table gives the shifts of its heading, in the zone of the team, names as people spell them', () => {
  const { team, problems } = parse(
    'rotation: { table: docs/rotation.md#current-schedule, handover: "10:00" }',
    ROTATION,
  );
  assert.deepEqual(problems, []);
  assert.deepEqual(team && dutyAt(team.rotation, at('2026-11-18T12:00Z')), {
    from: at('2026-11-16T10:00+01:00'),
    to: at('2026-11-23T10:00+01:00'),
    name: 'Kai',
    shadow: 'Mika',
  });
});

test('problems of a table carry its file and its own lines', () => {
  const markdown =
    '| Dates | Who |\n|-|-|\n| Nov 16–23 | @kai-sample |\n| someday | Mika |\n| Nov 23–30 | Rio |\n| Nov 30–Dec 7 | Rio |\n';
  const file = parse('rotation: { table: docs/rotation.md }', markdown);
  assert.deepEqual(codes(file), ['docs/rotation.md 3 unreadableRow someday', 'docs/rotation.md 4 unknownPerson Rio']);
  assert.deepEqual(file.team?.rotation.type === 'shifts' && file.team.rotation.shifts.map(({ name }) => name), [
    'Kai',
    'Rio',
    'Rio',
  ]);
});

test('a table that cannot be found is an error at the line that names it', () => {
  assert.deepEqual(codes(parse('rotation: { table: docs/rotation.md }')), ['4 tableNotFound docs/rotation.md']);
  assert.deepEqual(codes(parse('rotation: { table: docs/rotation.md#other }', ROTATION)), [
    'docs/rotation.md 0 headingNotFound other',
  ]);
  assert.deepEqual(codes(parse('rotation: { table: docs/rotation.md }', '# Empty')), ['docs/rotation.md 0 noTable']);
});

test('shifts are read in the zone of the team; a date is its hand-over hour', () => {
  const { team, problems } = parse(
    'rotation: { shifts: [{ from: 2026-10-19, to: 2026-10-26T12:00, name: Kai, shadow: Mika }] }',
  );
  assert.deepEqual(problems, []);
  assert.deepEqual(team?.rotation, {
    type: 'shifts',
    shifts: [{ from: at('2026-10-19T09:00+02:00'), to: at('2026-10-26T12:00+01:00'), name: 'Kai', shadow: 'Mika' }],
    overrides: [],
  });
});

test('turns keep their wall-clock start; without a hand-over hour it is the start of the working hours', () => {
  const { team, problems } = parse(
    'workingHours: { start: "08:30" }\nrotation: { every: 2 weeks, starting: 2026-09-28, order: [Kai, "@kai-sample", Mika] }',
  );
  assert.deepEqual(problems, []);
  assert.deepEqual(team?.rotation, {
    type: 'every',
    weeks: 2,
    starting: '2026-09-28T08:30',
    timeZone: 'Europe/Berlin',
    order: ['Kai', 'Kai', 'Mika'],
    overrides: [],
  });
});

test('what a rotation lacks or has too much of is told', () => {
  const cases: readonly [string, readonly string[]][] = [
    ['', ['0 noRotation']],
    ['rotation: { handover: "09:00" }', ['4 rotationKind']],
    ['rotation: { every: 1 week, starting: 2026-09-28 }', ['4 missing order']],
    ['rotation: { every: 1 week, order: [Kai] }', ['4 missing starting']],
    ['rotation: { every: 1 week, starting: 2026-09-28, order: [] }', ['4 emptyList order']],
    ['rotation: { every: fortnight, starting: 2026-02-30, order: [Kai] }', ['4 weeks every', '4 moment starting']],
    ['rotation: { shifts: [], table: docs/rotation.md }', ['4 rotationKinds']],
    ['rotation: { shifts: Kai }', ['4 list shifts']],
    ['rotation: { shifts: [{ from: 2026-11-16, to: 2026-11-16, name: Kai }] }', ['4 shiftBackwards']],
    ['rotation: { pagerduty: PABC123, table: docs/rotation.md }', ['4 rotationKinds']],
    ['rotation: { pagerduty: on-call }', ['4 pagerdutyId pagerduty']],
    ['rotation: { slackUserGroup: S0DUTY }', ['4 notReadYet slackUserGroup']],
    [
      'rotation: { shifts: [], overrides: [{ from: 2026-11-16, to: 2026-11-17, name: Rio, shadow: Rio }] }',
      ['4 unknownPerson Rio'],
    ],
    [
      'rotation:\n  shifts:\n  - { from: 2026-11-16, to: 2026-11-23, name: Kai }\n  - { from: 2026-11-20, to: 2026-11-27, name: Mika }',
      ['7 shiftsOverlap'],
    ],
  ];
  for (const [rotation, expected] of cases) {
    assert.deepEqual(
      codes(parse(rotation)).map((one) => one.trim()),
      expected,
      rotation,
    );
  }
});

test('a schedule that is read from PagerDuty begins without shifts, and keeps its overrides', () => {
  const { team, problems } = parse(
    'rotation: { pagerduty: PABC123, overrides: [{ from: 2026-11-24, to: 2026-11-25, name: Mika }] }',
  );
  assert.deepEqual(problems, []);
  const { rotation } = team ?? {};
  assert.ok(rotation?.type === 'shifts');
  assert.deepEqual(rotation.remote, { service: 'pagerduty', schedule: 'PABC123' });
  assert.deepEqual(rotation.shifts, []);
  assert.equal(rotation.overrides.length, 1);
});
