import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Matter } from '../../../../src/core/similar.ts';
import { findSimilarIssues, similarQueries } from '../../../../src/services/github/similarIssues.ts';
import { FakeGitHub } from './fakeGitHub.ts';

const never = new AbortController().signal;
const SEARCH = 'GET /search/issues';

function matter(over: Partial<Matter> = {}): Matter {
  return {
    title: 'Deliveries to one receiver fail',
    text: '',
    names: [],
    mentions: [],
    alertNames: [],
    own: [],
    ...over,
  };
}

function row(number: number, over: Readonly<Record<string, unknown>> = {}) {
  return {
    number,
    title: 'Deliveries fail',
    html_url: `https://ghes.example/acme/app/issues/${String(number)}`,
    state: 'closed',
    created_at: '2026-11-16T09:00:00Z',
    updated_at: '2026-11-16T09:00:00Z',
    body: 'TypeError: it failed',
    ...over,
  };
}

test('one search by the words of the title, and one before it for what is exact', () => {
  assert.deepEqual(similarQueries('acme/app', matter()), [
    'repo:acme/app is:issue in:title (deliveries OR receiver OR fail OR one)',
  ]);
  const exact = matter({ alertNames: ['SyncStuck'], text: '10:01 TypeError: cannot read "id" of job 4711' });
  assert.deepEqual(
    similarQueries('acme/app', exact)[0],
    'repo:acme/app is:issue ("syncstuck" OR "typeerror: cannot read id of job")',
  );
  assert.deepEqual(similarQueries('acme/app', matter({ title: '!? 12' })), []);
});

test('an address of the item and one that it links are searched for as they are written, without their scheme', () => {
  const linked = matter({
    names: ['https://acme.slack.test/archives/c01/p1763370000000100'],
    mentions: ['https://acme.test', 'https://errors.test/acme/issues/4711'],
    alertNames: ['SyncStuck'],
  });
  assert.equal(
    similarQueries('acme/app', linked)[0],
    'repo:acme/app is:issue ("acme.slack.test/archives/c01/p1763370000000100" OR "syncstuck" OR "errors.test/acme/issues/4711")',
  );
  const many = Array.from({ length: 20 }, (_, at) => `https://errors.test/acme/issues/${String(at)}`);
  assert.doesNotMatch(similarQueries('acme/app', matter({ mentions: many })).join(), /errors/u);
  const long = matter({ mentions: [`https://docs.test/a/b/${'long-name/'.repeat(20)}`] });
  assert.equal(
    similarQueries('acme/app', long)[0],
    `repo:acme/app is:issue "docs.test/a/b/${'long-name/'.repeat(6)}long"`,
  );
});

test('whatever the item says, at most two searches that GitHub takes, and no qualifier but ours', () => {
  const hostile = fc.oneof(
    fc.string({ maxLength: 400 }),
    fc.constant('repo:evil/x is:pr "a" OR NOT -label:x error '.repeat(9)),
  );
  fc.assert(
    fc.property(hostile, hostile, fc.array(hostile, { maxLength: 4 }), (title, text, names) => {
      const queries = similarQueries('acme/app', matter({ title, text, alertNames: names, names, mentions: names }));
      assert.ok(queries.length <= 2);
      for (const query of queries) {
        assert.ok(query.length <= 256, query);
        assert.ok((query.match(/\b(?:AND|OR|NOT)\b/gu) ?? []).length <= 5, query);
        const bare = query.replaceAll(/"[^"]*"/gu, '');
        assert.deepEqual(
          bare
            .match(/[\w-]+:\S*/gu)
            ?.filter((each) => each !== 'repo:acme/app' && each !== 'is:issue' && each !== 'in:title'),
          [],
        );
      }
    }),
  );
});

test('rows of other repositories, pull requests and broken ones are left out', async () => {
  const items = [
    row(3),
    row(4, { html_url: 'https://ghes.example/evil/app/issues/4' }),
    row(5, { html_url: 'https://ghes.example/acme/app/pull/5' }),
    row(6, { title: 7 }),
    null,
  ];
  const github = new FakeGitHub().on(SEARCH, { body: { items } });
  const { candidates, failure } = await findSimilarIssues('acme/app', matter(), github.ports(), never);
  assert.equal(failure, undefined);
  assert.deepEqual(
    candidates.map(({ number, state, text }) => [number, state, text]),
    [[3, 'closed', 'TypeError: it failed']],
  );
});

test('a failure is a reason and no exception; what was found before it stays', async () => {
  let asked = 0;
  const github = new FakeGitHub().on(SEARCH, () => {
    asked += 1;
    return asked === 1 ? { body: { items: [row(3)] } } : { status: 422, body: { message: 'Validation Failed' } };
  });
  const found = await findSimilarIssues('acme/app', matter({ alertNames: ['SyncStuck'] }), github.ports(), never);
  assert.deepEqual([found.candidates.length, found.failure], [1, 'refused']);

  const odd = new FakeGitHub().on(SEARCH, { body: { nothing: true } });
  assert.equal((await findSimilarIssues('acme/app', matter(), odd.ports(), never)).failure, 'badResponse');
  const nowhere = await findSimilarIssues('../..', matter(), odd.ports(), never);
  assert.equal(nowhere.failure, 'refused');
});

test('a search that GitHub fails or drops is not sent again', async () => {
  for (const status of [0, 502]) {
    const github = new FakeGitHub().on(SEARCH, { status, body: {} });
    const found = await findSimilarIssues('acme/app', matter({ alertNames: ['SyncStuck'] }), github.ports(), never);
    assert.equal(found.failure, status === 0 ? 'offline' : 'serverError');
    assert.equal(github.sent.length, 1);
  }
});

test('who stops it has what was found, at once', async () => {
  const stop = new AbortController();
  const github = new FakeGitHub().on(SEARCH, () => {
    stop.abort();
    return { body: { items: [row(3)] } };
  });
  const found = await findSimilarIssues('acme/app', matter(), github.ports(), stop.signal);
  assert.equal(found.failure, 'aborted');
});
