import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type CalendarDates, referencedCalendars } from '../../../src/team/holidaysSection.ts';
import { parseTeamFile, referencedFiles, type TeamFile } from '../../../src/team/teamFile.ts';
import { MAX_PROBLEMS } from '../../../src/team/yamlText.ts';
import { ROTATION, SAMPLE } from '../../support/teamFile.ts';

const NOW = Date.UTC(2026, 10, 18, 10);
const FILES = new Map([['docs/rotation.md', ROTATION]]);
const HEAD = 'team: Integrations\ntimezone: Europe/Berlin\nrotation: { shifts: [] }\nwatch: []\n';

function parse(text: string, files: ReadonlyMap<string, string> = FILES): TeamFile {
  return parseTeamFile(text, { files, now: NOW });
}

/** `severity line:column-column code args`, in order. */
function told({ problems }: TeamFile): readonly string[] {
  return problems.map(({ severity, start, end, code, args, file }) => {
    assert.equal(start.line, end.line);
    const where = `${file ?? ''}${String(start.line)}:${String(start.column)}-${String(end.column)}`;
    return [severity, where, code, ...args].join(' ');
  });
}

test('the sample of the design is a team without problems', () => {
  const { team, problems } = parse(SAMPLE);
  assert.deepEqual(problems, []);
  assert.equal(team?.name, 'Integrations');
  assert.deepEqual(team.people[1], {
    name: 'Kai',
    github: 'kai-sample',
    slack: 'U02KAI',
    pagerduty: 'P02KAI',
    timeZone: 'Europe/Vienna',
  });
  assert.equal(team.people[0]?.timeZone, 'Europe/Berlin');
  assert.deepEqual(team.timebox, { limitMinutes: 120, budgetShare: 0.1 });
  assert.deepEqual(team.issues, {
    repository: 'acme/app',
    labels: ['team/integrations', 'reactive'],
    project: { owner: 'acme', number: 213, priorityField: 'Priority', timeboxField: undefined },
  });
  assert.deepEqual(team.handoff, {
    slackChannel: 'integrations-internal',
    issue: { repository: 'acme/team-notes', label: 'handoff' },
    remindWorkingDays: 1,
  });
});

test('a byte order mark and Windows line ends change nothing, not even positions', () => {
  const plain = SAMPLE.replace('respondWithin: 4h', 'respondWithin: soon');
  assert.deepEqual(parse(`\ufeff${plain}`).problems, parse(plain).problems);
  assert.deepEqual(parse(plain.replaceAll('\n', '\r\n')).problems, parse(plain).problems);
  assert.deepEqual(parse('\ufeffteem: X\ntimezone: UTC\n').problems[0]?.start, { line: 0, column: 0 });
  assert.deepEqual(parse('\ufeffteam: X\ntimezone: no\n').problems.at(-1)?.start, { line: 1, column: 10 });
  assert.deepEqual(parse(`\ufeff${SAMPLE}`).team, parse(SAMPLE).team);
});

test('what is not given has its usual value', () => {
  const { team } = parse(HEAD);
  assert.deepEqual(team?.workingHours, {
    days: ['mon', 'tue', 'wed', 'thu', 'fri'],
    start: '09:00',
    end: '17:00',
    holidays: [],
  });
  assert.deepEqual(team.timebox, { limitMinutes: 120, budgetShare: 0.1 });
  assert.equal(team.issues, undefined);
  assert.equal(team.handoff, undefined);
  assert.deepEqual(parse(`${HEAD}handoff:\n  slack: "#notes"\n  issue: { repository: acme/notes }\n`).team?.handoff, {
    slackChannel: 'notes',
    issue: { repository: 'acme/notes', label: 'handoff' },
    remindWorkingDays: 1,
  });
});

test('a key without a value counts as not given', () => {
  const { team, problems } = parse(`${HEAD}people:\n  - name: Kai\n    slack:\ntimebox:\nissues:\n`);
  assert.deepEqual(problems, []);
  assert.equal(team?.people[0]?.slack, undefined);
});

test('every scalar is text: numbers, dates and words such as null stay names', () => {
  const people = 'people: [{ name: 1234 }, { name: null }, { name: 1.10 }, { name: true }, { name: 2026-01-01 }]\n';
  const names = parse(HEAD + people).team?.people.map(({ name }) => name);
  assert.deepEqual(names, ['1234', 'null', '1.10', 'true', '2026-01-01']);
});

