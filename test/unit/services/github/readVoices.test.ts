import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createGitHubSource } from '../../../../src/services/github/source.ts';
import type { PollResult } from '../../../../src/services/service.ts';
import { FakeGitHub, Followed, issue, LABEL_WATCH } from './fakeGitHub.ts';

const LIST = 'GET /repos/acme/app/issues';
const START = '2026-11-16T09:00:00Z';
const RIO = { id: 'rio-sample', name: 'rio-sample', firstAt: Date.parse(START), lastAt: Date.parse(START) };

function said(login: string, time: string, over: object = {}): object {
  return { user: { login, type: 'User' }, created_at: `2026-11-${time}Z`, body: 'x', ...over };
}

function voice(id: string, first: string, last = first): object {
  return { id, name: id, firstAt: Date.parse(`2026-11-${first}Z`), lastAt: Date.parse(`2026-11-${last}Z`) };
}

/** A repository whose open issues are `rows`; they are told of in full each time, as a list does that changed. */
function start(rows: () => readonly unknown[]) {
  const github = new FakeGitHub().on(LIST, () => ({ body: rows() }));
  const source = createGitHubSource(github.ports());
  const followed = new Followed();
  /** What was sent but for the lists, and what changed. */
  const poll = async (): Promise<{ asked: readonly string[]; result: PollResult }> => {
    const result = await source.poll(followed.request([LABEL_WATCH]));
    followed.apply(result);
    return { asked: github.take().filter((line) => !line.includes('/issues?')), result };
  };
  return { github, followed, poll };
}

const COMMENTS = 'GET /repos/acme/app/issues/1/comments?per_page=100 200';

test('author and comments are voices; bots, hidden accounts and what has no time are read as what they are', async () => {
  let rows = [issue(1, { comments: 6 })];
  const { github, poll } = start(() => rows);
  const talk = [
    said('kai-sample', '16T10:00:00'),
    said('deploy[bot]', '16T11:00:00'),
    said('helper-sample', '16T11:00:00', { user: { login: 'helper-sample', type: 'Bot' } }),
    said('rio-sample', '16T12:00:00'),
    said('kai-sample', '17T10:00:00'),
    said('mika-sample', 'x'),
    { user: null, created_at: '2026-11-17T11:00:00Z' },
    'nonsense',
  ];
  github.on('GET /repos/acme/app/issues/1/comments', () => ({ body: talk }));
  const first = await poll();
  assert.deepEqual(first.asked, [COMMENTS]);
  assert.deepEqual(first.result.changed[0]?.voices, [
    { ...RIO, lastAt: Date.UTC(2026, 10, 16, 12) },
    voice('kai-sample', '16T10:00:00', '17T10:00:00'),
    voice('ghost', '17T11:00:00'),
  ]);
  // The list says the same again: nothing is read, nothing is new.
  const second = await poll();
  assert.deepEqual([second.asked, second.result.changed], [[], []]);
  talk.push(said('noor-sample', '18T09:00:00'));
  rows = [issue(1, { comments: 7, updated_at: '2026-11-18T09:00:00Z' })];
  const third = await poll();
  assert.deepEqual(third.asked, [COMMENTS]);
  assert.deepEqual(third.result.changed[0]?.voices.at(-1), voice('noor-sample', '18T09:00:00'));
});

test('an issue that nobody commented on asks for nothing; of a closed one nothing is read any more', async () => {
  let rows = [issue(1)];
  const { poll } = start(() => rows);
  const first = await poll();
  assert.deepEqual([first.asked, first.result.changed[0]?.voices], [[], [RIO]]);
  rows = [issue(1, { state: 'closed', comments: 1, updated_at: '2026-11-18T09:00:00Z' })];
  const second = await poll();
  assert.deepEqual([second.asked, second.result.changed[0]?.voices], [[], [RIO]]);
  rows = [issue(1, { user: { login: 'deploy[bot]' }, updated_at: '2026-11-18T10:00:00Z' })];
  assert.deepEqual((await poll()).result.changed[0]?.voices, []);
});

test('a fault of GitHub leaves what is known of who spoke, and it is read again', async () => {
  let rows = [issue(1, { comments: 1 })];
  const { github, poll } = start(() => rows);
  const path = 'GET /repos/acme/app/issues/1/comments';
  github.on(path, { body: [said('kai-sample', '16T10:00:00')] });
  await poll();
  rows = [issue(1, { comments: 2, updated_at: '2026-11-18T09:00:00Z' })];
  github.on(path, { status: 502, body: 'x' });
  const failed = await poll();
  assert.deepEqual(failed.result.changed[0]?.voices, [RIO, voice('kai-sample', '16T10:00:00')]);
  github.on(path, { body: [said('noor-sample', '18T09:00:00')] });
  assert.deepEqual((await poll()).result.changed[0]?.voices.at(-1), voice('noor-sample', '18T09:00:00'));
});

test('of a pull request the reviews count too, once they are submitted', async () => {
  const { github, poll } = start(() => [issue(1, { pull: true, comments: 1 })]);
  github.on('GET /repos/acme/app/issues/1/comments', { body: [said('bo-sample', '17T10:00:00')] });
  github.on('GET /repos/acme/app/pulls/1/reviews', {
    body: [
      { user: { login: 'kai-sample' }, submitted_at: '2026-11-17T09:00:00Z', state: 'APPROVED', body: '' },
      { user: { login: 'noor-sample' }, state: 'PENDING', body: '' },
    ],
  });
  const { asked, result } = await poll();
  assert.deepEqual(asked, [COMMENTS, 'GET /repos/acme/app/pulls/1/reviews?per_page=100 200']);
  assert.deepEqual(result.changed[0]?.voices, [
    RIO,
    voice('kai-sample', '17T09:00:00'),
    voice('bo-sample', '17T10:00:00'),
  ]);
  assert.deepEqual((await poll()).asked, []);
});

