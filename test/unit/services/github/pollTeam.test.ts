import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GitHubWatch } from '../../../../src/core/team.ts';
import { createGitHubSource } from '../../../../src/services/github/source.ts';
import {
  FakeGitHub,
  Followed,
  issue,
  LABEL_WATCH,
  NOTIFICATIONS_WATCH,
  notification,
  TEAM_WATCH,
} from './fakeGitHub.ts';

const MENTION = 'Could @acme/integrations have a look?';

/** A search that answers by which of the three questions is asked. */
function searches(answers: { issues?: readonly unknown[]; pulls?: readonly unknown[]; reviews?: readonly unknown[] }) {
  return ({ path }: { readonly path: string }) => {
    const query = new URLSearchParams(path.split('?')[1]).get('q') ?? '';
    if (query.includes('team-review-requested:acme/integrations')) return { body: { items: answers.reviews ?? [] } };
    return { body: { items: (query.includes('is:issue') ? answers.issues : answers.pulls) ?? [] } };
  };
}

function start(github: FakeGitHub, watch: readonly GitHubWatch[]) {
  const source = createGitHubSource(github.ports());
  const followed = new Followed();
  const poll = async () => {
    const result = await source.poll(followed.request(watch));
    followed.apply(result);
    return result;
  };
  return { followed, poll };
}

test('mentions in the text or in a comment count; what only the server claims does not', async () => {
  const github = new FakeGitHub()
    .on(
      'GET /search/issues',
      searches({
        issues: [
          issue(1, { body: MENTION }),
          issue(2, { comments: 2 }),
          issue(3, { comments: 0 }),
          issue(4, { repository: 'other/app', body: MENTION }),
          issue(5, { state: 'closed', body: MENTION }),
          issue(6, { body: '@acme/integrations-old', comments: 0 }),
        ],
      }),
    )
    .on('GET /repos/acme/app/issues/2/comments', { body: [{ body: 'no' }, { body: `Hey ${MENTION}` }] });
  const { poll } = start(github, [TEAM_WATCH]);
  const { changed } = await poll();
  assert.deepEqual(
    changed.map(({ id, kind, reasons }) => [id, kind, reasons]),
    [
      ['github:acme/app#1', 'mention', ['teamMention']],
      ['github:acme/app#2', 'mention', ['teamMention']],
    ],
  );
  github.take();
  assert.deepEqual((await poll()).changed, []);
  assert.deepEqual(
    github.take().map((line) => line.slice(-3)),
    ['304', '304', '304'],
  );
});

test('whom a talk mentions and who speaks in it is read at once', async () => {
  const at = '2026-11-17T10:00:00Z';
  const said = { body: MENTION, user: { login: 'bo-sample' }, created_at: at };
  const github = new FakeGitHub()
    .on(
      'GET /search/issues',
      searches({ issues: [issue(2, { comments: 1 })], pulls: [issue(3, { pull: true, comments: 1 })] }),
    )
    .on('GET /repos/acme/app/issues/2/comments', { body: [said] })
    .on('GET /repos/acme/app/issues/3/comments', { body: [] })
    .on('GET /repos/acme/app/pulls/3/reviews', { body: [{ ...said, submitted_at: at }] });
  const { changed } = await start(github, [TEAM_WATCH]).poll();
  assert.deepEqual(
    changed.map(({ voices }) => voices.some(({ id }) => id === 'bo-sample')),
    [true, true],
  );
  const asked = github.take().filter((line) => /comments|reviews/u.test(line));
  assert.deepEqual(asked, [...new Set(asked)]);
});

test('a review request is one that the pull request itself holds', async () => {
  const github = new FakeGitHub()
    .on('GET /search/issues', searches({ reviews: [1, 2, 3].map((number) => issue(number, { pull: true })) }))
    .on('GET /repos/acme/app/pulls/1', { body: { requested_teams: [{ slug: 'Integrations' }] } })
    .on('GET /repos/acme/app/pulls/2', { body: { requested_teams: [{ slug: 'others' }] } });
  const { changed } = await start(github, [TEAM_WATCH]).poll();
  // The third cannot be read: there the search's word is all there is.
  assert.deepEqual(
    changed.map(({ id, kind }) => [id, kind]),
    [
      ['github:acme/app#1', 'reviewRequest'],
      ['github:acme/app#3', 'reviewRequest'],
    ],
  );
});

test('what left a search is closed when it was closed, and gone when it is no longer ours', async () => {
  const found = { reviews: [issue(1, { pull: true }), issue(2, { pull: true })] };
  const github = new FakeGitHub().on('GET /search/issues', (sent) => searches(found)(sent));
  const { poll, followed } = start(github, [TEAM_WATCH]);
  assert.equal((await poll()).changed.length, 2);
  found.reviews = [];
  github
    .on('GET /repos/acme/app/issues/1', {
      body: issue(1, { pull: true, state: 'closed', updated_at: '2026-11-18T11:00:00Z' }),
    })
    .on('GET /repos/acme/app/issues/2', { body: issue(2, { pull: true }) });
  const { changed, gone } = await poll();
  assert.deepEqual(
    changed.map(({ id, state, kind }) => [id, state, kind]),
    [['github:acme/app#1', 'closed', 'reviewRequest']],
  );
  assert.deepEqual(gone, ['github:acme/app#2']);
  assert.equal(followed.known.size, 1);
  github.take();
  assert.deepEqual((await poll()).gone, []);
  assert.equal(github.take().length, 3);
});