test('each mistake is told at its line, in its own words, and makes no team', () => {
  const cases: readonly [string, string][] = [
    ['timebox: { limit: 90m }', 'error 4:18-21 limitTooLow'],
    ['timebox: { limit: soon }', 'error 4:18-22 duration limit'],
    ['timebox: { limit: 0h }', 'error 4:18-20 duration limit'],
    ['timebox: { budget: 0.1 }', 'error 4:19-22 percent budget'],
    ['timebox: { budget: 120% }', 'error 4:19-23 percent budget'],
    ['timebox: 2h', 'error 4:9-11 mapping timebox'],
    ['workingHours: { start: "22:00", end: "06:00" }', 'error 4:37-44 endBeforeStart'],
    ['workingHours: { start: "20:00" }', 'error 4:23-30 endBeforeStart'],
    ['workingHours: { start: 9 }', 'error 4:23-24 clock start'],
    ['workingHours: { days: [monday] }', 'error 4:23-29 weekday days'],
    ['workingHours: { days: [] }', 'error 4:22-24 emptyList days'],
    ['holidays: 2026-12-25', 'error 4:10-20 list holidays'],
    ['holidays: [2026-12-25, Christmas]', 'error 4:23-32 date holidays'],
    ['holidays: [2026-02-30]', 'error 4:11-21 date holidays'],
    ['holidays: [2026-12-25T09:00]', 'error 4:11-27 date holidays'],
    ['holidays: [{ from: 2026-12-25 }]', 'error 4:11-31 date holidays'],
    ['people: Kai', 'error 4:8-11 list people'],
    ['people: [Kai]', 'error 4:9-12 mapping people'],
    ['people: [{ github: kai-sample }]', 'error 4:9-31 missing name'],
    ['people: [{ name: Kai, github: -kai }]', 'error 4:30-34 login github'],
    ['people: [{ name: Kai, slack: kai }]', 'error 4:29-32 slackUser slack'],
    ['people: [{ name: Kai, timezone: CET+1 }]', 'error 4:32-37 zone timezone CET+1'],
    ['people: [{ name: Kai, timezone: "+01:00" }]', 'error 4:32-40 zone timezone +01:00'],
    ['people: [{ name: Kai }, { name: KAI }]', 'error 4:32-35 duplicatePerson KAI'],
    ['people: [{ name: A, github: x }, { name: B, github: X }]', 'error 4:52-53 duplicatePerson X'],
    ['issues: { repository: app }', 'error 4:22-25 repository repository'],
    ['issues: { labels: [a] }', 'error 4:0-6 missing repository'],
    ['issues: { repository: a/b, project: { owner: a, number: one } }', 'error 4:56-59 number number'],
    ['handoff: { slack: "no spaces" }', 'error 4:18-29 channel slack'],
    ['handoff: { remind: soon }', 'error 4:19-23 remind remind'],
    ['snippets: Thanks', 'error 4:10-16 list snippets'],
    ['snippets: [{ name: Thanks }]', 'error 4:11-27 missing text'],
    ['snippets: [{ name: Thanks, text: "a\\u202eb" }]', 'error 4:33-43 snippetText text'],
    ['snippets: [{ name: A, text: b }, { name: a, text: c }]', 'error 4:41-42 duplicateSnippet'],
    ['owners: [{ slack: billing }]', 'error 4:9-27 ownerKind'],
    ['owners: [{ label: billing }]', 'error 4:9-27 missing slack'],
    ['owners: [{ github: a/b/c, slack: billing }]', 'error 4:19-24 githubOwner github'],
  ];
  for (const [line, expected] of cases) {
    const file = parse(`${HEAD}${line}\n`);
    assert.deepEqual(
      told(file).map((one) => one.trim()),
      [expected.trim()],
      line,
    );
    assert.equal(file.team, undefined, line);
  }
});

test('the words that a team keeps, and whom it asks, are read; a name that nothing fills in is told', () => {
  const lines = [
    'snippets:',
    '  - name: On it',
    '    text: |',
    '      Thanks, ${author}.',
    '      ${owner} looks into ${isue}.',
    'owners:',
    '  - { label: area/billing, slack: "#billing", person: Ines }',
    '  - { github: "@acme/search", slack: search }',
  ];
  const file = parse(`${HEAD}${lines.join('\n')}\n`);
  assert.deepEqual(told(file), ['warning 6:10-11 snippetName ${isue}']);
  assert.deepEqual(file.team?.snippets, [{ name: 'On it', text: 'Thanks, ${author}.\n${owner} looks into ${isue}.' }]);
  assert.deepEqual(file.team?.owners, [
    { label: 'area/billing', github: undefined, slackChannel: 'billing', person: 'Ines' },
    { label: undefined, github: 'acme/search', slackChannel: 'search', person: undefined },
  ]);
});

