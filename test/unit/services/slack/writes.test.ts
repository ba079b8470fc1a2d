import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Write } from '../../../../src/core/proposal.ts';
import type { Clock } from '../../../../src/services/clock.ts';
import { ServiceError, type Writer } from '../../../../src/services/service.ts';
import { createSlackWriter } from '../../../../src/services/slack/writes.ts';
import { type Answer, type FakeSlack, type Fields, startFakeSlack, ts } from './fakeSlack.ts';

const NOW = Date.UTC(2026, 10, 18, 12);
const ROOT = ts(NOW - 60_000);
const MARKER = '<!-- responder-duty:reply:slack%3AC1%3A1.2 -->';
const REPLY: Write = {
  type: 'replyInThread',
  channel: 'C1',
  threadTs: ROOT,
  markdown: 'Planned as **acme/app#12**',
  marker: MARKER,
};
const POST: Write = {
  type: 'postMessage',
  channel: '#integrations',
  markdown: '# Handoff\n<!channel> all quiet',
  marker: MARKER,
  since: NOW,
};
const LONG = Array.from({ length: 400 }, (_, index) => `- line ${index} ${'x'.repeat(60)}`).join('\n');

/** A channel that keeps what is posted, as Slack gives it back. */
async function startChannel(
  delay: Clock['delay'] = async () => undefined,
): Promise<{ slack: FakeSlack; posted: Record<string, unknown>[]; writer: Writer }> {
  const posted: Record<string, unknown>[] = [];
  const take = (fields: Fields): string => {
    const at = ts(NOW + posted.length);
    const metadata: unknown = JSON.parse(fields['metadata'] ?? '{}');
    posted.push({
      ...fields,
      ts: at,
      metadata: JSON.parse(JSON.stringify(metadata).replaceAll('<', '&lt;').replaceAll('>', '&gt;')),
    });
    return at;
  };
  const slack = await startFakeSlack({
    'chat.postMessage': (fields) => ({ ok: true, ts: take(fields) }),
    'conversations.history': () => ({ ok: true, messages: posted.filter((one) => one['thread_ts'] === undefined) }),
    'conversations.replies': ({ ts: root }) => ({
      ok: true,
      messages: [{ ts: root }, ...posted.filter((one) => one['ts'] === root || one['thread_ts'] === root)],
    }),
  });
  const writer = createSlackWriter({
    token: () => Promise.resolve('xoxb-secret'),
    now: () => NOW,
    log: { debug() {}, info() {}, warn() {}, error() {} },
    apiUrl: slack.apiUrl,
    clock: { delay },
  });
  return { slack, posted, writer };
}

const context = { issue: undefined, abort: new AbortController().signal };

test('a reply goes into the thread, as Markdown, with its marker, unfurling nothing', async () => {
  const { slack, posted, writer } = await startChannel();
  await using _ = slack;
  const { url } = await writer.apply(REPLY, context);

  assert.equal(posted.length, 1);
  assert.equal(posted[0]?.['thread_ts'], ROOT);
  assert.deepEqual(JSON.parse(String(posted[0]?.['blocks'])), [
    { type: 'markdown', text: 'Planned as **acme/app#12**' },
  ]);
  assert.equal(posted[0]?.['unfurl_links'], 'false');
  assert.equal(url, `https://acme.slack.example/archives/C1/p${ts(NOW).replace('.', '')}?thread_ts=${ROOT}&cid=C1`);
});

for (const write of [REPLY, POST]) {
  test(`a ${write.type} whose answer was lost is found again by its marker`, async () => {
    const { slack, posted, writer } = await startChannel();
    await using _ = slack;
    const deliver = slack.methods['chat.postMessage'];
    slack.methods['chat.postMessage'] = (fields) => {
      deliver?.(fields);
      return 'drop';
    };

    assert.equal(await writer.find(write, context), undefined);
    await assert.rejects(
      writer.apply(write, context),
      (error) => error instanceof ServiceError && error.reason === 'offline',
    );
    assert.equal(posted.length, 1, 'the client itself must not try again');
    assert.match((await writer.find(write, context))?.url ?? '', /\/archives\/C1\/p/u);
  });
}

