import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPagerDutySource } from '../../../../src/services/pagerduty/source.ts';
import { ServiceError } from '../../../../src/services/service.ts';
import { ACCOUNT_TOKEN } from '../../../team/pagerduty/actions.ts';
import { byId, fakePagerDuty, NOW, POLICY, request, SERVICE } from './fakePagerDuty.ts';

const MINUTE = 60_000;

test('a triggered incident of the service is an open alert; of another service it is none', async (t) => {
  const { company, ports, proxy } = await fakePagerDuty(t);
  company.trigger({
    title: 'Sync is down',
    description: 'See https://github.example/acme/docs/wiki/sync',
    priority: 'P1',
    at: NOW - 5 * MINUTE,
  });
  company.trigger({ title: 'Checkout is slow', otherService: true });

  const { changed, gone, failedPlaces } = await createPagerDutySource(ports).poll(request());

  assert.deepEqual([gone, failedPlaces], [[], []]);
  assert.equal(changed.length, 1);
  const [signal] = changed;
  assert.ok(signal !== undefined);
  const { id, kind, state, title, place, url, watchIds, labels, takenBy, startedAt, names, mentions } = signal;
  assert.deepEqual(
    { id, kind, state, title, place, url, watchIds, labels, takenBy, startedAt },
    {
      id: 'pagerduty:Q1INCIDENT',
      kind: 'alert',
      state: 'open',
      title: 'Sync is down',
      place: 'Integrations hub',
      url: 'https://acme-sample.pagerduty.example/incidents/Q1INCIDENT',
      watchIds: [SERVICE.id],
      labels: ['P1', 'urgency:high'],
      takenBy: [],
      startedAt: NOW - 5 * MINUTE,
    },
  );
  assert.deepEqual(names, ['https://acme-sample.pagerduty.example/incidents/q1incident']);
  assert.deepEqual(mentions, ['https://github.example/acme/docs/wiki/sync']);
  const open = proxy.requests({ path: '/incidents', where: ({ search }) => search.includes('triggered') });
  assert.equal(open[0]?.query['date_range'], 'all', 'what is open is not cut at a month');
});

test('an old incident that is still open is found, and one that was resolved before the window is not', async (t) => {
  const { company, ports } = await fakePagerDuty(t);
  company.trigger({ title: 'Open for a quarter', at: NOW - 90 * 86_400_000 });
  company.resolve(company.trigger({ title: 'Long over', at: NOW - 90 * 86_400_000 }).id);

  const { changed } = await createPagerDutySource(ports).poll(request());

  assert.deepEqual(
    changed.map(({ title }) => title),
    ['Open for a quarter'],
  );
});

test('who acknowledged has it; when it is over nobody has', async (t) => {
  const { company, ports } = await fakePagerDuty(t);
  const source = createPagerDutySource(ports);
  const { id } = company.trigger({ title: 'Sync is down' });
  company.acknowledge(id, 'Kai');
  const first = await source.poll(request());
  assert.deepEqual(first.changed[0]?.takenBy, ['P02KAI']);

  company.resolve(id);
  const second = await source.poll(request({ known: byId(first.changed) }));
  assert.deepEqual(
    second.changed.map(({ state, takenBy }) => ({ state, takenBy })),
    [{ state: 'closed', takenBy: [] }],
  );
});

test('nothing new is no change', async (t) => {
  const { company, ports } = await fakePagerDuty(t);
  const source = createPagerDutySource(ports);
  company.trigger({ title: 'Sync is down' });
  const { changed } = await source.poll(request());
  assert.deepEqual((await source.poll(request({ known: byId(changed) }))).changed, []);
});

test('a snooze is quiet until its end; an acknowledgement that times out is not', async (t) => {
  const { company, ports, proxy } = await fakePagerDuty(t);
  const source = createPagerDutySource(ports);
  const memory = new Map<string, unknown>();
  const snoozed = company.trigger({ title: 'Snoozed' });
  const timed = company.trigger({ title: 'Timed' });
  const until = NOW + 60 * MINUTE;
  company.snooze(snoozed.id, 'Noor', until);
  company.acknowledge(timed.id, 'Noor');
  company.timesOut(timed.id, until);

  const { changed } = await source.poll(request({ memory }));
  const states = new Map(changed.map(({ title, state, quietUntil }) => [title, { state, quietUntil }]));
  assert.deepEqual(states.get('Snoozed'), { state: 'quiet', quietUntil: until });
  assert.deepEqual(states.get('Timed'), { state: 'open', quietUntil: undefined });

  proxy.clear();
  assert.deepEqual((await source.poll(request({ memory, known: byId(changed) }))).changed, []);
  assert.equal(proxy.requests({ path: /log_entries$/u }).length, 0, 'the log is read once for each end');
});

