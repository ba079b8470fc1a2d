import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createGitHubSource } from '../../../../src/services/github/source.ts';
import { API, FakeGitHub, Followed, issue, LABEL_WATCH, NOW } from './fakeGitHub.ts';

const ISSUES = 'GET /repos/acme/app/issues';
const FULL =
  'GET /repos/acme/app/issues?labels=team%2Fintegrations&state=open&sort=updated&direction=desc&per_page=100';
const CHANGES =
  'GET /repos/acme/app/issues?state=all&since=2026-11-18T11%3A59%3A00Z&sort=updated&direction=asc&per_page=100';

/** Two cycles of one open labelled issue: the full list, then the (empty) list of changes. */
async function settled() {
  const github = new FakeGitHub();
  let changes: readonly unknown[] = [];
  github.on(ISSUES, ({ path }) => ({ body: path.includes('since=') ? changes : [issue(1)] }));
  const source = createGitHubSource(github.ports());
  const followed = new Followed();
  const poll = async () => {
    const result = await source.poll(followed.request([LABEL_WATCH]));
    followed.apply(result);
    return result;
  };
  await poll();
  await poll();
  github.take();
  const change = (rows: readonly unknown[]): void => {
    changes = rows;
  };
  return { github, followed, poll, change };
}

test('the first cycle lists the open issues of the label, the second what changed, the third costs a 304', async () => {
  const github = new FakeGitHub();
  github.on(ISSUES, ({ path }) => ({ body: path.includes('since=') ? [] : [issue(1), issue(2, { pull: true })] }));
  const source = createGitHubSource(github.ports());
  const followed = new Followed();
  const first = await source.poll(followed.request([LABEL_WATCH]));
  followed.apply(first);
  assert.deepEqual(github.take(), [`${FULL} 200`, 'GET /repos/acme/app/pulls/2/reviews?per_page=100 404']);
  assert.deepEqual(
    first.changed.map(({ id, kind, reasons, watchIds }) => ({ id, kind, reasons, watchIds })),
    [
      { id: 'github:acme/app#1', kind: 'issue', reasons: ['label'], watchIds: [LABEL_WATCH.id] },
      { id: 'github:acme/app#2', kind: 'pullRequest', reasons: ['label'], watchIds: [LABEL_WATCH.id] },
    ],
  );
  await source.poll(followed.request([LABEL_WATCH]));
  assert.deepEqual(github.take(), [`${CHANGES} 200`]);
  const writes = followed.memory.writes;
  for (let cycle = 0; cycle < 3; cycle++) {
    github.now += 60_000;
    const result = await source.poll(followed.request([LABEL_WATCH]));
    assert.deepEqual([result.changed, result.gone, result.skipped, result.failedPlaces], [[], [], [], []]);
    assert.deepEqual(github.take(), [`${CHANGES} 304`]);
  }
  assert.equal(followed.memory.writes, writes);
});

test('a changed issue is reported once, however often the stable list repeats it', async () => {
  const { github, poll, change } = await settled();
  change([issue(1, { title: 'Sync stops for good', updated_at: '2026-11-18T12:01:00Z' })]);
  assert.deepEqual(
    (await poll()).changed.map(({ title }) => title),
    ['Sync stops for good'],
  );
  change([
    issue(1, { title: 'Sync stops for good', updated_at: '2026-11-18T12:01:00Z' }),
    issue(7, { updated_at: '2026-11-18T12:02:00Z' }),
  ]);
  assert.deepEqual(
    (await poll()).changed.map(({ id }) => id),
    ['github:acme/app#7'],
  );
  assert.deepEqual(github.take(), [`${CHANGES} 200`, `${CHANGES} 200`]);
});

test('closed stays as closed while the shift looks back to it; without its label it is gone', async () => {
  const { followed, poll, change } = await settled();
  change([issue(1, { state: 'closed', updated_at: '2026-11-18T12:01:00Z' })]);
  assert.deepEqual(
    (await poll()).changed.map(({ state }) => state),
    ['closed'],
  );
  change([issue(1, { labels: [], updated_at: '2026-11-18T12:02:00Z' })]);
  assert.deepEqual((await poll()).gone, ['github:acme/app#1']);
  assert.equal(followed.known.size, 0);
});

test('an issue that was closed before it was known is not reported', async () => {
  const { poll, change } = await settled();
  change([issue(9, { state: 'closed', updated_at: '2026-11-18T12:01:00Z' })]);
  assert.deepEqual((await poll()).changed, []);
});