test('a message finds its channel by name and calls nobody', async () => {
  const { slack, posted, writer } = await startChannel();
  await using _ = slack;
  await writer.apply(POST, context);

  assert.equal(posted[0]?.['channel'], 'C1');
  assert.doesNotMatch(`${String(posted[0]?.['text'])}${String(posted[0]?.['blocks'])}`, /<!channel>/u);
});

test('a long message goes on in its thread; after a failure only the missing parts are sent', async () => {
  const { slack, posted, writer } = await startChannel();
  await using _ = slack;
  const write: Write = { ...POST, markdown: LONG } as Write;
  const deliver = slack.methods['chat.postMessage'];
  slack.methods['chat.postMessage'] = (fields) =>
    posted.length === 1 ? { ok: false, error: 'internal_error' } : (deliver?.(fields) ?? 'drop');

  await assert.rejects(writer.apply(write, context));
  assert.equal(await writer.find(write, context), undefined, 'half a message is not done');
  slack.methods['chat.postMessage'] = deliver ?? (() => 'drop');
  const { url } = await writer.apply(write, context);

  assert.deepEqual(
    posted.map((one) => one['thread_ts']),
    [undefined, posted[0]?.['ts'], posted[0]?.['ts']],
  );
  assert.ok(posted.every((one) => String(one['text']).length <= 4000));
  assert.match(url, new RegExp(`p${String(posted[0]?.['ts']).replace('.', '')}$`, 'u'));
  assert.equal((await writer.find(write, context))?.url, url);
});

test('the parts of a long message are a second apart, and who stops waits no longer', async () => {
  const waits: number[] = [];
  const { slack, posted, writer } = await startChannel(async (ms) => void waits.push(ms, posted.length));
  await using _ = slack;
  await writer.apply({ ...POST, markdown: LONG } as Write, context);
  assert.equal(posted.length, 3);
  assert.deepEqual(waits, [1000, 1, 1000, 2]);
  await writer.apply(REPLY, context);
  assert.equal(waits.length, 4, 'a single message waits for nothing');
});

test('a wait between parts ends when it is aborted, and nothing more is sent', async () => {
  const stop = new AbortController();
  const { slack, posted, writer } = await startChannel(async (_, abort) => {
    stop.abort();
    assert.equal(abort.aborted, true);
  });
  await using _ = slack;
  await assert.rejects(writer.apply({ ...POST, markdown: LONG } as Write, { ...context, abort: stop.signal }));
  assert.equal(posted.length, 1);
});

const OTHERS = { ok: true, messages: [{ ts: ts(NOW) }] };

/** One page that says that there is another, which is not to be had now. */
function limited(): (fields: Fields) => Answer {
  return ({ cursor }) =>
    cursor === undefined
      ? { ...OTHERS, response_metadata: { next_cursor: 'two' } }
      : { status: 429, headers: { 'retry-after': '30' }, raw: '' };
}

/** Pages without end. */
function endless(): (fields: Fields) => Answer {
  let page = 0;
  return () => ({ ...OTHERS, response_metadata: { next_cursor: `page ${++page}` } });
}

for (const { what, write, method, answers, reason, retryAt } of [
  { what: 'a channel is read in part', write: POST, answers: limited, reason: 'rateLimited', retryAt: NOW + 30_000 },
  { what: 'a channel is too long', write: POST, answers: endless, reason: 'badResponse', retryAt: undefined },
  { what: 'a thread is read in part', write: REPLY, answers: limited, reason: 'rateLimited', retryAt: NOW + 30_000 },
  { what: 'a thread is too long', write: REPLY, answers: endless, reason: 'badResponse', retryAt: undefined },
].map((row) => ({ ...row, method: row.write === POST ? 'conversations.history' : 'conversations.replies' }))) {
  test(`when ${what}, what was not seen there is not taken for missing`, async () => {
    const { slack, writer } = await startChannel();
    await using _ = slack;
    slack.methods[method] = answers();
    await assert.rejects(writer.find(write, context), { reason, retryAt });
    const long = { ...write, markdown: LONG } as Write;
    await assert.rejects(writer.apply(long, context), { reason });
    assert.equal(slack.count('chat.postMessage'), 0);
  });
}

