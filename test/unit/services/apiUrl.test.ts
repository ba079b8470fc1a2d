import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkedApiUrl } from '../../../src/services/apiUrl.ts';
import { getFeedPage } from '../../../src/services/feed/client.ts';
import { createGitHubClient } from '../../../src/services/github/client.ts';
import { openPagerDuty } from '../../../src/services/pagerduty/client.ts';
import { ServiceError } from '../../../src/services/service.ts';
import { createSlackApi } from '../../../src/services/slack/client.ts';

const TOKEN = 'sample-token';
const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const now = (): number => 0;
const token = async (): Promise<string> => TOKEN;
const abort = new AbortController().signal;

/** One question to each service that is sent a token. */
const ASK: Readonly<Record<string, (apiUrl: string) => Promise<unknown>>> = {
  github: async (apiUrl) => (await createGitHubClient({ now, log, token, apiUrl }, abort)).get('/user'),
  slack: async (apiUrl) =>
    createSlackApi({ ports: { now, log }, token: TOKEN, apiUrl, abort, penalties: new Map() }).call('auth.test', {}),
  pagerduty: async (apiUrl) =>
    (await openPagerDuty({ now, log, token, apiUrl, email: undefined }, abort)).get('/users/me'),
  feed: async (url) => getFeedPage({ url, authorization: TOKEN, validator: undefined, now: 0, abort }),
};

const ADDRESSES: readonly (readonly [address: string, mayTell: boolean])[] = [
  ['https://api.example', true],
  ['https://api.example:8443/below/', true],
  ['http://127.0.0.1:4000/api/', true],
  ['http://127.9.9.9', true],
  ['http://localhost:4000', true],
  ['http://[::1]:4000', true],
  ['http://api.example', false],
  ['http://localhost.example', false],
  ['http://127.0.0.1.example', false],
  ['http://user:pass@127.0.0.1', false],
  ['https://user:pass@api.example', false],
  ['https://user@api.example', false],
  ['ftp://api.example', false],
  ['javascript:alert(1)', false],
  ['api.example', false],
  ['', false],
  [`https://api.example/${'x'.repeat(3000)}`, false],
];

for (const [service, ask] of Object.entries(ASK))
  test(`a token of ${service} goes over https or to this machine, and never with a password in the address`, async (t) => {
    const told: string[] = [];
    t.mock.method(globalThis, 'fetch', async (_: unknown, { headers, body }: RequestInit = {}) => {
      const sent = JSON.stringify([[...new Headers(headers)], typeof body === 'string' ? body : '']);
      if (sent.includes(TOKEN)) told.push(sent);
      return Response.json({ ok: true });
    });
    for (const [address, mayTell] of ADDRESSES) {
      told.length = 0;
      const failure = await ask(address).then(
        () => undefined,
        (error: unknown) => error,
      );
      assert.equal(told.length > 0, mayTell, address);
      // A feed is read all the same, without its token.
      const isRefused = failure instanceof ServiceError && failure.reason === 'refused';
      if (service !== 'feed') assert.equal(isRefused, !mayTell, address);
    }
  });

test('the address of an API has no slash at its end, and nothing after its path', () => {
  assert.equal(checkedApiUrl('https://ghes.example/api/v3//', 'GitHub'), 'https://ghes.example/api/v3');
  for (const address of ['https://ghes.example/?x=1', 'https://ghes.example/#x'])
    assert.throws(() => checkedApiUrl(address, 'GitHub'), { reason: 'refused' });
});
