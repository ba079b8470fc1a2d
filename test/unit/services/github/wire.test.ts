import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { writeMarker } from '../../../../src/core/marker.ts';
import { markdownWords, quietMarkdown } from '../../../../src/services/github/markdown.ts';
import { nextLink } from '../../../../src/services/github/pages.ts';
import { readAddress } from '../../../../src/services/github/records.ts';
import { mentionsTeam } from '../../../../src/services/github/teamName.ts';
import type { BareSignal } from '../../../../src/services/github/wireIssue.ts';
import { parseIssue } from '../../../../src/services/github/wireIssue.ts';
import { parseNotification } from '../../../../src/services/github/wireNotification.ts';
import { assertGrowsEvenly } from '../../../support/growth.ts';
import { issue, notification } from './fakeGitHub.ts';

function parsed(record: unknown): BareSignal {
  const result = parseIssue(record);
  assert.ok(result.ok, result.ok ? '' : result.problem);
  return result.value;
}

test('an issue becomes a signal', () => {
  const body = `See https://team.slack.example/archives/C01/p1700000000000100\n${writeMarker('item', 'slack:C01:1')}`;
  assert.deepEqual(parsed(issue(12, { body, repository: 'Acme/App', comments: 2 })), {
    id: 'github:acme/app#12',
    service: 'github',
    source: 'github',
    kind: 'issue',
    state: 'open',
    title: 'Sync stops 12',
    excerpt: 'See https://team.slack.example/archives/C01/p1700000000000100',
    url: 'https://ghes.example/Acme/App/issues/12',
    place: 'Acme/App',
    watchIds: [],
    reasons: [],
    author: { id: 'rio-sample', name: 'rio-sample', isBot: false },
    assignees: ['noor-sample'],
    labels: ['team/integrations'],
    startedAt: Date.UTC(2026, 10, 16, 9),
    updatedAt: Date.UTC(2026, 10, 17, 9),
    replies: 2,
    count: 1,
    names: ['https://ghes.example/acme/app/issues/12', 'https://ghes.example/api/v3/repos/acme/app/issues/12'],
    mentions: ['https://team.slack.example/archives/c01/p1700000000000100'],
    markers: ['slack:C01:1'],
    links: [],
    voices: [],
    takenBy: [],
    quietUntil: undefined,
  });
});

test('a marker counts when somebody of the repository wrote it, or an app; not a stranger', () => {
  const body = writeMarker('item', 'slack:C01:1');
  const markers = (more: object) => parsed({ ...issue(1, { body }), ...more }).markers;
  for (const author_association of ['OWNER', 'MEMBER', 'COLLABORATOR', undefined])
    assert.deepEqual(markers({ author_association }), ['slack:C01:1']);
  for (const author_association of ['NONE', 'CONTRIBUTOR', 'FIRST_TIMER', null, 7])
    assert.deepEqual(markers({ author_association }), []);
  const user = { login: 'duty-sample[bot]', type: 'Bot' };
  assert.deepEqual(markers({ author_association: 'NONE', user }), ['slack:C01:1']);
});

test('records without what a signal needs are refused with the part that is wrong', () => {
  const cases: readonly (readonly [unknown, RegExp])[] = [
    [null, /not a record/u],
    ['text', /not a record/u],
    [[], /not a record/u],
    [{ ...issue(1), title: undefined }, /^title/u],
    [{ ...issue(1), title: { html: '<b>' } }, /^title/u],
    [{ ...issue(1), state: 1 }, /^state/u],
    [{ ...issue(1), html_url: 'javascript:alert(1)//acme/app/issues/1' }, /html_url/u],
    [{ ...issue(1), html_url: 'https://user:pw@ghes.example/acme/app/issues/1' }, /html_url/u],
    [{ ...issue(1), html_url: 'https://ghes.example/acme/app/issues/zero' }, /html_url/u],
    [{ ...issue(1), html_url: `https://ghes.example/${'a'.repeat(5000)}/app/issues/1` }, /html_url/u],
    [{ ...issue(1), updated_at: 'yesterday' }, /time/u],
    [{ ...issue(1), created_at: '9'.repeat(1000) }, /time/u],
  ];
  for (const [record, problem] of cases) {
    const result = parseIssue(record);
    assert.ok(!result.ok);
    assert.match(result.problem, problem);
  }
});

