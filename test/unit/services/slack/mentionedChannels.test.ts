import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ServiceError } from '../../../../src/services/service.ts';
import { type MentionedScope, mentionedChannels } from '../../../../src/services/slack/mentionedChannels.ts';
import { type FakeSlack, type Fields, startFakeSlack } from './fakeSlack.ts';

const NOW = Date.UTC(2026, 10, 18, 11);
const DAY = 86_400_000;
const scope: MentionedScope = {
  handles: ['integrations-team'],
  watched: new Set(['integrations']),
  since: NOW - 30 * DAY,
};
const PERSON = () => ({
  ok: true,
  url: 'https://acme.slack.example/',
  team_id: 'T1',
  user_id: 'U0ME',
  user: 'noor',
});

function look(slack: FakeSlack, over: Partial<MentionedScope> = {}, abort = new AbortController().signal) {
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  const ports = { token: async () => 'xoxp-sample', apiUrl: slack.apiUrl, now: () => NOW, log };
  return mentionedChannels({ ...scope, ...over }, ports, abort);
}

let messages = 0;

function match(channel: string, daysAgo: number, over: object = {}): object {
  messages += 1;
  return {
    ts: `${String((NOW - daysAgo * DAY) / 1000)}.${String(messages).padStart(6, '0')}`,
    channel: { id: `C${channel.toUpperCase()}`, name: channel },
    text: '<!subteam^S0TEAM> can you look?',
    ...over,
  };
}

function page(...matches: readonly unknown[]): object {
  return { ok: true, messages: { matches } };
}

test('channels that are not watched, by the number of mentions, with the last', async () => {
  await using slack = await startFakeSlack({
    'auth.test': PERSON,
    'search.messages': () =>
      page(
        match('infra', 1),
        match('design', 2),
        match('design', 3),
        match('integrations', 1),
        match('words', 1, { text: '@integrations-team in words only' }),
        match('old', 31),
        match('dm', 1, { channel: { id: 'CDM', name: 'dm', is_im: true } }),
        'nonsense',
      ),
  });

  assert.deepEqual(await look(slack), [
    { channel: 'design', mentions: 2, lastAt: NOW - 2 * DAY },
    { channel: 'infra', mentions: 1, lastAt: NOW - DAY },
  ]);
  const [asked] = slack.requests.filter(({ method }) => method === 'search.messages');
  assert.equal(asked?.fields['query'], '@integrations-team after:2026-10-17');
});

test('a message that mentions two of the team counts once', async () => {
  const both = match('infra', 1, { text: '<!subteam^S0TEAM> <@U0KAI>' });
  await using slack = await startFakeSlack({ 'auth.test': PERSON, 'search.messages': () => page(both) });

  const [found] = await look(slack, { handles: ['integrations-team', 'U0KAI'] });
  assert.equal(found?.mentions, 1);
});

test('a search is read page by page, and only so far', async () => {
  const full = Array.from({ length: 100 }, () => match('infra', 1));
  await using slack = await startFakeSlack({ 'auth.test': PERSON, 'search.messages': () => page(...full) });
  const [found] = await look(slack);

  assert.equal(found?.mentions, 100);
  const asked = slack.requests.filter(({ method }) => method === 'search.messages');
  assert.deepEqual(
    asked.map(({ fields }: { fields: Fields }) => fields['page']),
    ['1', '2', '3', '4', '5'],
  );
});

const refusals: readonly [string, FakeSlack['methods'], string][] = [
  ['a bot’s token', {}, 'forbidden'],
  [
    'a token without the scope',
    { 'auth.test': PERSON, 'search.messages': () => ({ ok: false, error: 'missing_scope' }) },
    'forbidden',
  ],
  ['nobody is called so', { 'auth.test': PERSON, 'usergroups.list': () => ({ ok: true, usergroups: [] }) }, 'notFound'],
  ['a reply that is none', { 'auth.test': PERSON, 'search.messages': () => ({ ok: true }) }, 'badResponse'],
  ['no answer', { 'auth.test': PERSON, 'search.messages': () => 'drop' }, 'offline'],
];

for (const [what, methods, reason] of refusals)
  test(`${what} is told: ${reason}`, async () => {
    await using slack = await startFakeSlack(methods);
    await assert.rejects(look(slack), (error) => error instanceof ServiceError && error.reason === reason);
  });

test('it stops when it is cancelled', async () => {
  const abort = new AbortController();
  await using slack = await startFakeSlack({
    'auth.test': PERSON,
    'search.messages': () => {
      abort.abort();
      return page();
    },
  });
  await assert.rejects(look(slack, {}, abort.signal));
});
