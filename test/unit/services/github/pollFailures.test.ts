import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createGitHubSource } from '../../../../src/services/github/source.ts';
import { ServiceError } from '../../../../src/services/service.ts';
import { FakeGitHub, Followed, issue, LABEL_WATCH, NOTIFICATIONS_WATCH, NOW } from './fakeGitHub.ts';

const BOTH = { ...LABEL_WATCH, repositories: ['acme/app', 'acme/docs'] };
const good = () => ({ body: [issue(1)] });

test('one place that fails is named, the others are read, and what it held stays', async (t) => {
  const cases = [
    { status: 403, reason: 'forbidden' },
    { status: 404, reason: 'notFound' },
    { status: 422, reason: 'refused' },
    { status: 500, reason: 'serverError' },
  ];
  for (const { status, reason } of cases) {
    await t.test(String(status), async () => {
      const github = new FakeGitHub()
        .on('GET /repos/acme/app/issues', good)
        .on('GET /repos/acme/docs/issues', { body: [issue(2, { repository: 'acme/docs' })] });
      const followed = new Followed();
      const source = createGitHubSource(github.ports());
      followed.apply(await source.poll(followed.request([BOTH])));
      github.on('GET /repos/acme/docs/issues', { status, body: { message: 'No' } });
      const result = await source.poll(followed.request([BOTH]));
      assert.deepEqual(result.failedPlaces, [
        { place: 'acme/docs', reason, message: `GitHub answered ${String(status)}: No` },
      ]);
      assert.deepEqual([result.changed, result.gone], [[], []]);
    });
  }
});

test('a place that GitHub itself fails at keeps no later one from being read, also when it is the first', async () => {
  const github = new FakeGitHub()
    .on('GET /repos/acme/app/issues', { status: 502, body: 'x' })
    .on('GET /repos/acme/docs/issues', { body: [issue(2, { repository: 'acme/docs' })] });
  const result = await createGitHubSource(github.ports()).poll(new Followed().request([BOTH]));
  assert.deepEqual(
    result.failedPlaces?.map(({ place, reason }) => [place, reason]),
    [['acme/app', 'serverError']],
  );
  assert.deepEqual(
    result.changed.map(({ id }) => id),
    ['github:acme/docs#2'],
  );
});

test('a bad token fails the whole source', async () => {
  const github = new FakeGitHub()
    .on('GET /repos/acme/app/issues', good)
    .on('GET /repos/acme/docs/issues', { status: 401 });
  await assert.rejects(createGitHubSource(github.ports()).poll(new Followed().request([BOTH])), {
    reason: 'unauthenticated',
  });
});

test('without a token nothing is asked', async () => {
  const github = new FakeGitHub();
  github.token = undefined;
  await assert.rejects(createGitHubSource(github.ports()).poll(new Followed().request([BOTH])), {
    reason: 'unauthenticated',
  });
  assert.equal(github.sent.length, 0);
});

test('a rate limit ends the cycle, says until when, and keeps what was read', async (t) => {
  const reset = String((NOW + 600_000) / 1000);
  const cases = [
    { name: 'retry-after', status: 429, headers: { 'retry-after': '30' }, retryAt: NOW + 30_000 },
    { name: 'secondary', status: 403, headers: { 'retry-after': '45' }, retryAt: NOW + 45_000 },
    {
      name: 'primary',
      status: 403,
      headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset },
      retryAt: NOW + 601_000,
    },
    { name: 'without a word', status: 429, headers: {}, retryAt: NOW + 60_000 },
    { name: 'beyond belief', status: 429, headers: { 'retry-after': '99999999' }, retryAt: NOW + 61 * 60_000 },
    {
      name: 'a date',
      status: 429,
      headers: { 'retry-after': new Date(NOW + 90_000).toUTCString() },
      retryAt: NOW + 90_000,
    },
  ];
  for (const { name, status, headers, retryAt } of cases) {
    await t.test(name, async () => {
      const limit = { status, headers, body: { message: 'You have exceeded a secondary rate limit' } };
      const github = new FakeGitHub().on('GET /repos/acme/app/issues', good).on('GET /repos/acme/docs/issues', limit);
      const watch = [BOTH, NOTIFICATIONS_WATCH];
      const result = await createGitHubSource(github.ports()).poll(new Followed().request(watch));
      assert.equal(result.changed.length, 1);
      assert.equal(result.pollAgainAt, retryAt);
      assert.deepEqual(
        result.failedPlaces.map(({ place, reason }) => [place, reason]),
        [
          ['acme/docs', 'rateLimited'],
          ['notifications', 'rateLimited'],
        ],
      );
      assert.equal(github.sent.length, 2, 'no request inside the penalty');
    });
  }
});