test('of a long talk the last page is read, and who spoke before is remembered', async () => {
  let comments = 60;
  const { github, poll } = start(() => [
    issue(1, { comments, updated_at: comments > 100 ? '2026-11-18T09:00:00Z' : '2026-11-17T09:00:00Z' }),
  ]);
  github.on('GET /repos/acme/app/issues/1/comments', ({ path }) => ({
    body: [path.includes('page=3') ? said('mika-sample', '18T09:00:00') : said('kai-sample', '16T10:00:00')],
  }));
  await poll();
  comments = 201;
  const { asked, result } = await poll();
  assert.deepEqual(asked, ['GET /repos/acme/app/issues/1/comments?per_page=100&page=3 200']);
  assert.deepEqual(
    result.changed[0]?.voices.map((one) => one.id),
    ['rio-sample', 'kai-sample', 'mika-sample'],
  );
});

test('who put 👀 on the issue took it up; they are asked for only when their number changes', async () => {
  let reactions: unknown = { eyes: 0 };
  const { github, poll } = start(() => [issue(1, { reactions })]);
  github.on('GET /repos/acme/app/issues/1/reactions', {
    body: [
      { content: 'eyes', user: { login: 'kai-sample' } },
      { content: 'eyes', user: { login: 'deploy[bot]' } },
      { content: '+1', user: { login: 'mika-sample' } },
    ],
  });
  assert.deepEqual((await poll()).asked, []);
  reactions = { eyes: 2, '+1': 1 };
  const second = await poll();
  assert.deepEqual(second.asked, ['GET /repos/acme/app/issues/1/reactions?content=eyes&per_page=100 200']);
  assert.deepEqual(second.result.changed[0]?.takenBy, ['kai-sample']);
  assert.deepEqual((await poll()).asked, []);
  // A record that does not say leaves it as it was.
  reactions = undefined;
  const fourth = await poll();
  assert.deepEqual([fourth.asked, fourth.result.changed], [[], []]);
  reactions = { eyes: 0 };
  const fifth = await poll();
  assert.deepEqual([fifth.asked, fifth.result.changed[0]?.takenBy], [[], []]);
});

test('a cycle reads a few talks, the newest first, and the next ones go on although the list is unchanged', async () => {
  const rows = Array.from({ length: 60 }, (_, index) =>
    issue(index + 1, { comments: 1, updated_at: `2026-11-17T09:${String(index).padStart(2, '0')}:00Z` }),
  );
  const { github, followed, poll } = start(() => rows);
  for (const row of rows) {
    github.on(`GET /repos/acme/app/issues/${String(row['number'])}/comments`, {
      body: [said('kai-sample', '17T10:00:00')],
    });
  }
  const counts: number[] = [];
  let newest = '';
  for (let cycle = 0; cycle < 5; cycle++) {
    const { asked, result } = await poll();
    newest ||= asked[0] ?? '';
    counts.push(asked.length);
    if (cycle === 3) assert.deepEqual(result.changed, []);
  }
  assert.match(newest, /issues\/60\/comments/u);
  assert.deepEqual(counts, [25, 25, 10, 0, 0]);
  assert.ok([...followed.known.values()].every(({ voices }) => voices.length === 2));
});

test('a talk out of reach is not asked for again; a rate limit leaves it for later and keeps the lists', async () => {
  const { github, followed, poll } = start(() => [
    issue(1, { comments: 1 }),
    issue(2, { comments: 1, updated_at: START }),
  ]);
  github.on('GET /repos/acme/app/issues/1/comments', { status: 403, body: { message: 'no' } });
  github.on('GET /repos/acme/app/issues/2/comments', { status: 429, headers: { 'retry-after': '120' } });
  const { asked, result } = await poll();
  assert.deepEqual(
    asked.map((line) => line.split('?')[0]),
    ['GET /repos/acme/app/issues/1/comments', 'GET /repos/acme/app/issues/2/comments'],
  );
  assert.deepEqual(
    result.changed.map(({ voices }) => voices),
    [[RIO], [RIO]],
  );
  assert.equal(result.pollAgainAt, github.now + 120_000);
  github.on('GET /repos/acme/app/issues/2/comments', { body: [said('kai-sample', '17T10:00:00')] });
  const second = await poll();
  assert.deepEqual(second.asked, ['GET /repos/acme/app/issues/2/comments?per_page=100 200']);
  assert.deepEqual(
    second.result.changed.map(({ id }) => id),
    ['github:acme/app#2'],
  );
  assert.ok([...followed.memory.values.keys()].includes('talk:github:acme/app#2'));
});

test('what is gone is forgotten', async () => {
  let rows = [issue(1)];
  const { followed, poll } = start(() => rows);
  await poll();
  rows = [issue(1, { labels: [], updated_at: '2026-11-18T09:00:00Z' })];
  assert.deepEqual((await poll()).result.gone, ['github:acme/app#1']);
  assert.ok(![...followed.memory.values.keys()].some((key) => key.startsWith('talk:')));
});