test('what a team file must have is missed', () => {
  assert.deepEqual(told(parse('watch: []\nrotation: { shifts: [] }\n')), [
    'error 0:0-9 missing team',
    'error 0:0-9 missing timezone',
  ]);
  for (const text of ['', '# nothing', '- a', 'text', '[]']) {
    assert.deepEqual(
      parse(text).problems.map(({ code }) => code),
      ['notATeam'],
      text,
    );
  }
});

test('a zone that is nearly right is suggested', () => {
  const file = parse('team: X\ntimezone: Europe/Berln\nrotation: { shifts: [] }\nwatch: []\n');
  assert.deepEqual(told(file), ['error 1:10-22 zoneSimilar timezone Europe/Berln Europe/Berlin']);
  assert.match(file.problems[0]?.message ?? '', /did you mean Europe\/Berlin\?$/u);
});

test('unknown keys are warnings with the nearest known key, and the rest works', () => {
  const file = parse(`${HEAD}worknghours: {}\nreview: 2026-12-01\ntimebox: { limits: 2h }\n`);
  assert.deepEqual(told(file), [
    'warning 4:0-11 unknownKeySimilar worknghours workingHours',
    'warning 5:0-6 unknownKey review',
    'warning 6:11-17 unknownKeySimilar limits limit',
  ]);
  assert.notEqual(file.team, undefined);
});

test('YAML mistakes are told at their line', () => {
  const cases: readonly [string, string][] = [
    ['team: X\nteam: Y\n', 'error 1:0-1 duplicateKey'],
    ['team: X\npeople:\n\t- name: Kai\n', 'error 2:0-1 tabIndent'],
    ['team: X\nwatch: [a, b\n', 'error 2:0-0 invalidYaml'],
    ['team: *nobody\n', 'error 0:0-0 badAlias'],
    ['team: \ufffd\n', 'error 0:0-0 notUtf8'],
    ['team: "\0"\n', 'error 0:0-0 notUtf8'],
    [`people: ${'['.repeat(40)}`, 'error 0:0-0 tooDeep'],
    [`people:\n${'- '.repeat(40)}x`, 'error 0:0-0 tooDeep'],
    [`team: ${'x'.repeat(10_000_000)}`, 'error 0:0-0 tooLarge 64'],
  ];
  for (const [text, expected] of cases) {
    const file = parse(text);
    assert.ok(told(file)[0]?.startsWith(expected), `${told(file)[0] ?? ''} is not ${expected}`);
    assert.equal(file.team, undefined);
  }
});

test('an alias is its anchor’s value, and a billion of them are refused', () => {
  const file = parse(
    `${HEAD}people:\n  - &kai { name: Kai }\nissues: { repository: &r acme/app }\nhandoff: { issue: { repository: *r } }\n`,
  );
  assert.equal(file.team?.handoff?.issue?.repository, 'acme/app');
  const lines = ['a: &a [x, x, x, x, x, x, x, x, x]'];
  for (const [previous, name] of 'abcdefghi'.split('').map((letter, index) => [letter, 'bcdefghij'[index]])) {
    lines.push(`${name ?? ''}: &${name ?? ''} [${Array.from({ length: 9 }, () => `*${previous ?? ''}`).join(', ')}]`);
  }
  assert.deepEqual(
    parse(lines.join('\n')).problems.map(({ code }) => code),
    ['badAlias'],
  );
});

test('a hostile file has a bounded number of problems, errors never lost among them', () => {
  const strange = Array.from({ length: 300 }, (_, index) => `  - { name: P${String(index)}, zz: 1 }`).join('\n');
  const file = parse(`people:\n${strange}\nteam: X\ntimezone: nowhere\n`);
  assert.equal(file.problems.length, MAX_PROBLEMS);
  assert.equal(file.team, undefined);
  assert.equal(parse(','.repeat(50_000)).problems.length <= MAX_PROBLEMS, true);
});

test('keys named like object members are keys like others', () => {
  const file = parse(`${HEAD}__proto__: { team: Evil }\nconstructor: 1\ntoString: 2\n`);
  assert.deepEqual(
    file.problems.map(({ code }) => code),
    ['unknownKey', 'unknownKey', 'unknownKey'],
  );
  assert.equal(file.team?.name, 'Integrations');
});

