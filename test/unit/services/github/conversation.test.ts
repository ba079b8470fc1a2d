import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createGitHubSource } from '../../../../src/services/github/source.ts';
import { signal } from '../../../support/build.ts';
import { FakeGitHub, issue } from './fakeGitHub.ts';

const abort = new AbortController().signal;
const comment = (at: string, body: unknown, login = 'kai-sample') => ({
  body,
  user: { login, type: 'User' },
  created_at: at,
  html_url: `https://ghes.example/acme/app/issues/1#issuecomment-${String(Date.parse(at))}`,
});

test('an issue is told in the order of time, without notifying anybody', async () => {
  const github = new FakeGitHub()
    .on('GET /repos/acme/app/issues/1', { body: issue(1, { body: 'Hi @kai-sample' }) })
    .on('GET /repos/acme/app/issues/1/comments', {
      body: [comment('2026-11-17T10:00:00Z', 'second'), comment('2026-11-16T10:00:00Z', 'first'), { body: 'no time' }],
    });
  const { messages, skipped } = await createGitHubSource(github.ports()).readConversation(signal(), abort);
  assert.deepEqual(
    messages.map(({ markdown, author }) => [author.id, markdown]),
    [
      ['rio-sample', 'Hi kai-sample'],
      ['kai-sample', 'first'],
      ['kai-sample', 'second'],
    ],
  );
  assert.equal(messages[0]?.url, 'https://ghes.example/acme/app/issues/1');
  assert.equal(skipped, 1);
});

test('a pull request has its reviews too, those that say something', async () => {
  const review = {
    ...comment('2026-11-17T10:00:00Z', 'Looks good'),
    created_at: undefined,
    submitted_at: '2026-11-17T10:00:00Z',
  };
  const github = new FakeGitHub()
    .on('GET /repos/acme/app/issues/1', { body: issue(1, { pull: true }) })
    .on('GET /repos/acme/app/issues/1/comments', { body: [] })
    .on('GET /repos/acme/app/pulls/1/reviews', { body: [review, { ...review, body: '' }] });
  const pull = signal({ url: 'https://ghes.example/acme/app/pull/1' });
  const { messages, skipped } = await createGitHubSource(github.ports()).readConversation(pull, abort);
  assert.deepEqual(
    [messages.map(({ markdown }) => markdown), skipped],
    [['It stops after a rename.', 'Looks good'], 0],
  );
});

test('a closed issue says when it was closed, an open one nothing', async () => {
  const closedAt = async (closed_at: unknown): Promise<number | undefined> => {
    const github = new FakeGitHub()
      .on('GET /repos/acme/app/issues/1', { body: issue(1, { closed_at }) })
      .on('GET /repos/acme/app/issues/1/comments', { body: [] });
    return (await createGitHubSource(github.ports()).readConversation(signal(), abort)).closedAt;
  };
  assert.equal(await closedAt('2026-11-17T08:00:00Z'), Date.UTC(2026, 10, 17, 8));
  for (const none of [undefined, null, 7, 'soon']) assert.equal(await closedAt(none), undefined);
});

test('a conversation without end is cut, and says so', async () => {
  const github = new FakeGitHub().on('GET /repos/acme/app/issues/1', { body: issue(1) });
  github.on('GET /repos/acme/app/issues/1/comments', {
    body: [comment('2026-11-17T10:00:00Z', 'again')],
    headers: { link: `<${github.apiUrl}/repos/acme/app/issues/1/comments?page=2>; rel="next"` },
  });
  const { messages, skipped } = await createGitHubSource(github.ports()).readConversation(signal(), abort);
  assert.deepEqual([messages.length, skipped, github.sent.length], [11, 1, 11]);
});

test('the account is the login, with the name when there is one', async () => {
  const cases = [
    [{ login: 'noor-sample', name: 'Noor' }, 'Noor'],
    [{ login: 'noor-sample', name: null }, 'noor-sample'],
    [{ login: 'noor-sample', name: 7 }, 'noor-sample'],
  ] as const;
  for (const [body, name] of cases) {
    const source = createGitHubSource(new FakeGitHub().on('GET /user', { body }).ports());
    assert.deepEqual(await source.account(abort), { id: 'noor-sample', name });
  }
  const nobody = createGitHubSource(new FakeGitHub().on('GET /user', { body: [] }).ports());
  await assert.rejects(nobody.account(abort), { reason: 'badResponse' });
});