test('an escalation policy has the incidents of its services', async (t) => {
  const { company, ports } = await fakePagerDuty(t);
  company.trigger({ title: 'Sync is down' });
  company.trigger({ title: 'Checkout is slow', otherService: true });
  const { changed } = await createPagerDutySource(ports).poll(request({ watch: [POLICY, SERVICE] }));
  assert.deepEqual(
    changed.map(({ title, watchIds }) => ({ title, watchIds })),
    [{ title: 'Sync is down', watchIds: [POLICY.id, SERVICE.id] }],
  );
});

test('all pages are read, and an endless list is given up', async (t) => {
  const { company, ports, proxy } = await fakePagerDuty(t);
  for (let number = 0; number < 250; number += 1) company.trigger({ title: `Incident ${number}` });
  const source = createPagerDutySource(ports);
  const { changed, skipped } = await source.poll(request());
  assert.deepEqual([changed.length, skipped.length], [250, 0]);

  proxy.clear();
  proxy.fail(
    { path: '/incidents' },
    { type: 'replaceBody', replace: (body) => body.replace('"more":false', '"more":true') },
  );
  await source.poll(request({ known: byId(changed) }));
  assert.ok(proxy.requests({ path: '/incidents' }).length <= 40);
});

test('a service that is not there is a place that is not read; the others are', async (t) => {
  const { company, ports } = await fakePagerDuty(t);
  company.trigger({ title: 'Sync is down' });
  const lost = { ...SERVICE, id: 'pagerduty:service:PGONE', pagerdutyId: 'PGONE', name: undefined };
  const { changed, failedPlaces } = await createPagerDutySource(ports).poll(request({ watch: [lost, SERVICE] }));
  assert.equal(changed.length, 1);
  assert.deepEqual(
    failedPlaces.map(({ place, reason }) => ({ place, reason })),
    [{ place: 'PGONE', reason: 'notFound' }],
  );
  await assert.rejects(createPagerDutySource(ports).poll(request({ watch: [lost] })), { reason: 'notFound' });
});

test('what a place that is not read reported stays', async (t) => {
  const { company, ports, proxy } = await fakePagerDuty(t);
  const source = createPagerDutySource(ports);
  company.trigger({ title: 'Sync is down' });
  const { changed } = await source.poll(request({ watch: [POLICY] }));
  proxy.fail({ path: /escalation_policies/u }, { type: 'answer', status: 403, body: { error: { message: 'No' } } });
  const other = { ...SERVICE, id: 'pagerduty:service:PSVC999', pagerdutyId: 'PSVC999' };
  const later = await source.poll(request({ watch: [POLICY, other], known: byId(changed) }));
  assert.deepEqual([later.gone, later.changed], [[], []]);
});

test('an incident that left every list is read by itself: resolved, moved or deleted', async (t) => {
  const { company, ports, clock } = await fakePagerDuty(t);
  const source = createPagerDutySource(ports);
  const old = company.trigger({ title: 'Old', at: NOW - 30 * 86_400_000 });
  const lost = company.trigger({ title: 'Deleted' });
  const { changed } = await source.poll(request());
  clock.now += MINUTE;
  company.resolve(old.id);
  company.account.incidents.delete(lost.id);

  const later = await source.poll(request({ known: byId(changed) }));
  assert.deepEqual(
    later.changed.map(({ title, state }) => `${title} ${state}`),
    ['Old closed'],
  );
  assert.deepEqual(later.gone, [`pagerduty:${lost.id}`]);
});