test('what was seen is found, however much else was not read', async () => {
  const { slack, posted, writer } = await startChannel();
  await using _ = slack;
  await writer.apply(POST, context);
  slack.methods['conversations.history'] = ({ cursor }) =>
    cursor === undefined
      ? { ok: true, messages: posted, response_metadata: { next_cursor: 'two' } }
      : { ok: false, error: 'ratelimited' };
  assert.match((await writer.find(POST, context))?.url ?? '', /\/archives\/C1\/p/u);
});

test("somebody else's message with the same words is not ours", async () => {
  const { slack, posted, writer } = await startChannel();
  await using _ = slack;
  posted.push({
    ts: ts(NOW),
    text: REPLY.markdown,
    thread_ts: ROOT,
    metadata: { event_type: 'other_app', event_payload: { marker: MARKER } },
  });

  assert.equal(await writer.find(REPLY, context), undefined);
});

const REFUSALS: readonly [string, string][] = [
  ['channel_not_found', 'notFound'],
  ['not_in_channel', 'forbidden'],
  ['missing_scope', 'forbidden'],
  ['is_archived', 'refused'],
  ['invalid_blocks', 'refused'],
  ['msg_blocks_too_long', 'refused'],
  ['invalid_auth', 'unauthenticated'],
  ['internal_error', 'serverError'],
  ['ratelimited', 'rateLimited'],
];

for (const [code, reason] of REFUSALS) {
  test(`${code} on a post is ${reason}`, async () => {
    const { slack, writer } = await startChannel();
    await using _ = slack;
    slack.methods['chat.postMessage'] = () => ({ ok: false, error: code });

    await assert.rejects(
      writer.apply(REPLY, context),
      (error) => error instanceof ServiceError && error.reason === reason,
    );
  });
}

test('what is none of its writes is refused', async () => {
  const { slack, writer } = await startChannel();
  await using _ = slack;
  const write: Write = { type: 'commentOnIssue', repository: 'acme/app', number: 1, body: '', marker: '', since: 0 };

  await assert.rejects(
    writer.apply(write, context),
    (error) => error instanceof ServiceError && error.reason === 'refused',
  );
});

const EYES = { type: 'react', channel: 'C1', ts: ROOT, name: 'eyes', remove: false } as const satisfies Write;

for (const { remove, method, already } of [
  { remove: false, method: 'reactions.add', already: 'already_reacted' },
  { remove: true, method: 'reactions.remove', already: 'no_reaction' },
]) {
  test(`${method} is asked once; ${already} is done, any other refusal is not`, async () => {
    const { slack, writer } = await startChannel();
    await using _ = slack;
    const write: Write = { ...EYES, remove };
    assert.equal(await writer.find(write, context), undefined);
    assert.equal(slack.requests.length, 0);
    slack.methods[method] = () => ({ ok: true });
    const { url, warnings } = await writer.apply(write, context);
    assert.equal(url, `https://acme.slack.example/archives/C1/p${ROOT.replace('.', '')}`);
    assert.deepEqual(warnings, []);
    assert.deepEqual(slack.requests.at(-1)?.fields, { channel: 'C1', timestamp: ROOT, name: 'eyes' });
    slack.methods[method] = () => ({ ok: false, error: already });
    await writer.apply(write, context);
    slack.methods[method] = () => ({ ok: false, error: 'message_not_found' });
    await assert.rejects(writer.apply(write, context), { reason: 'notFound' });
    slack.methods[method] = () => ({ ok: false, error: 'missing_scope', needed: 'reactions:write' });
    await assert.rejects(writer.apply(write, context), { reason: 'forbidden' });
  });

  test(`${method} is taken back when it changed something, and only then`, async () => {
    const { slack, writer } = await startChannel();
    await using _ = slack;
    const write: Write = { ...EYES, remove };
    slack.methods[method] = () => ({ ok: true });
    assert.deepEqual((await writer.apply(write, context)).undo, [{ ...write, remove: !remove }]);
    slack.methods[method] = () => ({ ok: false, error: already });
    assert.deepEqual((await writer.apply(write, context)).undo, []);
  });
}

