import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FileOwners } from '../../../../src/services/github/fileOwners.ts';
import { FakeGitHub } from './fakeGitHub.ts';

const abort = new AbortController().signal;
const FILES = '/repos/acme/app/contents';
const COMMITS = '/repos/acme/app/commits';
const TEXT = { 'content-type': 'application/vnd.github.raw+json; charset=utf-8' };

function commit(login: string | undefined, date: string, type = 'User') {
  return { sha: 'f00', author: login === undefined ? null : { login, type }, commit: { author: { name: 'x', date } } };
}

test('the first CODEOWNERS in GitHub’s order counts; a second look is a 304', async () => {
  const github = new FakeGitHub()
    .on(`GET ${FILES}/CODEOWNERS`, { body: '* @acme/app\n', headers: TEXT })
    .on(`GET ${FILES}/docs/CODEOWNERS`, { body: '* @acme/docs\n', headers: TEXT });
  const owners = new FileOwners(github.ports());
  const rules = await owners.codeOwners('acme/app', abort);
  assert.deepEqual(rules, [{ pattern: '*', owners: ['@acme/app'], line: 1 }]);
  assert.deepEqual(github.take(), [`GET ${FILES}/.github/CODEOWNERS 404`, `GET ${FILES}/CODEOWNERS 200`]);
  assert.deepEqual(await owners.codeOwners('acme/app', abort), rules);
  assert.deepEqual(github.take(), [`GET ${FILES}/.github/CODEOWNERS 404`, `GET ${FILES}/CODEOWNERS 304`]);
});

test('a repository without one has no rules; what is no text has none either', async () => {
  const none = new FakeGitHub();
  assert.deepEqual(await new FileOwners(none.ports()).codeOwners('acme/app', abort), []);
  assert.equal(none.take().length, 3);
  const folder = new FakeGitHub().on(`GET ${FILES}/.github/CODEOWNERS`, { body: [{ type: 'dir' }] });
  assert.deepEqual(await new FileOwners(folder.ports()).codeOwners('acme/app', abort), []);
});

test('who changed a file last: people, each once with their last time; broken rows and bots are left out', async () => {
  const github = new FakeGitHub().on(`GET ${COMMITS}`, {
    body: [
      commit('rio-sample', '2026-11-10T09:00:00Z'),
      commit('ines-sample', '2026-11-09T09:00:00Z'),
      commit('rio-sample', '2026-11-12T09:00:00Z'),
      commit('renovate[bot]', '2026-11-13T09:00:00Z', 'Bot'),
      commit('merger', '2026-11-13T09:00:00Z', 'Bot'),
      commit(undefined, '2026-11-13T09:00:00Z'),
      commit('late-sample', 'yesterday'),
      { author: 7 },
      null,
    ],
  });
  const found = await new FileOwners(github.ports()).lastAuthors('acme/app', ['src/a b.ts'], abort);
  assert.deepEqual(found, [
    { path: 'src/a b.ts', login: 'rio-sample', at: Date.UTC(2026, 10, 12, 9) },
    { path: 'src/a b.ts', login: 'ines-sample', at: Date.UTC(2026, 10, 9, 9) },
  ]);
  assert.deepEqual(github.take(), [`GET ${COMMITS}?path=src%2Fa%20b.ts&per_page=10 200`]);
});

test('of any number of files two are asked about', async () => {
  const github = new FakeGitHub().on(`GET ${COMMITS}`, { body: [] });
  await new FileOwners(github.ports()).lastAuthors('acme/app', ['a', 'b', 'c'], abort);
  assert.equal(github.take().length, 2);
});

test('what is no repository is not asked about, and a failure is told', async () => {
  const github = new FakeGitHub().on(`GET ${COMMITS}`, { status: 403, body: { message: 'no' } });
  const owners = new FileOwners(github.ports());
  await assert.rejects(owners.codeOwners('../x', abort), { reason: 'refused' });
  await assert.rejects(owners.lastAuthors('acme/app', ['a'], abort), { reason: 'forbidden' });
  assert.equal(github.take().length, 1);
});