for (const [what, fault, expected] of [
  [
    'a key that is not known',
    { status: 401, body: { error: { message: 'Unauthorized', code: 2006 } } },
    { reason: 'unauthenticated' },
  ],
  [
    'a limit',
    {
      status: 429,
      body: { error: { message: 'Rate Limit Exceeded', code: 2020 } },
      headers: { 'ratelimit-reset': '42' },
    },
    { reason: 'rateLimited', retryAt: NOW + 42_000 },
  ],
  ['a limit without a word of how long', { status: 429, body: '' }, { reason: 'rateLimited', retryAt: NOW + 60_000 }],
  [
    'a limit of years',
    { status: 429, body: '', headers: { 'retry-after': '99999999' } },
    { reason: 'rateLimited', retryAt: NOW + 61 * 60_000 },
  ],
  [
    'a limit until no date, with a count',
    { status: 429, body: '', headers: { 'retry-after': 'soon', 'ratelimit-reset': '42' } },
    { reason: 'rateLimited', retryAt: NOW + 42_000 },
  ],
  [
    'a redirect',
    { status: 302, body: '', headers: { location: 'https://evil.example/incidents' } },
    { reason: 'refused' },
  ],
  ['a plan without it', { status: 402, body: { error: { message: 'Payment required' } } }, { reason: 'forbidden' }],
  ['a failing server', { status: 503, body: '<html>' }, { reason: 'serverError' }],
  ['no JSON', { status: 200, body: '<html>' }, { reason: 'badResponse' }],
  ['JSON of another kind', { status: 200, body: '[]' }, { reason: 'badResponse' }],
] as const) {
  test(`${what} is told as ${expected.reason}`, async (t) => {
    const { ports, proxy } = await fakePagerDuty(t);
    proxy.fail({ path: '/incidents' }, { type: 'answer', ...fault });
    await assert.rejects(createPagerDutySource(ports).poll(request()), (error) => {
      assert.ok(error instanceof ServiceError);
      assert.deepEqual(
        { reason: error.reason, ...('retryAt' in expected ? { retryAt: error.retryAt } : {}) },
        expected,
      );
      assert.doesNotMatch(error.message, /sample-key/u);
      return true;
    });
  });
}

for (const apiUrl of [
  'http://pagerduty.example',
  'https://user:pass@pagerduty.example',
  'https://pagerduty.example/?x=1',
  'pagerduty',
]) {
  test(`no key is sent to ${apiUrl}`, async (t) => {
    const { ports } = await fakePagerDuty(t, { apiUrl });
    await assert.rejects(createPagerDutySource(ports).poll(request()), { reason: 'refused' });
  });
}

test('signed out, or with what is no key, nothing is asked', async (t) => {
  for (const token of [undefined, 'two\nlines', '']) {
    const { ports, proxy } = await fakePagerDuty(t, { token: async () => token });
    await assert.rejects(createPagerDutySource(ports).poll(request()), { reason: 'unauthenticated' });
    assert.equal(proxy.requests().length, 0);
  }
});

test('a key is its user’s; an account’s key is the one’s whose address is set, or nobody’s', async (t) => {
  const { abort } = request();
  const own = await fakePagerDuty(t);
  assert.deepEqual(await createPagerDutySource(own.ports).account(abort), { id: 'P02NOO', name: 'Noor' });
  const account = { token: async () => ACCOUNT_TOKEN };
  const { ports } = await fakePagerDuty(t, account);
  assert.equal(await createPagerDutySource(ports).account(abort), undefined);
  const named = createPagerDutySource({ ...ports, email: 'Kai@acme.example' });
  assert.deepEqual(await named.account(abort), { id: 'P02KAI', name: 'Kai' });
  const unknown = createPagerDutySource({ ...ports, token: async () => 'another-key' });
  await assert.rejects(unknown.account(abort), { reason: 'unauthenticated' });
});

test('the conversation is log and notes in order, and nothing in them comes alive', async (t) => {
  const { company, ports, clock } = await fakePagerDuty(t);
  const source = createPagerDutySource(ports);
  const incident = company.trigger({ title: 'Sync is down', at: NOW - 9 * MINUTE });
  const [signal] = (await source.poll(request())).changed;
  assert.ok(signal !== undefined);
  clock.now += MINUTE;
  company.acknowledge(incident.id, 'Kai');
  incident.notes.push({
    id: 'N1',
    userId: 'P02KAI',
    at: clock.now + 1,
    content: '@noor <img src=x> [x](command:y)\n# Title',
  });

  const { messages, skipped } = await source.readConversation(signal, request().abort);
  assert.equal(skipped, 0);
  assert.deepEqual(
    messages.map(({ author: { name, isBot }, markdown, deed }) => ({ name, isBot, deed: deed?.type, markdown })),
    [
      { name: 'Monitoring', isBot: true, deed: 'triggered', markdown: 'Triggered through the API.' },
      { name: 'Kai', isBot: false, deed: 'acknowledged', markdown: 'Acknowledged.' },
      {
        name: 'Kai',
        isBot: false,
        deed: undefined,
        markdown: '@\u200bnoor &lt;img src=x\\> \\[x\\](command:y)  \n\\# Title',
      },
    ],
  );
});
