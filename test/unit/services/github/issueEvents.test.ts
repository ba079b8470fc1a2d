import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { SourceEvents } from '../../../../src/core/sourceEvent.ts';
import { createGitHubSource } from '../../../../src/services/github/source.ts';
import { signal } from '../../../support/build.ts';
import { FakeGitHub } from './fakeGitHub.ts';

const PATH = 'GET /repos/acme/app/issues/1/timeline';
const AT = '2026-11-16T10:00:00Z';
const kai = { login: 'kai-sample', type: 'User' };
const noor = { login: 'noor-sample', type: 'User' };

async function read(github: FakeGitHub): Promise<SourceEvents> {
  const events = await createGitHubSource(github.ports()).readEvents?.(signal(), new AbortController().signal);
  assert.ok(events !== undefined);
  return events;
}

async function told(record: Record<string, unknown>): Promise<SourceEvents> {
  return read(new FakeGitHub().on(PATH, { body: [{ actor: kai, created_at: AT, ...record }] }));
}

const issueOf = (html_url: string, title = 'Fix the proxy'): unknown => ({ issue: { html_url, title } });

test('each kind of event is told with who did it and what it names', async () => {
  const pull = 'https://ghes.example/acme/app/pull/34';
  const cases: readonly (readonly [Record<string, unknown>, unknown, string?])[] = [
    [
      { event: 'assigned', assignee: noor },
      { type: 'assigned', name: 'noor-sample' },
    ],
    [
      { event: 'unassigned', assignee: noor },
      { type: 'unassigned', name: 'noor-sample' },
    ],
    [
      { event: 'labeled', label: { name: 'bug' } },
      { type: 'labeled', name: 'bug' },
    ],
    [
      { event: 'unlabeled', label: { name: 'bu\u202eg\n' } },
      { type: 'unlabeled', name: 'bug' },
    ],
    [
      { event: 'milestoned', milestone: { title: 'v2' } },
      { type: 'milestoned', name: 'v2' },
    ],
    [
      { event: 'demilestoned', milestone: { title: 'v2' } },
      { type: 'demilestoned', name: 'v2' },
    ],
    [
      { event: 'renamed', rename: { from: 'a', to: 'b' } },
      { type: 'renamed', name: 'b' },
    ],
    [
      { event: 'review_requested', requested_reviewer: noor },
      { type: 'reviewRequested', name: 'noor-sample' },
    ],
    [
      { event: 'review_request_removed', requested_team: { name: 'Core' } },
      { type: 'reviewNotRequested', name: 'Core' },
    ],
    [{ event: 'closed', state_reason: 'completed' }, { type: 'closed' }],
    [{ event: 'closed', state_reason: null }, { type: 'closed' }],
    [{ event: 'closed', state_reason: 'not_planned' }, { type: 'closedNotPlanned' }],
    [{ event: 'closed', state_reason: 'duplicate' }, { type: 'closedDuplicate' }],
    [{ event: 'reopened' }, { type: 'reopened' }],
    [{ event: 'merged', commit_id: 'a'.repeat(40) }, { type: 'merged' }],
    [{ event: 'convert_to_draft' }, { type: 'madeDraft' }],
    [{ event: 'ready_for_review' }, { type: 'madeReady' }],
    [
      { event: 'cross-referenced', source: issueOf(pull) },
      { type: 'mentionedInPull', name: 'acme/app#34 Fix the proxy' },
      pull,
    ],
    [
      { event: 'cross-referenced', source: issueOf('https://ghes.example/acme/docs/issues/7', 'Ask') },
      { type: 'mentionedInIssue', name: 'acme/docs#7 Ask' },
      'https://ghes.example/acme/docs/issues/7',
    ],
    [
      { event: 'referenced', commit_id: '0123456789abcdef' },
      { type: 'mentionedInCommit', name: '0123456' },
    ],
  ];
  for (const [record, deed, url] of cases) {
    const event = { at: Date.parse(AT), who: 'kai-sample', deed, url };
    assert.deepEqual(await told(record), { events: [event], skipped: 0 }, JSON.stringify(record));
  }
});

