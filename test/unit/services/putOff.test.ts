import assert from 'node:assert/strict';
import { test } from 'node:test';
import { getAlerts } from '../../../src/services/alertmanager/client.ts';
import { getFeedPage } from '../../../src/services/feed/client.ts';
import { createGitHubClient } from '../../../src/services/github/client.ts';
import { openPagerDuty } from '../../../src/services/pagerduty/client.ts';
import { ServiceError } from '../../../src/services/service.ts';
import { createSlackApi } from '../../../src/services/slack/client.ts';

const NOW = Date.UTC(2026, 10, 18, 12);
const MINUTE = 60_000;
const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const now = (): number => NOW;
const token = async (): Promise<string> => 'sample-token';
const abort = new AbortController().signal;
const URL_ROOT = 'https://api.example';

/** One question to each service, and how long a limit lasts that does not say. */
const SERVICES: readonly {
  readonly service: string;
  readonly ask: () => Promise<unknown>;
  readonly unsaid: number | undefined;
}[] = [
  {
    service: 'GitHub',
    ask: async () => (await createGitHubClient({ now, log, token, apiUrl: URL_ROOT, retries: 0 }, abort)).get('/user'),
    unsaid: NOW + MINUTE,
  },
  {
    service: 'Slack',
    ask: async () =>
      createSlackApi({ ports: { now, log }, token: 'x', apiUrl: URL_ROOT, abort, penalties: new Map() }).call(
        'auth.test',
        {},
      ),
    unsaid: NOW + MINUTE,
  },
  {
    service: 'PagerDuty',
    ask: async () =>
      (await openPagerDuty({ now, log, token, apiUrl: URL_ROOT, email: undefined }, abort)).get('/users/me'),
    unsaid: NOW + MINUTE,
  },
  {
    service: 'Alertmanager',
    ask: async () => getAlerts({ url: URL_ROOT, matchers: [], now: NOW, abort }),
    unsaid: undefined,
  },
  {
    service: 'a feed',
    ask: async () => getFeedPage({ url: URL_ROOT, authorization: undefined, validator: undefined, now: NOW, abort }),
    unsaid: undefined,
  },
];

const SAID: readonly (readonly [header: string, waitMs: number])[] = [
  ['120', 2 * MINUTE],
  ['0', 1000],
  ['Wed, 18 Nov 2026 12:05:00 GMT', 5 * MINUTE],
  ['Sun, 06 Nov 1994 08:49:37 GMT', 1000],
  ['Fri, 31 Dec 9999 23:59:59 GMT', 61 * MINUTE],
  ['9'.repeat(400), 61 * MINUTE],
];
const UNSAID = [undefined, '-5', 'NaN', '', '2030-01-01', 'soon 2030', '5, 10'];

for (const { service, ask, unsaid } of SERVICES)
  test(`${service} is asked again when it says, in seconds or by a date, at a limit and at a fault of its own`, async (t) => {
    const answered = async (status: number, header: string | undefined) => {
      const headers = header === undefined ? {} : { 'retry-after': header };
      const fetch = t.mock.method(globalThis, 'fetch', async () => new Response('{}', { status, headers }));
      const failure = await ask().catch((error: unknown) => error);
      fetch.mock.restore();
      assert.ok(failure instanceof ServiceError);
      return { reason: failure.reason, retryAt: failure.retryAt };
    };
    for (const status of [429, 500, 503]) {
      const reason = status === 429 ? 'rateLimited' : 'serverError';
      for (const [header, waitMs] of SAID)
        assert.deepEqual(await answered(status, header), { reason, retryAt: NOW + waitMs }, header);
      for (const header of UNSAID) {
        const retryAt = status === 429 ? unsaid : undefined;
        assert.deepEqual(await answered(status, header), { reason, retryAt }, String(header));
      }
    }
  });

test('a limit that Slack tells with 200 is as long as its header says, and no number of the reply’s is believed', async (t) => {
  const ask = SERVICES.find(({ service }) => service === 'Slack')?.ask ?? assert.fail();
  for (const [header, retryAfter, waitMs] of [
    ['Wed, 18 Nov 2026 12:05:00 GMT', 1, 5 * MINUTE],
    ['2030-01-01', undefined, MINUTE],
    [undefined, 1e300, 61 * MINUTE],
    [undefined, -5, MINUTE],
  ] as const) {
    const headers = header === undefined ? {} : { 'retry-after': header };
    const body = { ok: false, error: 'ratelimited', response_metadata: { retryAfter } };
    const fetch = t.mock.method(globalThis, 'fetch', async () => Response.json(body, { headers }));
    await assert.rejects(ask(), { reason: 'rateLimited', retryAt: NOW + waitMs });
    fetch.mock.restore();
  }
});