test('optional parts of another type count as absent', () => {
  const strange = {
    body: 7,
    user: 'rio',
    labels: 'bug',
    assignees: [null, 7, { login: 'kai-sample' }],
    comments: -1,
    url: {},
  };
  const signal = parsed(issue(1, strange));
  assert.deepEqual(
    [signal.excerpt, signal.author?.id, signal.labels, signal.assignees, signal.replies, signal.names.length],
    ['', 'ghost', [], ['kai-sample'], 0, 1],
  );
  assert.equal(parsed(issue(1, { comments: 10n ** 30n })).replies, 0);
  const { title, state, html_url, created_at, updated_at } = issue(1);
  assert.equal(parsed({ title, state, html_url, created_at, updated_at }).author?.id, 'ghost');
});

test('bots are known by type or by name', () => {
  for (const user of [{ login: 'dependabot[bot]' }, { login: 'ci-sample', type: 'Bot' }]) {
    assert.equal(parsed(issue(1, { user })).author?.isBot, true);
  }
});

test('hostile text is short, of one line, and plain', () => {
  const hostile = `\u202eevil\u0000\u001b[31m\u200b <img src=x onerror=alert(1)> 👩‍🚒 ${'x'.repeat(10_000_000)}`;
  const signal = parsed(issue(1, { title: hostile, body: hostile, labels: [hostile], user: { login: hostile } }));
  for (const text of [signal.title, signal.excerpt, signal.labels[0] ?? '', signal.author?.name ?? '']) {
    assert.ok(text.length <= 500);
    assert.ok(!['\u202e', '\u0000', '\u001b', '\u200b'].some((char) => text.includes(char)));
  }
  assert.ok(JSON.stringify(signal).length < 5000);
});

test('slow patterns find no text that makes them slow', () => {
  for (const part of ['<!--', '@', '&#0', 'https://x.example/)', '@acme/integrations', '\n', 'a@']) {
    assertGrowsEvenly((length) => {
      const body = part.repeat(length / part.length);
      parsed(issue(1, { body, title: body }));
      quietMarkdown(body);
      mentionsTeam(body.slice(0, 65_536), { organization: 'acme', team: 'integrations' });
      nextLink(body);
    }, 10_000_000);
  }
});

test('no record makes a parser throw', () => {
  const any = fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true });
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(issue(1))), any, (key, value) => {
      assert.equal(typeof parseIssue({ ...issue(1), [key]: value }).ok, 'boolean');
      assert.equal(typeof parseIssue(value).ok, 'boolean');
      assert.equal(typeof parseNotification({ ...notification(1), subject: value, reason: value }).ok, 'boolean');
      assert.equal(typeof parseNotification(value).ok, 'boolean');
    }),
  );
});

test('pages and API addresses name the same issue', () => {
  const same = { owner: 'acme', repository: 'app', number: 12 };
  const cases: readonly (readonly [string, boolean])[] = [
    ['https://ghes.example/acme/app/issues/12', false],
    ['https://ghes.example/acme/app/pull/12', true],
    ['https://ghes.example/api/v3/repos/acme/app/pulls/12', true],
    ['https://api.github.com/repos/acme/app/issues/12', false],
  ];
  for (const [url, isPullRequest] of cases) assert.deepEqual(readAddress(url), { ...same, isPullRequest });
  for (const url of [
    '',
    'x',
    'https://ghes.example/acme/app/issues/0',
    'https://ghes.example/a/b/issues/1/c',
    'https://ghes.example/a%2Fb/c/issues/1',
  ]) {
    assert.equal(readAddress(url), undefined);
  }
});

test('a notification says where its issue is', () => {
  const result = parseNotification(notification(12));
  assert.ok(result.ok && result.value !== undefined);
  assert.deepEqual(
    [result.value.signal.id, result.value.signal.url, result.value.reason],
    ['github:acme/app#12', 'https://ghes.example/acme/app/issues/12', 'teamMention'],
  );
  assert.deepEqual(parseNotification(notification(1, { reason: 'ci_activity' })), { ok: true, value: undefined });
  for (const over of [
    { repository: { html_url: 'javascript:alert(1)' } },
    { subject: { title: 't', type: 'Commit', url: null } },
    { updated_at: '' },
  ]) {
    assert.equal(parseNotification(notification(1, over)).ok, false);
  }
});

