import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import type { Signal } from '../../../../src/core/signal.ts';
import type { AlertmanagerWatch } from '../../../../src/core/team.ts';
import { createAlertmanagerSource } from '../../../../src/services/alertmanager/source.ts';
import { type PollResult, ServiceError } from '../../../../src/services/service.ts';
import { signal } from '../../../support/build.ts';
import { startAlertmanager } from '../../../team/alertmanager.ts';

const HOUR = 3_600_000;

class Desk {
  known = new Map<string, Signal>();
  readonly memory = new Map<string, unknown>();
  now = Date.now();
  since = Date.now() - 48 * HOUR;
  watch: readonly AlertmanagerWatch[];
  readonly url: string;

  constructor(url: string, ...matchers: readonly string[][]) {
    this.url = url;
    this.watch = matchers.map((each) => ({
      id: each.join(','),
      service: 'alertmanager',
      url,
      matchers: each,
      respondWithinMinutes: 15,
    }));
  }

  get source() {
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    return createAlertmanagerSource({
      token: () => Promise.resolve('never-sent'),
      now: () => this.now,
      log,
      url: this.url,
    });
  }

  async poll(): Promise<PollResult> {
    const { watch, since, known, memory } = this;
    const result = await this.source.poll({ watch, since, known, memory, abort: new AbortController().signal });
    for (const id of result.gone) known.delete(id);
    for (const signal of result.changed) known.set(signal.id, JSON.parse(JSON.stringify(signal)));
    return result;
  }
}

const server = await startAlertmanager();
after(() => server.stop());

