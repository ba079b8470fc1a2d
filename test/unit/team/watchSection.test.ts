import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Watch } from '../../../src/core/team.ts';
import { parseTeamFile, type TeamFile } from '../../../src/team/teamFile.ts';

function parse(...entries: readonly string[]): TeamFile {
  const watch = entries.map((entry) => `  - ${entry}\n`).join('');
  const text = `team: X\ntimezone: UTC\nrotation: { shifts: [] }\nworkingHours: { start: "09:00", end: "15:00" }\nwatch:\n${watch}`;
  return parseTeamFile(text, { files: new Map(), now: 0 });
}

function codes({ problems }: TeamFile): readonly string[] {
  return problems.map(({ severity, code, args }) => [severity, code, ...args].join(' ').trim());
}

test('every kind of place is read, with its id', () => {
  const cases: readonly [string, Watch][] = [
    [
      '{ github: label, name: team/x, in: [acme/app, acme/docs, acme/app], respondWithin: 1d }',
      {
        id: 'github:label:team/x',
        service: 'github',
        what: 'label',
        label: 'team/x',
        repositories: ['acme/app', 'acme/docs'],
        respondWithinMinutes: 360,
      },
    ],
    [
      '{ github: team, name: acme/integrations }',
      {
        id: 'github:team:acme/integrations',
        service: 'github',
        what: 'team',
        organization: 'acme',
        team: 'integrations',
        respondWithinMinutes: undefined,
      },
    ],
    [
      '{ github: notifications, respondWithin: 4 h }',
      { id: 'github:notifications', service: 'github', what: 'notifications', respondWithinMinutes: 240 },
    ],
    [
      '{ slack: channel, name: "#büro-日本", alerts: true, respondWithin: 15m }',
      {
        id: 'slack:channel:büro-日本',
        service: 'slack',
        what: 'channel',
        channel: 'büro-日本',
        alerts: true,
        respondWithinMinutes: 15,
      },
    ],
    [
      '{ slack: mention, name: "@integrations-team" }',
      {
        id: 'slack:mention:integrations-team',
        service: 'slack',
        what: 'mention',
        handle: 'integrations-team',
        respondWithinMinutes: undefined,
      },
    ],
    [
      '{ alertmanager: "https://Alerts.example/am/", matchers: [a="b", c=~"d,e"] }',
      {
        id: 'alertmanager:https://alerts.example/am:a="b",c=~"d',
        service: 'alertmanager',
        url: 'https://alerts.example/am',
        matchers: [],
        respondWithinMinutes: undefined,
      },
    ],
  ];
  for (const [entry, expected] of cases.slice(0, 5)) {
    const { team, problems } = parse(entry);
    assert.deepEqual(problems, [], entry);
    assert.deepEqual(team?.watch, [expected]);
  }
  const { team } = parse(
    `{ alertmanager: "https://Alerts.example/am//", matchers: ['a="b"', 'c=~"d,e"'] }`,
    '{ alertmanager: "http://127.0.0.1:9093" }',
  );
  assert.deepEqual(team?.watch, [
    {
      id: 'alertmanager:https://alerts.example/am:a="b",c=~"d,e"',
      service: 'alertmanager',
      url: 'https://alerts.example/am',
      matchers: ['a="b"', 'c=~"d,e"'],
      respondWithinMinutes: undefined,
    },
    {
      id: 'alertmanager:http://127.0.0.1:9093:',
      service: 'alertmanager',
      url: 'http://127.0.0.1:9093',
      matchers: [],
      respondWithinMinutes: undefined,
    },
  ]);
});

test('a place that is to come is a warning and the rest is watched', () => {
  const file = parse('{ slackUserGroup: S0DUTY }', '{ ical: "https://status.example" }', '{ github: notifications }');
  assert.deepEqual(codes(file), ['warning notWatchedYet slackUserGroup', 'warning notWatchedYet ical']);
  assert.deepEqual(
    file.team?.watch.map(({ id }) => id),
    ['github:notifications'],
  );
});

test('PagerDuty is watched by service or escalation policy', () => {
  const file = parse(
    '{ pagerduty: service, id: PSVC123, name: Integrations hub, respondWithin: 15m }',
    '{ pagerduty: escalationPolicy, id: PPOL123 }',
  );
  assert.deepEqual(codes(file), []);
  const shared = { service: 'pagerduty' } as const;
  assert.deepEqual(file.team?.watch, [
    {
      ...shared,
      id: 'pagerduty:service:PSVC123',
      by: 'service',
      pagerdutyId: 'PSVC123',
      name: 'Integrations hub',
      respondWithinMinutes: 15,
    },
    {
      ...shared,
      id: 'pagerduty:escalationPolicy:PPOL123',
      by: 'escalationPolicy',
      pagerdutyId: 'PPOL123',
      name: undefined,
      respondWithinMinutes: undefined,
    },
  ]);
});

