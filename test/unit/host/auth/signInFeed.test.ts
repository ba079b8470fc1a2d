import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { fakeVscode } from '../../../support/fakeVscode.ts';
import { person } from '../../../support/vscodeStub.ts';

fakeVscode();
const { signInToFeed } = await import('../../../../src/host/auth/signInFeed.ts');

const stored: [string, string][] = [];
const credentials = { storeFeed: async (origin: string, value: string) => void stored.push([origin, value]) } as never;
const feeds = [
  { name: 'Sentry', url: 'https://sentry.example/api/0/issues/' },
  { name: 'Releases', url: 'https://sentry.example/api/0/releases/' },
  { name: 'Checks', url: 'http://127.0.0.1:4711/api/failing' },
  { name: 'Old', url: 'http://old.example/list' },
];

beforeEach(() => {
  stored.length = 0;
  person.said.length = 0;
  person.answers.length = 0;
});

test('a feed that is named is asked for by its origin', async () => {
  person.answers.push('s3cret');
  await signInToFeed({ credentials, feeds }, 'Sentry');
  assert.deepEqual(stored, [['https://sentry.example', 'Bearer s3cret']]);
  assert.ok(
    person.said.some((each) => each.includes('https://sentry.example')),
    person.said.join('\n'),
  );
});

test('of several origins one is chosen; those without https are no choice', async () => {
  person.answers.push('http://127.0.0.1:4711', 'GenieKey 12-34');
  await signInToFeed({ credentials, feeds });
  assert.deepEqual(stored, [['http://127.0.0.1:4711', 'GenieKey 12-34']]);
});

test('an address on which a token could be read gets none', async () => {
  await signInToFeed({ credentials, feeds }, 'Old');
  assert.deepEqual(stored, []);
  assert.match(person.said.join('\n'), /http:\/\/old\.example: without https/u);
});

test('without feeds there is nothing to sign in to, and a way out stores nothing', async () => {
  await signInToFeed({ credentials, feeds: [] });
  assert.match(person.said.join('\n'), /no feed/u);
  person.answers.push(undefined);
  await signInToFeed({ credentials, feeds }, 'Sentry');
  assert.deepEqual(stored, []);
});