async function post(path: string, body: unknown): Promise<void> {
  const reply = await fetch(`${server.origin}/api/v2/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  assert.equal(reply.status, 200);
}

function alert(
  alertname: string,
  more: { startsAt?: number; endsAt?: number; labels?: object; annotations?: object } = {},
): object {
  const { startsAt = Date.now() - HOUR, endsAt = Date.now() + HOUR, labels, annotations } = more;
  return {
    labels: { alertname, team: 'integrations', ...labels },
    annotations: { summary: `${alertname} is bad`, ...annotations },
    startsAt: new Date(startsAt).toISOString(),
    endsAt: new Date(endsAt).toISOString(),
    generatorURL: 'http://prom.example/graph?g0.expr=up',
  };
}

test('a real Alertmanager: firing, silenced, resolved, firing again', async () => {
  const desk = new Desk(server.origin, ['team="integrations"', 'alertname="Flow"'], ['alertname=~"Fl.w"']);
  await post('alerts', [
    alert('Flow', { annotations: { runbook_url: 'https://runbooks.example/flow' } }),
    alert('Other'),
  ]);

  const [first] = (await desk.poll()).changed;
  assert.deepEqual([first?.state, first?.title, first?.count, first?.watchIds.length], ['open', 'Flow is bad', 1, 2]);
  assert.equal(first?.links[0]?.url, 'https://runbooks.example/flow');
  assert.equal(desk.known.size, 1);

  desk.now += 60_000;
  assert.deepEqual((await desk.poll()).changed, [], 'an unchanged cycle changes nothing');

  const matchers = [{ name: 'alertname', value: 'Flow', isRegex: false, isEqual: true }];
  const silence = {
    matchers,
    startsAt: new Date().toISOString(),
    endsAt: new Date(Date.now() + HOUR).toISOString(),
    createdBy: 'noor',
    comment: 'x',
  };
  await post('silences', silence);
  assert.deepEqual(
    (await desk.poll()).changed.map(({ state, quietUntil, takenBy }) => [state, quietUntil, takenBy]),
    [['quiet', Date.parse(silence.endsAt), ['noor']]],
  );

  await post('alerts', [alert('Flow', { endsAt: Date.now() - 1000 })]);
  assert.deepEqual(
    (await desk.poll()).changed.map(({ state }) => state),
    ['closed'],
  );
  assert.deepEqual((await desk.poll()).changed, []);

  await post('alerts', [alert('Flow', { startsAt: Date.now() - 500 })]);
  const again = (await desk.poll()).changed[0];
  assert.deepEqual([again?.id, again?.count, again?.state], [first?.id, 2, 'quiet']);

  await post('alerts', [alert('Flow', { startsAt: Date.now() - 500, endsAt: Date.now() - 100 })]);
  await desk.poll();
  desk.since = desk.now + 1;
  assert.deepEqual((await desk.poll()).gone, [first?.id], 'out of the window it is forgotten');
});

test('an alert that starts in the future is of no negative age', async () => {
  const desk = new Desk(server.origin, ['alertname="Future"']);
  await post('alerts', [alert('Future', { startsAt: Date.now() + HOUR, endsAt: Date.now() + 2 * HOUR })]);
  const [first] = (await desk.poll()).changed;
  desk.now += 30_000;

  assert.equal(first?.startedAt, desk.now - 30_000);
  assert.deepEqual((await desk.poll()).changed, []);
});

test('a matcher that is none fails its own entry alone, and all of the source when there is no other', async () => {
  await post('alerts', [alert('Good')]);
  const desk = new Desk(server.origin, ['alertname="Good"'], ['team']);
  const { changed, failedPlaces } = await desk.poll();

  assert.equal(changed.length, 1);
  assert.deepEqual(
    failedPlaces.map(({ place, reason }) => [place, reason]),
    [['team', 'refused']],
  );
  assert.match(failedPlaces[0]?.message ?? '', /bad matcher format/u);
  await assert.rejects(
    new Desk(server.origin, ['team']).poll(),
    (error) => error instanceof ServiceError && error.reason === 'refused',
  );
});

test('a conversation tells labels and annotations, also of an alert that is no longer there', async () => {
  await post('alerts', [alert('Talk', { annotations: { note: 'ask @acme/all' } })]);
  const desk = new Desk(server.origin, ['alertname="Talk"']);
  const [signal] = (await desk.poll()).changed;
  assert.ok(signal);
  const abort = new AbortController().signal;

  const { messages } = await desk.source.readConversation(signal, abort);
  assert.match(messages[0]?.markdown ?? '', /- `note`: `ask @acme\/all`/u);
  const old = await desk.source.readConversation({ ...signal, id: 'alertmanager:ffff' }, abort);
  assert.match(old.messages[0]?.markdown ?? '', /- `alertname`: `Talk`/u);
});

test('an entry that left the team file takes its alerts along', async () => {
  await post('alerts', [alert('Left')]);
  const desk = new Desk(server.origin, ['alertname="Left"']);
  await desk.poll();
  desk.watch = new Desk(server.origin, ['alertname="Nobody"']).watch;

  assert.equal((await desk.poll()).gone.length, 1);
});

const BAD: readonly [string, number, Record<string, string>, string, string][] = [
  ['a server error', 500, {}, 'x', 'serverError'],
  ['no such page', 404, {}, '<html>', 'notFound'],
  ['a login', 401, {}, '', 'forbidden'],
  ['a redirect', 302, { location: 'https://evil.example/' }, '', 'refused'],
  ['too many', 429, { 'retry-after': '5' }, '', 'rateLimited'],
  ['a page', 200, {}, '<html>', 'badResponse'],
  ['an object', 200, {}, '{}', 'badResponse'],
  ['the newer error shape', 422, {}, '{"code":612,"message":"no"}', 'refused'],
  ['17 MB', 200, {}, `["${'a'.repeat(17 * 1024 * 1024)}"]`, 'badResponse'],
];

for (const [name, status, headers, body, reason] of BAD) {
  test(`${name} instead of alerts is ${reason}, and no token was sent`, async () => {
    const sent: (string | undefined)[] = [];
    const odd = createServer((request, response) => {
      sent.push(request.headers.authorization);
      response.writeHead(status, headers).end(body);
    });
    await new Promise<void>((resolve) => odd.listen(0, '127.0.0.1', resolve));
    const desk = new Desk(`http://127.0.0.1:${(odd.address() as AddressInfo).port}`, ['a="b"']);

    await assert.rejects(desk.poll(), (error) => error instanceof ServiceError && error.reason === reason);
    assert.deepEqual(sent, [undefined]);
    odd.closeAllConnections();
    await new Promise((resolve) => odd.close(resolve));
  });
}

