import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, beforeEach, test } from 'node:test';
import type { Signal } from '../../../../src/core/signal.ts';
import type { FeedWatch } from '../../../../src/core/team.ts';
import { createFeedSource } from '../../../../src/services/feed/source.ts';
import { type PollResult, ServiceError } from '../../../../src/services/service.ts';

const NOW = Date.UTC(2026, 10, 16, 12);
const HOUR = 3_600_000;

interface Seen {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly validator: string | undefined;
}

/** What the server answers now, and what it was asked. */
let answer: (request: IncomingMessage, response: ServerResponse) => void;
const seen: Seen[] = [];
const server = createServer((request, response) => {
  seen.push({
    path: request.url ?? '',
    authorization: request.headers.authorization,
    validator: request.headers['if-none-match'],
  });
  answer(request, response);
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
after(() => server.close());
beforeEach(() => {
  seen.length = 0;
});

function json(body: unknown, headers: Readonly<Record<string, string>> = {}): typeof answer {
  return (_, response) =>
    response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

class Desk {
  readonly known = new Map<string, Signal>();
  readonly memory = new Map<string, unknown>();
  now = NOW;
  tokens = new Map<string, string>();
  watch: FeedWatch = {
    id: 'feed:Checks',
    service: 'feed',
    name: 'Checks',
    url: `${origin}/checks`,
    items: undefined,
    fields: {
      id: ['id'],
      title: ['title'],
      url: ['/checks/{id}'],
      state: ['state'],
      assignee: ['who'],
      updatedAt: ['at'],
    },
    closed: ['done'],
    quiet: ['muted'],
    respondWithinMinutes: undefined,
  };

  async poll(): Promise<PollResult> {
    const source = createFeedSource({
      name: 'Checks',
      authorization: async (of) => this.tokens.get(of),
      now: () => this.now,
      log: { debug() {}, info() {}, warn() {}, error() {} },
    });
    const { watch, known, memory } = this;
    const abort = new AbortController().signal;
    const result = await source.poll({ watch: [watch], since: NOW - 48 * HOUR, known, memory, abort });
    for (const signal of result.changed) known.set(signal.id, JSON.parse(JSON.stringify(signal)));
    return result;
  }
}

test('records become alerts that the team holds by name; what is no longer listed is closed, once', async () => {
  const desk = new Desk();
  answer = json([
    { id: 'a', title: 'A' },
    { id: 'b', title: 'B', state: 'muted', who: 'Kai' },
  ]);
  const first = await desk.poll();
  assert.deepEqual(
    first.changed.map(({ id, state, kind, place, url, assignees, watchIds }) => [
      id,
      state,
      kind,
      place,
      url,
      assignees,
      watchIds,
    ]),
    [
      ['feed:Checks/a', 'open', 'alert', 'Checks', `${origin}/checks/a`, [], ['feed:Checks']],
      ['feed:Checks/b', 'quiet', 'alert', 'Checks', `${origin}/checks/b`, ['Kai'], ['feed:Checks']],
    ],
  );

  desk.now += HOUR;
  assert.deepEqual((await desk.poll()).changed, []);

  answer = json([{ id: 'b', title: 'B', state: 'muted', who: 'Kai' }]);
  const [closed, ...others] = (await desk.poll()).changed;
  assert.deepEqual([closed?.id, closed?.state, closed?.updatedAt, others], ['feed:Checks/a', 'closed', desk.now, []]);
  assert.deepEqual((await desk.poll()).changed, []);
});

test('a record says when it changed; where it does not, a change of state is seen', async () => {
  const desk = new Desk();
  answer = json([
    { id: 'a', title: 'A', at: '2026-11-16T08:00:00Z' },
    { id: 'b', title: 'B' },
    { id: 'c', title: 'C', at: '2030-01-01T00:00:00Z' },
  ]);
  await desk.poll();
  desk.now += HOUR;
  answer = json([
    { id: 'a', title: 'A', at: '2026-11-16T09:00:00Z' },
    { id: 'b', title: 'B', state: 'done' },
    { id: 'c', title: 'C', at: '2030-01-01T00:00:00Z' },
  ]);
  await desk.poll();
  const at = (id: string): number | undefined => desk.known.get(`feed:Checks/${id}`)?.updatedAt;
  assert.equal(at('a'), Date.UTC(2026, 10, 16, 9));
  assert.equal(at('b'), desk.now);
  assert.equal(at('c'), desk.now, 'nothing changed in the future');
});

test('a record that cannot be read stays as it was known', async () => {
  const desk = new Desk();
  answer = json([{ id: 'a', title: 'A' }]);
  await desk.poll();
  answer = json([{ id: 'a', title: '' }]);
  const result = await desk.poll();
  assert.deepEqual([result.changed, result.skipped.length], [[], 1]);
});

test('an address that records share is nobody’s name', async () => {
  const desk = new Desk();
  desk.watch = { ...desk.watch, fields: { ...desk.watch.fields, url: ['url'] } };
  answer = json([
    { id: 'a', title: 'A', url: '/board' },
    { id: 'b', title: 'B', url: '/board' },
    { id: 'c', title: 'C', url: '/graph?query=c' },
    { id: 'd', title: 'D', url: '/alerts/d' },
  ]);
  assert.deepEqual(
    (await desk.poll()).changed.map(({ names }) => names),
    [[], [], [], [`${origin}/alerts/d`]],
  );
});

test('an unchanged feed is asked with its validator, and keeps what was skipped', async () => {
  const desk = new Desk();
  answer = json([{ id: 'a', title: 'A' }, {}], { etag: '"1"' });
  await desk.poll();
  answer = (_, response) => response.writeHead(304).end();
  const result = await desk.poll();
  assert.deepEqual([result.changed, result.skipped.length], [[], 1]);
  assert.deepEqual(
    seen.map(({ validator }) => validator),
    [undefined, '"1"'],
  );

  // Another mapping may make other signals of the same answer.
  desk.watch = { ...desk.watch, closed: [] };
  answer = json([], { etag: '"1"' });
  await desk.poll();
  assert.equal(seen.at(-1)?.validator, undefined);
});

test('pages are read on the same origin, not without end, and only a whole list closes what is not in it', async () => {
  const desk = new Desk();
  answer = json([
    { id: 'a', title: 'A' },
    { id: 'z', title: 'Z' },
  ]);
  await desk.poll();
  const page = (link: string, id = 'a'): typeof answer =>
    json([{ id, title: id.toUpperCase() }], { link, etag: '"1"' });

  answer = (request, response) => page('<https://other.example/checks?page=2>; rel="next"')(request, response);
  assert.deepEqual(
    (await desk.poll()).changed.map(({ id, state }) => [id, state]),
    [['feed:Checks/z', 'closed']],
  );

  seen.length = 0;
  let count = 0;
  answer = (request, response) => {
    count += 1;
    page(`</checks?page=${count + 1}>; rel="next"; results="true"`, `p${count}`)(request, response);
  };
  const result = await desk.poll();
  assert.equal(seen.length, 5);
  assert.deepEqual(
    result.changed.map(({ id, state }) => [id, state]),
    ['p1', 'p2', 'p3', 'p4', 'p5'].map((id) => [`feed:Checks/${id}`, 'open']),
  );
  assert.equal(
    seen.slice(1).every(({ validator }) => validator === undefined),
    true,
  );

  seen.length = 0;
  answer = (request, response) =>
    page('<?cursor=0:0:1>; rel="previous"; results="false", <?cursor=0:1:0>; rel="next"; results="false"')(
      request,
      response,
    );
  await desk.poll();
  assert.deepEqual([seen.length, seen[0]?.validator], [1, undefined], 'the validator of one page is none of several');
});

test('a token goes to its own origin, and not along with a redirect', async () => {
  const desk = new Desk();
  desk.tokens.set(origin, 'Bearer secret');
  answer = json([]);
  await desk.poll();
  assert.equal(seen.at(-1)?.authorization, 'Bearer secret');

  desk.tokens = new Map([['https://other.example', 'Bearer secret']]);
  await desk.poll();
  assert.equal(seen.at(-1)?.authorization, undefined);

  desk.tokens.set(origin, 'Bearer secret');
  seen.length = 0;
  answer = (_, response) =>
    response.writeHead(302, { location: `${origin.replace('127.0.0.1', 'localhost')}/thief` }).end();
  await assert.rejects(desk.poll(), { reason: 'refused' });
  assert.equal(seen.length, 1);
});

test('a failure says why, without token, query or body', async () => {
  const desk = new Desk();
  desk.tokens.set(origin, 'Bearer secret');
  desk.watch = { ...desk.watch, url: `${origin}/checks?key=hidden` };
  const cases: readonly [number, string][] = [
    [401, 'unauthenticated'],
    [403, 'forbidden'],
    [404, 'notFound'],
    [410, 'notFound'],
    [429, 'rateLimited'],
    [400, 'refused'],
    [304, 'refused'],
    [500, 'serverError'],
    [503, 'serverError'],
  ];
  for (const [status, reason] of cases) {
    answer = (_, response) => response.writeHead(status, { 'retry-after': '60' }).end('inner secret');
    const error: unknown = await desk.poll().catch((each: unknown) => each);
    assert.ok(error instanceof ServiceError);
    assert.equal(error.reason, reason, String(status));
    assert.doesNotMatch(error.message, /secret|hidden/u);
    if (status === 429) assert.equal(error.retryAt, NOW + 60_000);
  }
  for (const body of ['<html>', '{"a":', '', '{}', 'null', '"list"']) {
    answer = (_, response) => response.writeHead(200).end(body);
    await assert.rejects(desk.poll(), { reason: 'badResponse' });
  }
  answer = (_, response) => {
    response.writeHead(200);
    response.on('error', () => undefined);
    response.end('['.padEnd(17 * 1024 * 1024, ' '));
  };
  await assert.rejects(desk.poll(), { reason: 'badResponse' });
});

test('what a person plans has the record’s own words, and nobody is pinged by them', async () => {
  const desk = new Desk();
  desk.watch = { ...desk.watch, fields: { ...desk.watch.fields, text: ['text'] } };
  answer = json([{ id: 'a', title: 'A', text: '@kai-sample see <!-- #12 --> [x](command:y)' }]);
  const [signal] = (await desk.poll()).changed;
  assert.ok(signal !== undefined);
  const source = createFeedSource({
    name: 'Checks',
    authorization: async () => undefined,
    now: () => NOW,
    log: { debug() {}, info() {}, warn() {}, error() {} },
  });
  const { messages } = await source.readConversation(signal, new AbortController().signal);
  assert.equal(messages.length, 1);
  assert.doesNotMatch(messages[0]?.markdown ?? '', /@kai|<!--|(?<!\\)#12|(?<!\\)\[x/u);
});