test('any text has an answer, and an error makes no team', () => {
  const fragments = SAMPLE.split(/(?<=[\s:,{}[\]"])/u);
  const pieces = fc.array(fc.oneof(fc.constantFrom(...fragments), fc.string({ unit: 'binary', maxLength: 6 })), {
    maxLength: 60,
  });
  const damaged = fc
    .tuple(fc.nat(SAMPLE.length), fc.nat(40), fc.string({ unit: 'binary', maxLength: 5 }))
    .map(([at, cut, put]) => SAMPLE.slice(0, at) + put + SAMPLE.slice(at + cut));
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    pieces.map((parts) => parts.join('')),
    damaged,
  );
  fc.assert(
    fc.property(text, text, (yaml, markdown) => {
      const { team, problems } = parse(yaml, new Map([['docs/rotation.md', markdown]]));
      assert.equal(
        team === undefined,
        problems.some(({ severity }) => severity === 'error'),
      );
      for (const { start, end } of problems) {
        assert.ok(start.line >= 0 && start.column >= 0 && end.line === start.line && end.column >= start.column);
      }
      referencedFiles(yaml);
    }),
    { numRuns: 400 },
  );
});

test('the file of the table is named once, without its fragment, and never outside the repository', () => {
  const cases: readonly [string, readonly string[]][] = [
    ['docs/rotation.md#current-schedule', ['docs/rotation.md']],
    ['./rotation.md', ['rotation.md']],
    ['/etc/passwd', []],
    ['../other/rotation.md', []],
    ['docs/../../x.md', []],
    ['https://evil.example/rotation.md', []],
    ['C:/x.md', []],
    ["'..\\x.md'", []],
    ["'%2e%2e/x.md'", []],
    ['//host/x.md', []],
    ["'#heading'", []],
  ];
  for (const [table, expected] of cases) {
    const text = `team: X\ntimezone: UTC\nwatch: []\nrotation:\n  table: ${table}\n`;
    assert.deepEqual(referencedFiles(text), expected, table);
    if (expected.length === 0)
      assert.deepEqual(
        parse(text).problems.map(({ code }) => code),
        ['tablePath'],
        table,
      );
  }
  assert.deepEqual(referencedFiles('rotation: { table: [a] }'), []);
  assert.deepEqual(referencedFiles(': ['), []);
});

test('holidays are dates, each once, and those of calendars; one that cannot be read is a warning on its line', () => {
  const dates = parse(`${HEAD}holidays: [2027-01-01, "2026-12-25", 2026-12-25]\nworkingHours: { end: "16:00" }\n`);
  assert.deepEqual(dates.problems, []);
  assert.deepEqual(dates.team?.workingHours.holidays, ['2026-12-25', '2027-01-01']);
  assert.equal(dates.team?.workingHours.end, '16:00');
  const alone = `${HEAD}holidays: https://cal.example/de.ics?key=secret\n`;
  const read = (text: string, known?: CalendarDates): TeamFile => {
    const calendars = new Map(known === undefined ? [] : referencedCalendars(text).map((one) => [one, known]));
    return parseTeamFile(text, { files: FILES, now: NOW, calendars });
  };
  const dates2027 = ['2027-01-01'];
  assert.deepEqual(told(read(alone)), []);
  assert.deepEqual(told(read(alone, { dates: dates2027, problem: undefined })), []);
  assert.deepEqual(read(alone, { dates: dates2027, problem: undefined }).team?.workingHours.holidays, dates2027);
  const unreachable = read(alone, { dates: dates2027, problem: 'unreachable' });
  assert.deepEqual(told(unreachable), ['warning 4:10-47 calendarUnreachable']);
  assert.deepEqual(unreachable.team?.workingHours.holidays, dates2027);
  const mixed = `${HEAD}holidays:\n  - webcal://cal.example/de.ics\n  - 2026-12-25\n`;
  assert.deepEqual(referencedCalendars(mixed), ['https://cal.example/de.ics']);
  assert.deepEqual(read(mixed, { dates: dates2027, problem: undefined }).team?.workingHours.holidays, [
    '2026-12-25',
    '2027-01-01',
  ]);
  assert.deepEqual(told(read(mixed, { dates: [], problem: 'noCalendar' })), ['warning 5:4-31 noCalendar']);
});

test('a calendar is asked over https or on this machine, and by no name', () => {
  const asked = (address: string): readonly string[] => referencedCalendars(`holidays: ["${address}"]`);
  for (const address of ['https://cal.example/de.ics', 'http://127.0.0.1:8080/de.ics'])
    assert.deepEqual(asked(address), [address]);
  for (const address of [
    'http://cal.example/de.ics',
    'https://me:secret@cal.example/',
    'http://127.0.0.1.example/',
    'https://',
  ]) {
    assert.deepEqual(asked(address), []);
    assert.deepEqual(
      told(parse(`${HEAD}holidays: ["${address}"]\n`)).map((one) => one.split(' ').at(-1)),
      ['calendarAddress'],
    );
  }
  assert.deepEqual(referencedCalendars('holidays: {'), []);
});