test('one matter seen by label, search and notification is one signal with every reason', async () => {
  const row = issue(1, { body: MENTION });
  const github = new FakeGitHub()
    .on('GET /repos/acme/app/issues', ({ path }) => ({ body: path.includes('since=') ? [] : [row] }))
    .on('GET /search/issues', searches({ issues: [row] }))
    .on('GET /notifications', { body: [notification(1, { reason: 'assign' })] });
  const { poll } = start(github, [LABEL_WATCH, TEAM_WATCH, NOTIFICATIONS_WATCH]);
  const { changed } = await poll();
  assert.equal(changed.length, 1);
  assert.deepEqual(changed[0]?.reasons, ['assigned', 'label', 'teamMention']);
  assert.deepEqual(changed[0]?.watchIds, [NOTIFICATIONS_WATCH.id, LABEL_WATCH.id, TEAM_WATCH.id].sort());
  assert.equal(changed[0]?.kind, 'issue');
  // Nothing had to be looked up: the list had told of it.
  assert.ok(!github.take().some((line) => line.includes('/issues/1')));
  await poll();
  github.take();
  const quiet = await poll();
  assert.deepEqual([quiet.changed, quiet.gone], [[], []]);
  assert.deepEqual(new Set(github.take().map((line) => line.slice(-3))), new Set(['304']));
});

test('notifications: four reasons, issues looked up once, the interval and the validator honoured', async () => {
  const rows = [
    notification(1),
    notification(2, { reason: 'subscribed' }),
    notification(3, {
      reason: 'review_requested',
      subject: { title: 'Add retries', url: 'https://ghes.example/api/v3/repos/acme/app/pulls/3', type: 'PullRequest' },
    }),
    notification(4, {
      subject: { title: 'Idea', url: 'https://ghes.example/api/v3/repos/acme/app/discussions/4', type: 'Discussion' },
    }),
    notification(5, { reason: 'mention' }),
  ];
  const github = new FakeGitHub()
    .on('GET /notifications', ({ headers }) =>
      headers.get('if-modified-since') === 'Wed, 18 Nov 2026 11:00:00 GMT'
        ? { status: 304, body: '', headers: { 'x-poll-interval': '120' } }
        : { body: rows, headers: { 'x-poll-interval': '60', 'last-modified': 'Wed, 18 Nov 2026 11:00:00 GMT' } },
    )
    .on('GET /repos/acme/app/issues/1', { body: issue(1) })
    .on('GET /repos/acme/app/issues/3', { body: issue(3, { pull: true }) });
  const { poll } = start(github, [NOTIFICATIONS_WATCH]);
  const { changed, skipped } = await poll();
  assert.deepEqual(
    changed.map(({ id, kind, reasons, url }) => [id, kind, reasons, url]),
    [
      ['github:acme/app#1', 'mention', ['teamMention'], 'https://ghes.example/acme/app/issues/1'],
      ['github:acme/app#3', 'reviewRequest', ['reviewRequested'], 'https://ghes.example/acme/app/pull/3'],
      // Not to be read by itself: what the notification says has to do.
      ['github:acme/app#5', 'mention', ['mention'], 'https://ghes.example/acme/app/issues/5'],
    ],
  );
  assert.equal(skipped.length, 1);
  github.take();
  github.now += 59_000;
  assert.equal((await poll()).changed.length, 0);
  assert.deepEqual(github.take(), []);
  github.now += 2_000;
  assert.equal((await poll()).skipped.length, 1);
  assert.deepEqual(
    github.take().map((line) => line.slice(-3)),
    ['304'],
  );
  github.now += 61_000;
  await poll();
  assert.deepEqual(github.take(), [], 'the interval of a 304 counts too');
});

test('more new notifications than a cycle looks up are taken up in the next one', async () => {
  const github = new FakeGitHub().on('GET /notifications', {
    body: Array.from({ length: 40 }, (_, index) => notification(index + 1)),
    headers: { 'last-modified': 'Wed, 18 Nov 2026 11:00:00 GMT' },
  });
  for (let number = 1; number <= 40; number++) {
    github.on(`GET /repos/acme/app/issues/${String(number)}`, { body: issue(number) });
  }
  const { poll, followed } = start(github, [NOTIFICATIONS_WATCH]);
  await poll();
  assert.equal(followed.known.size, 25);
  await poll();
  assert.equal(followed.known.size, 40);
});

test('a closed issue that was never known is not reported, nor looked up again', async () => {
  const github = new FakeGitHub()
    .on('GET /notifications', { body: [notification(1)] })
    .on('GET /repos/acme/app/issues/1', { body: issue(1, { state: 'closed' }) });
  const { poll } = start(github, [NOTIFICATIONS_WATCH]);
  assert.deepEqual((await poll()).changed, []);
  github.take();
  assert.deepEqual((await poll()).changed, []);
  assert.deepEqual(
    github.take().map((line) => line.slice(-3)),
    ['304'],
  );
});

test('when the known signals were lost, no 304 is asked for', async () => {
  const github = new FakeGitHub()
    .on('GET /notifications', { body: [notification(1)] })
    .on('GET /repos/acme/app/issues/1', { body: issue(1) });
  const { poll, followed } = start(github, [NOTIFICATIONS_WATCH]);
  await poll();
  followed.known = new Map();
  assert.equal((await poll()).changed.length, 1);
});

test('an entry that is taken out of the team file takes its signals with it', async () => {
  const github = new FakeGitHub().on('GET /search/issues', searches({ issues: [issue(1, { body: MENTION })] }));
  const { poll, followed } = start(github, [TEAM_WATCH]);
  await poll();
  const result = await createGitHubSource(github.ports())
    .poll(followed.request([NOTIFICATIONS_WATCH]))
    .catch(() => undefined);
  assert.equal(result, undefined, 'nothing could be read');
  github.on('GET /notifications', { body: [] });
  assert.deepEqual((await createGitHubSource(github.ports()).poll(followed.request([NOTIFICATIONS_WATCH]))).gone, [
    'github:acme/app#1',
  ]);
});
