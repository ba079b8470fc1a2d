import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPublicRepository } from '../../../../src/services/github/visibility.ts';
import { ServiceError } from '../../../../src/services/service.ts';
import { FakeGitHub } from './fakeGitHub.ts';

const abort = new AbortController().signal;

test('GitHub says whether a repository is private; what it does not say is not known', async () => {
  for (const [body, expected] of [
    [{ private: false, visibility: 'public' }, true],
    [{ private: true, visibility: 'internal' }, false],
    [{ private: 'no' }, undefined],
    ['<html>', undefined],
    [undefined, undefined],
  ] as const) {
    const github = new FakeGitHub().on('GET /repos/acme/app', { body });
    assert.equal(await isPublicRepository('acme/app', github.ports(), abort), expected, JSON.stringify(body));
  }
});

test('what is no repository is not asked for', async () => {
  const github = new FakeGitHub();
  await assert.rejects(isPublicRepository('../user', github.ports(), abort), ServiceError);
  assert.equal(github.sent.length, 0);
});