test('nobody at the address is offline; what is no web address is refused', async () => {
  await assert.rejects(
    new Desk('http://127.0.0.1:1', ['a="b"']).poll(),
    (error) => error instanceof ServiceError && error.reason === 'offline',
  );
  await assert.rejects(
    new Desk('file:///etc/passwd', ['a="b"']).poll(),
    (error) => error instanceof ServiceError && error.reason === 'refused',
  );
});

test('what a peer reported is not closed by an Alertmanager that does not list it', async () => {
  const desk = new Desk(server.origin, ['alertname="OnlyAtThePeer"']);
  const theirs = { ...listedElsewhere(desk), source: 'alertmanager:http://peer.example' };
  desk.known.set(theirs.id, theirs);
  const { changed, gone } = await desk.poll();
  assert.deepEqual([changed, gone], [[], []]);
});

function listedElsewhere({ watch, now }: Desk): Signal {
  const id = 'alertmanager:00c0ffee';
  return signal({ id, service: 'alertmanager', kind: 'alert', watchIds: watch.map((each) => each.id), updatedAt: now });
}

/** An Alertmanager that counts what it is asked, with one alert silenced by `silencedBy`. */
async function startCounting(reply: {
  silencedBy: readonly string[];
  silences: () => { status: number; body: unknown };
}) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0] ?? '';
    asked.push(path);
    const listed = {
      fingerprint: 'ab12',
      labels: { alertname: 'Quiet' },
      annotations: {},
      startsAt: '2026-11-16T09:00:00Z',
      endsAt: '2030-01-01T00:00:00Z',
      status: { state: 'suppressed', silencedBy: reply.silencedBy, inhibitedBy: [] },
    };
    const { status, body } = path.endsWith('/silences') ? reply.silences() : { status: 200, body: [listed] };
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const desk = new Desk(url, ['alertname="Quiet"']);
  const poll = async () => {
    const { changed } = await desk.poll();
    return { changed, asked: asked.splice(0).filter((path) => path.endsWith('/silences')).length };
  };
  return { desk, poll, close: () => void server.close() };
}

test('silences are asked for when an unknown one holds an alert, and when one should have ended', async (t) => {
  const now = Date.now();
  const until = (hours: number) => new Date(now + hours * HOUR).toISOString();
  let silences: unknown[] = [
    { id: 's1', endsAt: until(1), createdBy: 'Kai\u202e ' },
    { id: 's2', endsAt: until(2), createdBy: 7 },
    { id: 'other', endsAt: until(9), createdBy: 'Mika' },
    { id: 's3', endsAt: 'never' },
    null,
  ];
  const { desk, poll, close } = await startCounting({
    silencedBy: ['s1', 's2'],
    silences: () => ({ status: 200, body: silences }),
  });
  t.after(close);
  desk.now = now;
  const first = await poll();
  assert.equal(first.asked, 1);
  assert.deepEqual(
    first.changed.map(({ quietUntil, takenBy }) => [quietUntil, takenBy]),
    [[Date.parse(until(2)), ['Kai']]],
  );
  assert.deepEqual(await poll(), { changed: [], asked: 0 });
  desk.now = now + HOUR;
  silences = [{ id: 's1', endsAt: until(5), createdBy: 'Kai' }, ...silences.slice(1)];
  const extended = await poll();
  assert.deepEqual([extended.asked, extended.changed[0]?.quietUntil], [1, Date.parse(until(5))]);
  assert.deepEqual(await poll(), { changed: [], asked: 0 });
});

test('without its silences an alert is quiet without an end, and is asked about again', async (t) => {
  let status = 500;
  const { poll, close } = await startCounting({
    silencedBy: ['s1'],
    silences: () => ({ status, body: status === 200 ? [{ id: 's1', endsAt: '2029-01-01T00:00:00Z' }] : 'no' }),
  });
  t.after(close);
  const first = await poll();
  assert.deepEqual([first.changed[0]?.state, first.changed[0]?.quietUntil], ['quiet', undefined]);
  assert.deepEqual(await poll(), { changed: [], asked: 1 });
  status = 200;
  assert.equal((await poll()).changed[0]?.quietUntil, Date.UTC(2029, 0, 1));
});