test('a verdict of a review is told with its own time and link, another review is not', async () => {
  const review = { event: 'reviewed', actor: undefined, user: noor, submitted_at: '2026-11-17T10:00:00Z' };
  const html_url = 'https://ghes.example/acme/app/pull/1#pullrequestreview-1';
  const { events } = await told({ ...review, state: 'APPROVED', html_url });
  assert.deepEqual(events, [
    { at: Date.parse('2026-11-17T10:00:00Z'), who: 'noor-sample', deed: { type: 'approved' }, url: html_url },
  ]);
  const asked = await told({ ...review, state: 'changes_requested', html_url: 'javascript:alert(1)' });
  assert.deepEqual(
    asked.events.map(({ deed, url }) => [deed.type, url]),
    [['changesRequested', undefined]],
  );
  assert.deepEqual(await told({ ...review, state: 'commented' }), { events: [], skipped: 0 });
});

test('who assigned is told where GitHub says so; who is gone is nobody', async () => {
  const [assigned] = (await told({ event: 'assigned', actor: noor, assignee: noor, assigner: kai })).events;
  assert.equal(assigned?.who, 'kai-sample');
  const [closed] = (await told({ event: 'closed', actor: null })).events;
  assert.deepEqual([closed?.who, closed?.deed.type], [undefined, 'closed']);
});

test('what tells nothing is left out, what cannot be read is counted, and the order is that of time', async () => {
  const body = [
    { event: 'closed', actor: kai, created_at: '2026-11-18T10:00:00Z' },
    { event: 'labeled', actor: kai, created_at: AT, label: { name: 'bug' } },
    { event: 'commented', body: 'x'.repeat(100_000) },
    { event: 'committed', sha: 'a' },
    { event: 'subscribed', created_at: AT },
    { event: 'constructor', created_at: AT },
    { event: 'labeled', actor: kai, created_at: AT, label: { name: 7 } },
    { event: 'closed', actor: kai, created_at: 'yesterday' },
    { event: 'cross-referenced', actor: kai, created_at: AT, source: issueOf('javascript:alert(1)') },
    { event: 7 },
    { event: 'closed', created_at: { toString: '' } },
    null,
  ];
  const { events, skipped } = await read(new FakeGitHub().on(PATH, { body }));
  assert.deepEqual(
    events.map(({ deed }) => deed.type),
    ['labeled', 'closed'],
  );
  assert.equal(skipped, 6);
});

test('events without end are cut, and it says so; a failure is one', async () => {
  const github = new FakeGitHub();
  github.on(PATH, {
    body: [{ event: 'reopened', actor: kai, created_at: AT }],
    headers: { link: `<${github.apiUrl}/repos/acme/app/issues/1/timeline?page=2>; rel="next"` },
  });
  const { events, skipped } = await read(github);
  assert.deepEqual([events.length, skipped, github.sent.length], [10, 1, 10]);
  const other = new FakeGitHub().on(PATH, {
    body: [],
    headers: { link: '<https://evil.example/?page=2>; rel="next"' },
  });
  assert.deepEqual(await read(other), { events: [], skipped: 1 });
  await assert.rejects(read(new FakeGitHub()), { reason: 'notFound' });
});

test('no record makes it throw', async () => {
  const names = fc.constantFrom(
    'assigned',
    'labeled',
    'closed',
    'cross-referenced',
    'reviewed',
    'renamed',
    '__proto__',
  );
  const record = fc.oneof(
    fc.jsonValue(),
    fc.record({ event: names, created_at: fc.constant(AT), source: fc.jsonValue() }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(record), async (body) => {
      const { events, skipped } = await read(new FakeGitHub().on(PATH, { body }));
      assert.ok(events.length + skipped <= body.length);
    }),
    { numRuns: 30 },
  );
});
