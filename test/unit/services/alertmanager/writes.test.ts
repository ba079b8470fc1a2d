import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { writeMarker } from '../../../../src/core/marker.ts';
import type { Write } from '../../../../src/core/proposal.ts';
import { createAlertmanagerWriter } from '../../../../src/services/alertmanager/writes.ts';
import type { Writer } from '../../../../src/services/service.ts';
import { startAlertmanager } from '../../../team/alertmanager.ts';

const HOUR = 3_600_000;
const NOTHING = '00000000-0000-4000-8000-000000000000';
const context = { issue: undefined, abort: new AbortController().signal };

const server = await startAlertmanager();
after(() => server.stop());

function writerTo(...urls: readonly string[]): Writer {
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  return createAlertmanagerWriter({ now: () => Date.now(), log, urls: () => urls });
}

function silence(name: string, url = server.origin) {
  const marker = writeMarker('silence', `p:${name}`);
  return {
    type: 'silence',
    url,
    matchers: [
      { name: 'alertname', value: name, isRegex: false, isEqual: true },
      { name: 'team', value: 'integ.*', isRegex: true, isEqual: true },
    ],
    endsAt: Date.now() + HOUR,
    createdBy: 'Noor',
    comment: `Known.\n\n${marker}`,
    marker,
  } as const satisfies Write;
}

interface Listed {
  readonly id: string;
  readonly comment: string;
  readonly createdBy: string;
  readonly matchers: readonly unknown[];
  readonly endsAt: string;
  readonly status: { readonly state: string };
}

async function listed(marker: string): Promise<readonly Listed[]> {
  const reply = await fetch(`${server.origin}/api/v2/silences`);
  return ((await reply.json()) as Listed[]).filter(({ comment }) => comment.includes(marker));
}

test('a silence is made as asked for, found by its marker, and ended again', async () => {
  const writer = writerTo(server.origin);
  const write = silence('SyncLag');
  assert.equal(await writer.find(write, context), undefined);
  const outcome = await writer.apply(write, context);
  const [made, ...more] = await listed(write.marker);
  assert.ok(made !== undefined && more.length === 0);
  assert.deepEqual(
    [made.status.state, made.createdBy, made.comment, Date.parse(made.endsAt)],
    ['active', 'Noor', write.comment, write.endsAt],
  );
  assert.deepEqual(made.matchers, write.matchers);
  assert.equal(outcome.url, `${server.origin}/#/silences/${made.id}`);
  assert.deepEqual(outcome.undo, [{ type: 'expireSilence', url: server.origin, silenceId: made.id }]);
  assert.deepEqual(await writer.find(write, context), outcome);
  const [undo] = outcome.undo;
  assert.ok(undo !== undefined);
  await writer.apply(undo, context);
  assert.equal((await listed(write.marker))[0]?.status.state, 'expired');
  // Again, as after a reply that was lost.
  assert.equal(await writer.find(undo, context), undefined);
  await writer.apply(undo, context);
  assert.deepEqual(await writer.find(write, context), outcome, 'what has ended was made all the same');
});

test('a silence that the server does not know any more has ended', async () => {
  const write: Write = { type: 'expireSilence', url: server.origin, silenceId: NOTHING };
  assert.deepEqual((await writerTo(server.origin).apply(write, context)).undo, []);
});

test('a silence without an end to come is refused before it is sent', async () => {
  for (const endsAt of [Date.now() - 1, 0, Number.NaN, Number.POSITIVE_INFINITY]) {
    const write = { ...silence('NoEnd'), endsAt };
    await assert.rejects(writerTo(server.origin).apply(write, context), { reason: 'refused' });
  }
  assert.deepEqual(await listed(silence('NoEnd').marker), []);
});

test('what the server refuses says why, in one line', async () => {
  const empty = { ...silence('Empty'), matchers: [{ name: 'alertname', value: '', isRegex: false, isEqual: true }] };
  await assert.rejects(writerTo(server.origin).apply(empty, context), (error: Error & { reason?: string }) => {
    assert.equal(error.reason, 'refused');
    assert.match(error.message, /^answered 4\d\d: .*match/u);
    return true;
  });
});

/** A server that answers each request with the same, and remembers what it was asked. */
async function startStub(status: number, text: string, headers: Record<string, string> = {}) {
  const asked: string[] = [];
  const stub = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    response.writeHead(status, headers).end(text);
  });
  await new Promise<void>((resolve) => stub.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(stub.address() as AddressInfo).port}`,
    asked,
    async [Symbol.asyncDispose]() {
      stub.closeAllConnections();
      await new Promise((resolve) => stub.close(resolve));
    },
  };
}

for (const { status, text, reason, said } of [
  { status: 400, text: '"bad matcher"', reason: 'refused', said: 'answered 400: bad matcher' },
  {
    status: 422,
    text: '{"code":602,"message":"endsAt in body is required"}',
    reason: 'refused',
    said: 'answered 422: endsAt in body is required',
  },
  { status: 410, text: '', reason: 'refused', said: 'answered 410: no reason given' },
  { status: 408, text: '', reason: 'serverError', said: 'answered 408: no reason given' },
  { status: 403, text: '', reason: 'forbidden', said: 'answered 403' },
  { status: 503, text: '', reason: 'serverError', said: 'answered 503: no reason given' },
  { status: 500, text: '"oh"', reason: 'serverError', said: 'answered 500: oh' },
  { status: 200, text: '{}', reason: 'badResponse', said: 'Alertmanager does not say what it made' },
  { status: 200, text: '<html>', reason: 'badResponse', said: 'the reply is not JSON' },
]) {
  test(`an answer of ${status} with ${text || 'nothing'} to a silence is ${reason}`, async () => {
    await using stub = await startStub(status, text);
    await assert.rejects(writerTo(stub.url).apply(silence('X', stub.url), context), { reason, message: said });
    assert.equal(stub.asked.length, 1);
  });
}

test('a redirect is not followed, and no token is sent', async () => {
  await using other = await startStub(200, '{"silenceID":"x"}');
  await using stub = await startStub(307, '', { location: `${other.url}/api/v2/silences` });
  await assert.rejects(writerTo(stub.url).apply(silence('X', stub.url), context), { reason: 'refused' });
  assert.deepEqual(other.asked, []);
  assert.deepEqual(stub.asked, ['POST /api/v2/silences undefined']);
});

test('nothing is sent to an Alertmanager that is not watched, whatever a stored proposal says', async () => {
  await using stub = await startStub(200, '[]');
  const writer = writerTo(server.origin, 'ftp://127.0.0.1');
  const expire: Write = { type: 'expireSilence', url: stub.url, silenceId: NOTHING };
  await assert.rejects(writer.apply(silence('X', stub.url), context), { reason: 'refused' });
  await assert.rejects(writer.find(silence('X', stub.url), context), { reason: 'refused' });
  await assert.rejects(writer.apply(expire, context), { reason: 'refused' });
  await assert.rejects(writer.apply(silence('X', 'ftp://127.0.0.1'), context), { reason: 'refused' });
  assert.deepEqual(stub.asked, []);
});

test('what is no id of a silence is in no address', async () => {
  await using stub = await startStub(200, '{}');
  for (const silenceId of ['../silences', '', 'a/b', 'x'.repeat(101)]) {
    const write: Write = { type: 'expireSilence', url: stub.url, silenceId };
    await assert.rejects(writerTo(stub.url).apply(write, context), { reason: 'refused' });
  }
  assert.deepEqual(stub.asked, []);
});