test('a rate limit before anything was read is thrown with its time', async () => {
  const github = new FakeGitHub().on('GET /repos/acme/app/issues', { status: 429, headers: { 'retry-after': '30' } });
  await assert.rejects(createGitHubSource(github.ports()).poll(new Followed().request([BOTH])), (error) => {
    assert.ok(error instanceof ServiceError);
    assert.deepEqual([error.reason, error.retryAt], ['rateLimited', NOW + 30_000]);
    return true;
  });
  assert.equal(github.sent.length, 1);
});

test('a poll that throws remembers nothing', async () => {
  const github = new FakeGitHub()
    .on('GET /repos/acme/app/issues', good)
    .on('GET /repos/acme/docs/issues', { status: 401 });
  const followed = new Followed();
  await assert.rejects(createGitHubSource(github.ports()).poll(followed.request([BOTH])));
  assert.equal(followed.memory.writes, 0);
});

test('a lost socket on a read is tried once more, then the source is offline', async () => {
  const github = new FakeGitHub().on('GET /repos/acme/app/issues', { status: 0 });
  await assert.rejects(createGitHubSource(github.ports()).poll(new Followed().request([LABEL_WATCH])), {
    reason: 'offline',
  });
  assert.equal(github.sent.length, 2);
});

test('an aborted poll ends with the abort, not with a failure', async () => {
  const github = new FakeGitHub().on('GET /repos/acme/app/issues', good);
  const abort = AbortSignal.abort(new Error('window closed'));
  await assert.rejects(
    createGitHubSource(github.ports()).poll(new Followed().request([LABEL_WATCH], { abort })),
    /window closed/u,
  );
  assert.equal(github.sent.length, 0);
});

test('a renamed repository is named, since its issues would be known twice', async () => {
  const github = new FakeGitHub().on('GET /repos/acme/app/issues', { body: [issue(1, { repository: 'acme/new' })] });
  await assert.rejects(
    createGitHubSource(github.ports()).poll(new Followed().request([LABEL_WATCH])),
    /answers as acme\/new/u,
  );
});

test('what is no list is a bad response', async () => {
  for (const body of [{}, '"text"', 'null', '<html>']) {
    const github = new FakeGitHub().on('GET /repos/acme/app/issues', { body });
    await assert.rejects(createGitHubSource(github.ports()).poll(new Followed().request([LABEL_WATCH])), {
      reason: 'badResponse',
    });
  }
});

test('an API address that is not https is refused, except on this machine', async () => {
  for (const [apiUrl, reason] of [
    ['http://ghes.example/api/v3', 'refused'],
    ['nonsense', 'refused'],
    ['http://127.0.0.1:1', 'offline'],
  ] as const) {
    const ports = { ...new FakeGitHub().ports(), apiUrl, fetch: () => Promise.reject(new TypeError('fetch failed')) };
    await assert.rejects(createGitHubSource(ports).poll(new Followed().request([LABEL_WATCH])), { reason });
  }
});

test('every request carries the token, the API version and a name, and no answer is asked from a cache', async () => {
  const github = new FakeGitHub().on('GET /repos/acme/app/issues', good);
  await createGitHubSource(github.ports()).poll(new Followed().request([LABEL_WATCH]));
  const headers = github.sent[0]?.headers;
  assert.equal(headers?.get('authorization'), 'token ghp_secretsecret');
  assert.equal(headers?.get('x-github-api-version'), '2022-11-28');
  assert.match(headers?.get('user-agent') ?? '', /^responder-duty/u);
});

test('a repository that is none is a failed place, and nothing is asked for it', async () => {
  for (const repository of ['../user', 'acme/..', 'acme', 'acme/app/issues', 'acme/app?x=', '']) {
    const github = new FakeGitHub().on('GET /repos/acme/app/issues', good);
    const watch = { ...LABEL_WATCH, repositories: ['acme/app', repository] };
    const { failedPlaces } = await createGitHubSource(github.ports()).poll(new Followed().request([watch]));
    assert.deepEqual(
      failedPlaces.map(({ place, reason }) => [place, reason]),
      [[repository, 'refused']],
    );
    assert.equal(github.sent.length, 1);
  }
});

test('a token that could be no header is refused before it is sent, and is not quoted', async () => {
  const github = new FakeGitHub();
  const ports = { ...github.ports(), token: async () => 'ghs_first\nsecond-line' };
  await assert.rejects(createGitHubSource(ports).poll(new Followed().request([BOTH])), (error: unknown) => {
    assert.ok(error instanceof ServiceError);
    assert.equal(error.reason, 'unauthenticated');
    assert.doesNotMatch(error.message, /first|second/u);
    return true;
  });
});
