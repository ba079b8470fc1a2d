import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readGitHubFile, resolveGitHubFile } from '../../../../src/services/github/file.ts';
import { FakeGitHub } from './fakeGitHub.ts';

const abort = new AbortController().signal;
const PAGE = 'https://ghes.example/acme/handbook/blob/main/team/responder.yml';
const CONTENTS = 'GET /repos/acme/handbook/contents/team/responder.yml';

test('a file is read through the API, raw', async () => {
  const github = new FakeGitHub().on(CONTENTS, {
    body: 'team: Integrations\n',
    headers: { 'content-type': 'application/vnd.github.raw+json; charset=utf-8' },
  });
  assert.equal(await readGitHubFile(PAGE, github.ports(), abort), 'team: Integrations\n');
  assert.equal(github.sent[0]?.path, '/repos/acme/handbook/contents/team/responder.yml?ref=main');
  assert.equal(github.sent[0]?.headers.get('accept'), 'application/vnd.github.raw+json');
});

test('a server without raw files answers in base64', async () => {
  const content = Buffer.from('team: Integrations – α\n').toString('base64');
  const github = new FakeGitHub().on(CONTENTS, { body: { encoding: 'base64', content } });
  assert.equal(await readGitHubFile(PAGE, github.ports(), abort), 'team: Integrations – α\n');
});

test('a file elsewhere is refused before the token goes anywhere', async () => {
  const elsewhere = [
    'https://github.com/acme/handbook/blob/main/responder.yml',
    'http://ghes.example/acme/handbook/blob/main/responder.yml',
    'https://ghes.example.evil.example/acme/handbook/blob/main/responder.yml',
    'https://user:pw@ghes.example/acme/handbook/blob/main/responder.yml',
    'https://ghes.example/acme/handbook',
    'javascript:alert(1)',
    '',
  ];
  for (const url of elsewhere) {
    const github = new FakeGitHub();
    await assert.rejects(readGitHubFile(url, github.ports(), abort), { reason: 'refused' });
    assert.equal(github.sent.length, 0);
  }
});

test('github.com and ghe.com have their pages beside their API', async () => {
  const cases = [
    [
      undefined,
      'https://github.com/acme/handbook/blob/main/a.yml',
      'https://api.github.com/repos/acme/handbook/contents/a.yml?ref=main',
    ],
    [
      'https://api.acme.ghe.com/',
      'https://acme.ghe.com/acme/handbook/raw/v1/a.yml',
      'https://api.acme.ghe.com/repos/acme/handbook/contents/a.yml?ref=v1',
    ],
    [
      'http://127.0.0.1:4000',
      'http://127.0.0.1:4000/acme/handbook/blob/main/a.yml',
      'http://127.0.0.1:4000/repos/acme/handbook/contents/a.yml?ref=main',
    ],
  ] as const;
  for (const [apiUrl, page, request] of cases) {
    const asked: string[] = [];
    const ports = {
      ...new FakeGitHub().ports(),
      apiUrl,
      fetch: async (input: string | URL | Request) => {
        asked.push(input instanceof Request ? input.url : String(input));
        return new Response('text', { headers: { 'content-type': 'text/plain' } });
      },
    };
    assert.equal(await readGitHubFile(page, ports, abort), 'text');
    assert.deepEqual(asked, [request]);
  }
});

test('a folder, a missing file and a huge one are failures with a reason', async () => {
  const cases = [
    [{ body: [] }, 'badResponse'],
    [{ status: 404, body: { message: 'Not Found' } }, 'notFound'],
    [{ body: 'x'.repeat(1_000_001), headers: { 'content-type': 'text/plain' } }, 'refused'],
    [{ body: 'x'.repeat(33_000_000), headers: { 'content-type': 'text/plain' } }, 'badResponse'],
  ] as const;
  for (const [answer, reason] of cases) {
    await assert.rejects(readGitHubFile(PAGE, new FakeGitHub().on(CONTENTS, answer).ports(), abort), { reason });
  }
});

test('a path beside a file stays in its repository', () => {
  const root = 'https://ghes.example/acme/handbook/blob/main';
  const cases: readonly (readonly [string, string | undefined])[] = [
    ['rotation.md', `${root}/team/rotation.md`],
    ['../docs/rotation.md#current', `${root}/docs/rotation.md#current`],
    ['/docs/rotation.md', `${root}/docs/rotation.md`],
    ['docs/two words.md', `${root}/team/docs/two%20words.md`],
    ['../../../../../evil/app/blob/main/x.md', undefined],
    ['https://evil.example/x.md', undefined],
    ['//evil.example/x.md', `${root}/evil.example/x.md`],
    ['javascript:alert(1)', undefined],
  ];
  for (const [path, url] of cases) assert.equal(resolveGitHubFile(PAGE, path), url, path);
  assert.equal(resolveGitHubFile('https://ghes.example/', 'x.md'), undefined);
});