test('a closed signal older than the window is gone', async () => {
  const { followed, poll, change } = await settled();
  change([issue(1, { state: 'closed', updated_at: '2026-11-18T12:01:00Z' })]);
  await poll();
  const github = new FakeGitHub().on(ISSUES, { body: [] });
  const late = followed.request([LABEL_WATCH], { since: NOW + 86_400_000 });
  assert.deepEqual((await createGitHubSource(github.ports()).poll(late)).gone, ['github:acme/app#1']);
});

test('the cursor moves only when a cycle holds more than thirty rows', async () => {
  const { github, poll, change } = await settled();
  const rows = Array.from({ length: 31 }, (_, index) =>
    issue(100 + index, { updated_at: new Date(NOW - 50_000 + index * 1000).toISOString() }),
  );
  change(rows);
  assert.equal((await poll()).changed.length, 31);
  github.take();
  change(rows.slice(-1));
  await poll();
  const moved = CHANGES.replace('11%3A59%3A00Z', '11%3A59%3A40Z');
  assert.deepEqual(github.take(), [`${moved} 200`]);
  await poll();
  assert.deepEqual(github.take(), [`${moved} 304`]);
});

test('more than a page of changes is read on by time, and never without end', async () => {
  const { github, poll, change } = await settled();
  // A server that answers the same full page whatever it is asked.
  change(Array.from({ length: 100 }, (_, index) => issue(100 + index, { updated_at: '2026-11-18T12:00:00Z' })));
  assert.equal((await poll()).changed.length, 100);
  assert.equal(github.take().length, 10);
});

test('a time in the far future does not carry the cursor away', async () => {
  const { github, poll, change } = await settled();
  change(Array.from({ length: 40 }, (_, index) => issue(100 + index, { updated_at: '2999-01-01T00:00:00Z' })));
  await poll();
  github.take();
  await poll();
  assert.match(github.take()[0] ?? '', /since=2026-11-18T12%3A00%3A00Z/u);
});

test('two label entries on one repository read its changes once', async () => {
  const both = issue(1, { labels: ['bug', 'team/integrations'] });
  const github = new FakeGitHub().on(ISSUES, ({ path }) => ({ body: path.includes('since=') ? [] : [both] }));
  const watch = [LABEL_WATCH, { ...LABEL_WATCH, id: 'github:label:bug', label: 'bug', repositories: ['Acme/App'] }];
  const source = createGitHubSource(github.ports());
  const followed = new Followed();
  const first = await source.poll(followed.request(watch));
  followed.apply(first);
  assert.equal(first.changed.length, 1);
  assert.deepEqual(first.changed[0]?.watchIds, ['github:label:bug', LABEL_WATCH.id]);
  github.take();
  await source.poll(followed.request(watch));
  assert.equal(github.take().length, 1);
});

test('an entry added later lists its label, and what closed meanwhile is still noticed', async () => {
  const { github, followed, change } = await settled();
  change([issue(1, { state: 'closed', updated_at: '2026-11-18T12:01:00Z' })]);
  const watch = [LABEL_WATCH, { ...LABEL_WATCH, id: 'github:label:bug', label: 'bug' }];
  const source = createGitHubSource(github.ports());
  for (let cycle = 0; cycle < 2; cycle++) followed.apply(await source.poll(followed.request(watch)));
  assert.match(github.take()[0] ?? '', /labels=bug/u);
  assert.equal(followed.known.get('github:acme/app#1')?.state, 'closed');
});

test('a list goes on over its pages, to the cap, and not to another origin', async (t) => {
  const cases = [
    { name: 'endless', next: `${API}/repos/acme/app/issues?page=2`, requests: 10, problem: /only 10 pages/u },
    { name: 'another host', next: 'https://evil.example/issues?page=2', requests: 1, problem: /another address/u },
    { name: 'no address', next: 'javascript:alert(1)', requests: 1, problem: /another address/u },
  ];
  for (const { name, next, requests, problem } of cases) {
    await t.test(name, async () => {
      const github = new FakeGitHub().on(ISSUES, { body: [issue(1)], headers: { link: `<${next}>; rel="next"` } });
      const result = await createGitHubSource(github.ports()).poll(new Followed().request([LABEL_WATCH]));
      assert.equal(github.sent.length, requests);
      assert.equal(result.changed.length, 1);
      assert.match(result.skipped[0]?.problem ?? '', problem);
    });
  }
});

test('a record that cannot be read is counted, the rest is kept', async () => {
  const github = new FakeGitHub().on(ISSUES, { body: [issue(1), { ...issue(2), title: 7 }, null, 'x'] });
  const result = await createGitHubSource(github.ports()).poll(new Followed().request([LABEL_WATCH]));
  assert.equal(result.changed.length, 1);
  assert.deepEqual(
    result.skipped.map(({ problem }) => problem),
    ['title is missing or of another type', 'not a record', 'not a record'],
  );
});
