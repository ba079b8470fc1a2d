import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { oneLine } from '../../../src/core/plainText.ts';
import { parseTeamFile } from '../../../src/team/teamFile.ts';
import { type TeamAnswers, writeTeamFile } from '../../../src/team/teamFileText.ts';

const CONTEXT = { files: new Map<string, string>(), now: 0 };

const ANSWERS: TeamAnswers = {
  team: 'Integrations',
  timeZone: 'Europe/Berlin',
  people: [
    { name: 'Kai', github: 'kai-sample', slack: 'U02KAI' },
    { name: 'Mika Sample', github: '', slack: undefined },
  ],
  firstShiftStarts: '2026-11-23',
  watch: {
    label: { name: 'team/integrations', repositories: ['acme/app', 'acme/docs'] },
    githubTeam: 'acme/integrations',
    channels: ['#integrations', 'integrations', 'feedback'],
  },
  issuesRepository: 'acme/app',
  handoffChannel: '#notes',
  handoffRepository: 'acme/team-notes',
};

test('the written file is the team that was answered', () => {
  const { team, problems } = parseTeamFile(writeTeamFile(ANSWERS), CONTEXT);
  assert.deepEqual(problems, []);
  assert.deepEqual(
    team?.people.map(({ name, github, slack }) => [name, github, slack]),
    [
      ['Kai', 'kai-sample', 'U02KAI'],
      ['Mika Sample', undefined, undefined],
    ],
  );
  assert.deepEqual(team.rotation.type === 'every' && [team.rotation.order, team.rotation.starting], [
    ['Kai', 'Mika Sample'],
    '2026-11-23T09:00',
  ]);
  assert.deepEqual(
    team.watch.map(({ id }) => id),
    [
      'github:label:team/integrations',
      'github:team:acme/integrations',
      'slack:channel:integrations',
      'slack:channel:feedback',
    ],
  );
  assert.equal(team.issues?.repository, 'acme/app');
  assert.deepEqual(team.handoff, {
    slackChannel: 'notes',
    issue: { repository: 'acme/team-notes', label: 'handoff' },
    remindWorkingDays: 1,
  });
});

test('plain words stay plain, so that a person can read the file', () => {
  const text = writeTeamFile(ANSWERS);
  assert.match(text, /^ {2}- \{ name: Mika Sample \}$/mu);
  assert.match(text, /^ {2}starting: 2026-11-23$/mu);
  assert.match(
    text,
    /^ {2}- \{ github: label, name: team\/integrations, in: \[acme\/app, acme\/docs\], respondWithin: 1d \}$/mu,
  );
});

test('with nothing to watch, the responder’s own notifications are', () => {
  const { team } = parseTeamFile(writeTeamFile({ ...ANSWERS, watch: { channels: [] } }), CONTEXT);
  assert.deepEqual(
    team?.watch.map(({ id }) => id),
    ['github:notifications'],
  );
});

test('our own parser has nothing to say against any file that we write', () => {
  const awkward = fc.constantFrom(
    'no',
    'Null',
    '~',
    '- a',
    'a: b',
    'a #b',
    '"',
    "'",
    '*x',
    '&x',
    '!x',
    '{',
    ']',
    '@noor',
    '1e3',
    '0x1',
    'a\nb',
    '%',
    '|',
    '>',
    '\\',
    'ü 日本 🎉',
    'true',
    '---',
    '<<',
    '=',
    '2026-01-01',
  );
  const words = fc
    .oneof(awkward, fc.string({ unit: 'binary', maxLength: 30 }), fc.string({ unit: 'grapheme', maxLength: 300 }))
    .filter((text) => oneLine(text, 200).replaceAll('\ufffd', '').trim() !== '');
  const cleaned = (text: string): string => oneLine(text, 200).replaceAll('\ufffd', '').trim();
  const login = fc.stringMatching(/^[a-z][a-z0-9]{0,10}$/u);
  const repository = fc.tuple(login, fc.stringMatching(/^[\w.-]{1,20}$/u)).map(([owner, name]) => `${owner}/${name}x`);
  const person = fc.record({
    name: words,
    github: fc.option(login, { nil: undefined }),
    slack: fc.option(fc.stringMatching(/^U[A-Z0-9]{3,9}$/u), { nil: undefined }),
  });
  const people = fc
    .uniqueArray(person, {
      minLength: 1,
      maxLength: 6,
      selector: ({ name }) => cleaned(name).toLowerCase().replace(/^@/u, ''),
    })
    .filter(
      (all) =>
        new Set(all.map(({ github }) => github)).size === all.length &&
        new Set(all.map(({ slack }) => slack)).size === all.length,
    );
  const channel = fc.stringMatching(/^#?[a-z0-9_-]{1,20}$/u);
  const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
  const answers: fc.Arbitrary<TeamAnswers> = fc.record({
    team: words,
    timeZone: fc.constantFrom('Europe/Berlin', 'UTC', 'America/Port-au-Prince'),
    people,
    firstShiftStarts: fc.constantFrom('2026-11-23', '2027-01-04'),
    watch: fc.record({
      label: maybe(fc.record({ name: words, repositories: fc.array(repository, { minLength: 1, maxLength: 4 }) })),
      githubTeam: maybe(repository),
      channels: fc.array(channel, { maxLength: 4 }),
    }),
    issuesRepository: maybe(repository),
    handoffChannel: maybe(channel),
    handoffRepository: maybe(repository),
  });
  fc.assert(
    fc.property(answers, (given) => {
      const { team, problems } = parseTeamFile(writeTeamFile(given), CONTEXT);
      assert.deepEqual(problems, []);
      assert.equal(team?.name, cleaned(given.team));
      assert.deepEqual(
        team.people.map(({ name }) => name),
        given.people.map(({ name }) => cleaned(name)),
      );
    }),
    { numRuns: 300 },
  );
});