for (const { what, remove, users, begun } of [
  { what: 'is added', remove: false, users: ['U0KAI'], begun: true },
  { what: 'stood before', remove: false, users: ['U0KAI', 'U0ME'], begun: false },
  { what: 'is taken back', remove: true, users: ['U0ME'], begun: true },
  { what: 'was not there', remove: true, users: ['U0KAI'], begun: false },
  { what: 'may not be read', remove: false, users: undefined, begun: false },
]) {
  test(`a reaction that ${what} is ${begun ? '' : 'not '}ours to undo when no answer comes`, async () => {
    const { slack, writer } = await startChannel();
    await using _ = slack;
    slack.methods['conversations.replies'] = () =>
      users === undefined
        ? { ok: false, error: 'missing_scope' }
        : { ok: true, messages: [{ ts: ROOT, reactions: [{ name: 'eyes', users, count: users.length }] }] };
    slack.methods['reactions.add'] = () => 'drop';
    slack.methods['reactions.remove'] = () => 'drop';
    const told: (readonly Write[])[] = [];
    const begins = (undo: readonly Write[]): void => void told.push(undo);
    await assert.rejects(writer.apply({ ...EYES, remove }, { ...context, begins }), { reason: 'offline' });
    assert.deepEqual(told, begun ? [[{ ...EYES, remove: !remove }]] : []);
  });
}

test('what was posted is taken back part by part, the last first, also when it was found', async () => {
  const { slack, posted, writer } = await startChannel();
  await using _ = slack;
  const write: Write = { ...POST, markdown: LONG } as Write;
  const { undo } = await writer.apply(write, context);
  assert.ok(posted.length > 1);
  assert.deepEqual(
    undo,
    posted.toReversed().map((one) => ({ type: 'deleteMessage', channel: 'C1', ts: one['ts'] })),
  );
  assert.deepEqual((await writer.find(write, context))?.undo, undo);
});

const DELETION: Write = { type: 'deleteMessage', channel: 'C1', ts: ts(NOW) };

for (const { what, messages, deletes, reason } of [
  { what: 'of our own', messages: [{ ts: ROOT }, { ts: ts(NOW), user: 'U0ME' }], deletes: 1, reason: undefined },
  { what: 'of somebody else', messages: [{ ts: ts(NOW), user: 'U0KAI' }], deletes: 0, reason: 'forbidden' },
  { what: 'of nobody', messages: [{ ts: ts(NOW) }], deletes: 0, reason: 'forbidden' },
  { what: 'that is gone from its thread', messages: [{ ts: ROOT, user: 'U0ME' }], deletes: 0, reason: undefined },
  { what: 'that is gone', messages: undefined, deletes: 0, reason: undefined },
]) {
  test(`deleting a message ${what} asks Slack ${deletes} times, and is ${reason ?? 'done'}`, async () => {
    const { slack, writer } = await startChannel();
    await using _ = slack;
    slack.methods['conversations.replies'] = () =>
      messages === undefined ? { ok: false, error: 'thread_not_found' } : { ok: true, messages };
    slack.methods['chat.delete'] = () => ({ ok: true });
    if (reason === undefined) assert.deepEqual((await writer.apply(DELETION, context)).undo, []);
    else await assert.rejects(writer.apply(DELETION, context), { reason });
    assert.equal(slack.count('chat.delete'), deletes);
  });
}

test('a message that goes while it is deleted is gone; one that may not be deleted says so', async () => {
  const { slack, writer } = await startChannel();
  await using _ = slack;
  slack.methods['conversations.replies'] = () => ({ ok: true, messages: [{ ts: ts(NOW), user: 'U0ME' }] });
  slack.methods['chat.delete'] = () => ({ ok: false, error: 'message_not_found' });
  await writer.apply(DELETION, context);
  slack.methods['chat.delete'] = () => ({ ok: false, error: 'cant_delete_message' });
  await assert.rejects(writer.apply(DELETION, context), { reason: 'refused' });
});

test('a name that is no emoji is refused before it is sent', async () => {
  const { slack, writer } = await startChannel();
  await using _ = slack;
  await assert.rejects(writer.apply({ ...EYES, name: 'eyes&x=1' }, context), { reason: 'refused' });
  assert.equal(slack.count('reactions.add'), 0);
});
