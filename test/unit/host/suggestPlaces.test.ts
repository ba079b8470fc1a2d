import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { SuggestedPlace } from '../../../src/core/suggestedPlace.ts';
import type { SuggestPorts } from '../../../src/host/suggestPlaces.ts';
import { ServiceError } from '../../../src/services/service.ts';
import { fakeVscode } from '../../support/fakeVscode.ts';
import { person } from '../../support/vscodeStub.ts';

fakeVscode();
const { suggestPlaces } = await import('../../../src/host/suggestPlaces.ts');

const NOW = Date.UTC(2026, 10, 18, 11);
const found: readonly SuggestedPlace[] = [
  { channel: 'dev-infra', mentions: 3, lastAt: NOW - 3_600_000 },
  { channel: 'design', mentions: 1, lastAt: NOW - 86_400_000 },
];

function suggest(over: Partial<SuggestPorts> = {}): Promise<void> {
  return suggestPlaces({
    hasMentions: true,
    find: async () => found,
    location: { type: 'remote', url: 'https://github.example/acme/handbook/blob/main/responder.yml' },
    timeZone: 'UTC',
    now: () => NOW,
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    ...over,
  });
}

beforeEach(() => {
  person.answers = [];
  person.said = [];
  person.copied = [];
  person.ran = [];
});

test('where the file cannot be edited the lines are copied, and that is said', async () => {
  person.answers = ['dev-infra'];
  await suggest();

  assert.deepEqual(person.copied, ['  - { slack: channel, name: dev-infra }\n']);
  assert.match(person.said.at(-1) ?? '', /^The lines are copied: paste them under “watch:”.*Open Team File/u);
});

test('nothing is copied when nothing is chosen', async () => {
  person.answers = [undefined];
  await suggest();

  assert.deepEqual(person.copied, []);
  assert.equal(person.said.length, 1);
});

test('a name that no team file can have is not offered', async () => {
  await suggest({ find: async () => [{ channel: 'a](command:x)', mentions: 1, lastAt: NOW }] });

  assert.match(person.said.join(), /^No other channel mentioned the team/u);
});

test('without a watched mention nobody knows what to look for', async () => {
  person.answers = ['Open Team File'];
  await suggest({ hasMentions: false, find: () => assert.fail('nothing is asked') });

  assert.match(person.said.join(), /watches no mention/u);
  assert.deepEqual(person.ran, ['responder.openTeamFile']);
});

const failures: readonly [ServiceError, string, string][] = [
  [new ServiceError('forbidden', 'search.messages: missing_scope'), 'Sign In…', 'responder.signInSlack'],
  [new ServiceError('unauthenticated', 'no Slack token'), 'Sign In…', 'responder.signInSlack'],
  [new ServiceError('offline', 'search.messages: no answer'), 'Retry', 'responder.suggestPlaces'],
  [new ServiceError('rateLimited', 'search.messages: wait'), 'Retry', 'responder.suggestPlaces'],
];

for (const [error, button, command] of failures)
  test(`a failure says what to press: ${error.reason}`, async () => {
    person.answers = [button];
    await suggest({ find: () => Promise.reject(error) });

    assert.match(person.said.join(), new RegExp(`${error.message}.*\\[${button}\\]`, 'u'));
    assert.deepEqual(person.ran, [command]);
  });