test('a team is mentioned by its whole name', () => {
  const name = { organization: 'Acme', team: 'integrations' };
  for (const text of [
    '@acme/integrations',
    'cc @ACME/Integrations, please',
    '(@acme/integrations)',
    'x@acme/integrations @acme/integrations',
  ]) {
    assert.ok(mentionsTeam(text, name), text);
  }
  for (const text of [
    '',
    '@acme/integrations-old',
    'mail@acme/integrations',
    '@acme',
    'acme/integrations',
    '@acme/integrations2',
  ]) {
    assert.ok(!mentionsTeam(text, name), text);
  }
});

test('a copied text notifies nobody and hides nothing', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['cc @kai-sample and @acme/integrations', 'cc kai-sample and acme/integrations'],
    ['rio@mail.example', 'rio@mail.example'],
    ['@@kai &#64;kai &#x40;kai &commat;kai', 'kai kai kai kai'],
    ['`@kai', '`kai'],
    ['@\u200bkai', 'kai'],
    [`a${writeMarker('item', 'x')}b`, 'ab'],
    ['<!<!-- x -->-- y -->', '&lt;!-- y -->'],
    ['a <!-- no end', 'a'],
    ['5 @ 3', '5 @ 3'],
    ['_@kai_ **@kai** \\@kai', '_kai_ **kai** \\kai'],
    ['&#@64;kai &#6<!-- -->4;kai', '&# 64;kai kai'],
    ['a@@kai', 'akai'],
  ];
  for (const [text, quiet] of cases) assert.equal(quietMarkdown(text), quiet);
});

test('no text keeps a mention or a marker', () => {
  const parts = fc.constantFrom(
    '@',
    'kai',
    '<!--',
    '-->',
    '&#64;',
    '&#x40;',
    '&#',
    '64;',
    '\u200b',
    ' ',
    'a',
    '<!',
    '--',
    '\u202e',
    '`',
    '\n',
  );
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 30 }), (words) => {
      const quiet = quietMarkdown(words.join(''));
      assert.doesNotMatch(quiet, /(?:^|\W)(?:@|&#64;|&#x40;)[a-z\d]/iu);
      assert.doesNotMatch(quiet, /<!--/u);
    }),
    { numRuns: 2000 },
  );
});

test('the next page is read out of a Link header', () => {
  assert.equal(
    nextLink('<https://a.example/?page=1>; rel="prev", <https://a.example/?l=a,b&page=3>; rel="next"'),
    'https://a.example/?l=a,b&page=3',
  );
  for (const link of [undefined, '', '<x>; rel="last"', 'rel="next"', '<>; rel="next"'])
    assert.equal(nextLink(link), undefined);
});

for (const [what, markdown, words] of [
  [
    'a code block loses its fences and keeps its lines',
    'Fails:\n```ts\nconst a = `*b*`;\n```\nsince noon',
    'Fails:\nconst a = `*b*`;\nsince noon',
  ],
  ['a block that is cut', '~~~\nat main()', 'at main()'],
  ['headings and quotes', '## Steps\n> as **Rio** said', 'Steps\nas Rio said'],
  [
    'links and pictures',
    'See [the log](https://ci.example/1 "run") ![chart](https://a.example/b.png)',
    'See the log chart',
  ],
  ['tags, but not types', '<details><summary>Log</summary>\nMap<string> <br/></details>', 'Log\nMap<string>'],
  ['marks', 'a `b` __c__ ~~d~~ 2 * 3 * 4 snake_case', 'a b c d 2 * 3 * 4 snake_case'],
  ['tables and rules', 'a | b\n--|--\n1 | 2\n\n---\n\nend', 'a | b\n1 | 2\n\nend'],
  ['hidden comments', 'a<!-- x\n-->b<!-- c', 'ab'],
] as const)
  test(`a hover’s words of GitHub’s Markdown: ${what}`, () => assert.equal(markdownWords(markdown), words));

test('the words of any Markdown are no longer than it, and hostile ones take no time', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => assert.ok(markdownWords(text).length <= text.length)));
  for (const run of ['[', '![a](', '**', '`', '<a ', '<!--', '> ', '~~~\n'])
    assert.ok(markdownWords(run.repeat(4000 / run.length)).length <= 4000);
});