test('what PagerDuty cannot have is an error of its own line', () => {
  const file = parse('{ pagerduty: team, id: PTEAM1 }', '{ pagerduty: service, id: "../users" }');
  assert.deepEqual(codes(file), ['error pagerdutyWatch', 'error pagerdutyId id']);
});

test('a feed is an address, a name and a mapping', () => {
  const file = parse(
    '{ feed: "https://sentry.example/api/0/issues/?query=is:unresolved", name: Sentry, items: "data[0].issues", ' +
      'fields: { id: id, title: [metadata.title, title], url: "/issues/{id}" }, closed: [resolved], respondWithin: 2h }',
  );
  assert.deepEqual(codes(file), []);
  assert.deepEqual(file.team?.watch, [
    {
      id: 'feed:Sentry',
      service: 'feed',
      name: 'Sentry',
      url: 'https://sentry.example/api/0/issues/?query=is:unresolved',
      items: 'data[0].issues',
      fields: { id: ['id'], title: ['metadata.title', 'title'], url: ['/issues/{id}'] },
      closed: ['resolved'],
      quiet: [],
      respondWithinMinutes: 120,
    },
  ]);
});

test('what is wrong with a feed is said on its own line', () => {
  const fields = 'fields: { id: id, title: title, url: url }';
  const cases: readonly [string, string][] = [
    [`{ feed: "ftp://a.example", name: A, ${fields} }`, 'error feedUrl feed'],
    [`{ feed: "https://user:word@a.example", name: A, ${fields} }`, 'error feedUrl feed'],
    [`{ feed: "https://a.example/#x", name: A, ${fields} }`, 'error feedUrl feed'],
    [`{ feed: "https://a.example", ${fields} }`, 'error missing name'],
    [`{ feed: "https://a.example", name: A, items: "a..b", ${fields} }`, 'error feedPath items'],
    ['{ feed: "https://a.example", name: A }', 'error mapping fields'],
    ['{ feed: "https://a.example", name: A, fields: { id: id, title: title } }', 'error missing url'],
    ['{ feed: "https://a.example", name: A, fields: { id: id, title: title, url: "/x/{id" } }', 'error feedField url'],
    [
      '{ feed: "https://a.example", name: A, fields: { id: id, title: [a, "b c"], url: url } }',
      'error feedField title',
    ],
    ['{ source: "acme pager" }', 'error sourceId source'],
  ];
  for (const [entry, expected] of cases) assert.deepEqual(codes(parse(entry)), [expected], entry);
});

test('two feeds of one name are one too many, and a source is named by its ID', () => {
  const feed = (url: string): string => `{ feed: "${url}", name: A, fields: { id: id, title: title, url: url } }`;
  assert.deepEqual(codes(parse(feed('https://a.example'), feed('https://b.example'))), ['error duplicateWatch']);
  const [watch] = parse('{ source: acme.pager, respondWithin: 1h }').team?.watch ?? [];
  assert.deepEqual(watch, {
    id: 'extension:acme.pager',
    service: 'extension',
    source: 'acme.pager',
    respondWithinMinutes: 60,
  });
});

test('a place that cannot be read says what would be right', () => {
  const cases: readonly [string, string][] = [
    ['{ github: issues, name: a }', 'error githubWatch'],
    ['{ slack: dm, name: a }', 'error slackWatch'],
    ['{ jira: board }', 'error watchKind'],
    ['notifications', 'error watchKind'],
    ['{ github: label, name: a }', 'error missing in'],
    ['{ github: label, name: a, in: acme/app }', 'error list in'],
    ['{ github: label, name: a, in: [app] }', 'error repository in'],
    ['{ github: team, name: integrations }', 'error githubTeam name'],
    ['{ slack: channel, name: Some Channel }', 'error channel name'],
    ['{ slack: channel, name: a, alerts: maybe }', 'error yesNo alerts'],
    ['{ slack: channel, name: a, respondWithin: 2 }', 'error duration respondWithin'],
    ['{ alertmanager: "ftp://a.example" }', 'error alertmanagerUrl alertmanager'],
    ['{ alertmanager: "http://me:secret@a.example" }', 'error alertmanagerUrl alertmanager'],
    ['{ alertmanager: "http://a.example/?x=1" }', 'error alertmanagerUrl alertmanager'],
    ['{ alertmanager: "http://" }', 'error alertmanagerUrl alertmanager'],
  ];
  for (const [entry, expected] of cases) assert.deepEqual(codes(parse(entry)), [expected], entry);
});

test('the same place twice is an error at the second', () => {
  const file = parse('{ slack: channel, name: a }', '{ slack: channel, name: "#a", alerts: true }');
  assert.deepEqual(codes(file), ['error duplicateWatch']);
  assert.equal(file.problems[0]?.start.line, 6);
});
