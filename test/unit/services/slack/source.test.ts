import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeMarker } from '../../../../src/core/marker.ts';
import type { Signal } from '../../../../src/core/signal.ts';
import type { SlackWatch } from '../../../../src/core/team.ts';
import { type PollResult, ServiceError, type Source } from '../../../../src/services/service.ts';
import { createSlackSource } from '../../../../src/services/slack/source.ts';
import { type FakeSlack, startFakeSlack, ts } from './fakeSlack.ts';

const NOW = Date.UTC(2026, 10, 18, 12);
const HOUR = 3_600_000;
const SINCE = NOW - 48 * HOUR;

const INTEGRATIONS: SlackWatch = channel('integrations');
const ALERTS: SlackWatch = { ...channel('alerts'), alerts: true } as SlackWatch;
const TEAM: SlackWatch = {
  ...INTEGRATIONS,
  id: 'slack:mention:integrations-team',
  what: 'mention',
  handle: '@integrations-team',
};

function channel(name: string): SlackWatch {
  return {
    id: `slack:channel:${name}`,
    service: 'slack',
    what: 'channel',
    channel: name,
    alerts: false,
    respondWithinMinutes: undefined,
  };
}

/** A source with its memory and what it reported. */
class Desk {
  readonly memory = new Map<string, unknown>();
  readonly lines: string[] = [];
  known = new Map<string, Signal>();
  now = NOW;
  since = SINCE;
  watch: readonly SlackWatch[] = [INTEGRATIONS, ALERTS, TEAM];
  readonly source: Source;

  constructor(slack: FakeSlack, token: string | undefined = 'xoxb-secret') {
    const log = (line: string): void => void this.lines.push(line);
    this.source = createSlackSource({
      token: () => Promise.resolve(token),
      now: () => this.now,
      log: { debug: log, info: log, warn: log, error: log },
      apiUrl: slack.apiUrl,
    });
  }

  async poll(abort = new AbortController().signal): Promise<PollResult> {
    const { watch, since, known, memory } = this;
    const result = await this.source.poll({ watch, since, known, memory, abort });
    this.known = new Map(known);
    for (const id of result.gone) this.known.delete(id);
    // As the store gives them back.
    for (const signal of result.changed) this.known.set(signal.id, JSON.parse(JSON.stringify(signal)));
    return result;
  }
}

function message(hoursAgo: number, text: string, more: object = {}): Record<string, unknown> & { ts: string } {
  return { type: 'message', ts: ts(NOW - hoursAgo * HOUR), user: 'U0KAI', text, ...more };
}

function thread(root: Record<string, unknown> & { ts: string }, replies: readonly { ts: string }[]): object {
  return { ...root, thread_ts: root.ts, reply_count: replies.length, latest_reply: replies.at(-1)?.ts };
}

function inChannel(id: string, messages: readonly object[]) {
  return ({ channel: asked }: Readonly<Record<string, string>>): object => ({
    ok: true,
    messages: asked === id ? messages : [],
  });
}

const isReason = (reason: string) => (error: unknown) => error instanceof ServiceError && error.reason === reason;

test('a message of a watched channel is a signal with its permalink, its author and its links', async () => {
  const root = message(3, '*Sync stops*\nsee <https://github.example/acme/app/issues/7|#7>');
  await using slack = await startFakeSlack({ 'conversations.history': inChannel('C1', [root]) });
  const { changed } = await new Desk(slack).poll();

  const permalink = `https://acme.slack.example/archives/C1/p${root.ts.replace('.', '')}`;
  assert.deepEqual(changed, [
    {
      id: `slack:C1:${root.ts}`,
      service: 'slack',
      source: 'slack',
      kind: 'thread',
      state: 'open',
      title: 'Sync stops',
      excerpt: 'Sync stops\nsee #7',
      url: permalink,
      place: '#integrations',
      watchIds: ['slack:channel:integrations'],
      reasons: ['channel'],
      author: { id: 'U0KAI', name: 'Kai', isBot: false },
      assignees: [],
      labels: [],
      startedAt: NOW - 3 * HOUR,
      updatedAt: NOW - 3 * HOUR,
      replies: 0,
      count: 1,
      names: [permalink.toLowerCase()],
      mentions: ['https://github.example/acme/app/issues/7'],
      markers: [],
      links: [],
      voices: [{ id: 'U0KAI', name: 'Kai', firstAt: NOW - 3 * HOUR, lastAt: NOW - 3 * HOUR }],
      takenBy: [],
      quietUntil: undefined,
    } satisfies Signal,
  ]);
});

test('an unchanged cycle asks for each channel once and changes nothing', async () => {
  const root = message(3, 'hi');
  const reply = message(2, 'for <!subteam^S0TEAM>', { thread_ts: root.ts });
  await using slack = await startFakeSlack({
    'conversations.history': inChannel('C1', [thread(root, [reply])]),
    'conversations.replies': () => ({ ok: true, messages: [thread(root, [reply]), reply] }),
  });
  const desk = new Desk(slack);
  await desk.poll();
  const before = slack.requests.length;
  const memory = JSON.stringify([...desk.memory]);
  const second = await desk.poll();

  assert.deepEqual([second.changed, second.gone], [[], []]);
  assert.deepEqual(
    slack.requests.slice(before).map(({ method }) => method),
    ['conversations.history', 'conversations.history'],
  );
  assert.equal(JSON.stringify([...desk.memory]), memory);
});

test('a new reply in an old thread is noticed, and only that thread is read', async () => {
  const old = message(40, 'old');
  const other = message(30, 'other');
  const reply = message(1, '<!subteam^S0TEAM> please', { thread_ts: old.ts });
  const replies = [message(29, 'r', { thread_ts: other.ts })];
  let history: object[] = [thread(other, replies), old];
  await using slack = await startFakeSlack({
    'conversations.history': (fields) => inChannel('C1', history)(fields),
    'conversations.replies': ({ ts: root }) => ({
      ok: true,
      messages: root === old.ts ? [thread(old, [reply]), reply] : [thread(other, replies), ...replies],
    }),
  });
  const desk = new Desk(slack);
  await desk.poll();
  assert.equal(slack.count('conversations.replies'), 1);

  history = [thread(other, replies), thread(old, [reply])];
  const { changed } = await desk.poll();

  assert.equal(slack.count('conversations.replies'), 2);
  assert.equal(changed.length, 1);
  assert.deepEqual(
    [changed[0]?.kind, changed[0]?.reasons, changed[0]?.replies, changed[0]?.updatedAt],
    ['mention', ['channel', 'teamMention'], 1, NOW - HOUR],
  );
});

test('bots in an alert channel are alerts, people there are threads', async () => {
  const bot = message(3, '', {
    user: undefined,
    bot_id: 'B1',
    subtype: 'bot_message',
    username: 'am',
    attachments: [{ title: '[FIRING:1] Disk', fallback: 'f' }],
  });
  const modern = message(2, 'db1 <!subteam^S0TEAM>', { user: 'U0BOT', bot_id: 'B2' });
  const person = message(1, 'looking', { user: 'U0MIKA', bot_id: 'B3' });
  await using slack = await startFakeSlack({ 'conversations.history': inChannel('C2', [person, modern, bot]) });
  const { changed } = await new Desk(slack).poll();

  const seen = changed.map(({ title, kind, author, reasons }) => [title, kind, author?.isBot, reasons.join(' ')]);
  seen.sort(([a], [b]) => String(a).localeCompare(String(b)));
  assert.deepEqual(seen, [
    ['[FIRING:1] Disk', 'alert', true, 'alertChannel'],
    ['db1 @integrations-team', 'alert', true, 'alertChannel teamMention'],
    ['looking', 'thread', false, 'channel'],
  ]);
});

test('joins, topics, deleted roots, replies sent to the channel and our own handoffs are neither signals nor errors', async () => {
  const metadata = { event_type: 'responder_duty', event_payload: { marker: writeMarker('handoff', '1') } };
  await using slack = await startFakeSlack({
    'conversations.history': inChannel('C1', [
      message(1, 'joined', { subtype: 'channel_join' }),
      message(2, 'topic', { subtype: 'channel_topic' }),
      message(3, 'gone', { subtype: 'tombstone' }),
      message(4, 'handoff', { metadata }),
      message(5, 'real'),
      message(4, 'also', { subtype: 'thread_broadcast', thread_ts: ts(NOW - 5 * HOUR) }),
    ]),
  });
  const { changed, skipped } = await new Desk(slack).poll();

  assert.deepEqual(
    changed.map(({ title }) => title),
    ['real'],
  );
  assert.deepEqual(skipped, []);
});

for (const kind of ['reply', 'loop'])
  test(`the marker in a reply of ours is on the signal: ${kind}`, async () => {
    const root = message(3, 'hi');
    const ours = message(2, 'issue made', {
      thread_ts: root.ts,
      metadata: { event_type: 'responder_duty', event_payload: { marker: writeMarker(kind, 'alertmanager:abc') } },
    });
    await using slack = await startFakeSlack({
      'conversations.history': inChannel('C1', [thread(root, [ours])]),
      'conversations.replies': () => ({ ok: true, messages: [thread(root, [ours]), ours] }),
    });

    assert.deepEqual((await new Desk(slack).poll()).changed[0]?.markers, ['alertmanager:abc']);
  });

test('what was deleted or left the window is gone; what was only out of reach stays', async () => {
  let messages: object[] = [message(3, 'stays'), message(4, 'deleted'), message(47.5, 'ages')];
  await using slack = await startFakeSlack({ 'conversations.history': (fields) => inChannel('C1', messages)(fields) });
  const desk = new Desk(slack);
  await desk.poll();

  messages = [messages[0] ?? {}];
  desk.since = NOW - 47 * HOUR;
  assert.deepEqual((await desk.poll()).gone.length, 2);

  slack.methods['conversations.history'] = () => ({ ok: false, error: 'not_in_channel' });
  const third = await desk.poll();
  assert.deepEqual(third.gone, []);
  assert.deepEqual(
    third.failedPlaces.map(({ place, reason }) => [place, reason]),
    [
      ['#integrations', 'forbidden'],
      ['#alerts', 'forbidden'],
    ],
  );
});

test('one channel without access does not take down the others, and says what mends it', async () => {
  await using slack = await startFakeSlack({
    'conversations.history': ({ channel: id }) =>
      id === 'C2'
        ? { ok: false, error: 'missing_scope', needed: 'groups:history' }
        : { ok: true, messages: [message(1, 'x')] },
  });
  const { changed, failedPlaces } = await new Desk(slack).poll();

  assert.equal(changed.length, 1);
  assert.match(failedPlaces[0]?.message ?? '', /groups:history/u);
});

test('a name that nobody has is a failed place and is not looked for again at once', async () => {
  await using slack = await startFakeSlack();
  const desk = new Desk(slack);
  desk.watch = [channel('nowhere'), TEAM, { ...TEAM, id: 'm', handle: 'nobody' } as SlackWatch];
  const { failedPlaces } = await desk.poll();
  const before = slack.requests.length;
  await desk.poll();

  assert.deepEqual(
    failedPlaces.map(({ place, reason }) => [place, reason]),
    [
      ['#nowhere', 'notFound'],
      ['@nobody', 'notFound'],
    ],
  );
  assert.equal(slack.requests.length, before);
});

for (const error of ['invalid_auth', 'token_revoked', 'account_inactive']) {
  test(`${error} is unauthenticated`, async () => {
    await using slack = await startFakeSlack({ 'auth.test': () => ({ ok: false, error }) });

    await assert.rejects(new Desk(slack).poll(), isReason('unauthenticated'));
  });
}

test('signed out is unauthenticated, without a request', async () => {
  await using slack = await startFakeSlack();

  await assert.rejects(new Desk(slack, '').poll(), isReason('unauthenticated'));
  assert.equal(slack.requests.length, 0);
});

test('a limit keeps what was read, asks nothing inside the penalty, and begins with the channel that went short', async () => {
  let limited = true;
  await using slack = await startFakeSlack({
    'conversations.history': ({ channel: id }) =>
      id === 'C2' && limited
        ? { status: 429, headers: { 'retry-after': '30' }, raw: '' }
        : { ok: true, messages: [message(1, id ?? '')] },
  });
  const desk = new Desk(slack);
  const first = await desk.poll();
  assert.deepEqual(
    first.changed.map(({ place }) => place),
    ['#integrations'],
  );
  assert.deepEqual(
    first.failedPlaces.map(({ place, reason }) => [place, reason]),
    [['#alerts', 'rateLimited']],
  );
  assert.equal(first.pollAgainAt, NOW + 30_000);

  const before = slack.requests.length;
  await assert.rejects(
    desk.poll(),
    (error) => isReason('rateLimited')(error) && (error as ServiceError).retryAt === NOW + 30_000,
  );
  assert.equal(slack.requests.length, before);

  limited = false;
  desk.now += 31_000;
  await desk.poll();
  assert.equal(slack.requests.at(before)?.fields['channel'], 'C2');
});

test('an endless cursor ends', async () => {
  let page = 0;
  await using slack = await startFakeSlack({
    'conversations.history': () => ({
      ok: true,
      messages: [message(1 + page / 100, 'x')],
      response_metadata: { next_cursor: `c${++page}` },
    }),
    'users.conversations': () => ({ ok: true, channels: [], response_metadata: { next_cursor: `c${++page}` } }),
    'conversations.list': () => ({
      ok: true,
      channels: [{ id: 'C1', name: 'integrations' }],
      response_metadata: { next_cursor: 'c' },
    }),
  });
  const desk = new Desk(slack);
  desk.watch = [INTEGRATIONS];
  await desk.poll();

  assert.ok(slack.requests.length < 60);
});

test('a large channel is read whole now and then, its newest pages in between', async () => {
  const pages = 5;
  await using slack = await startFakeSlack({
    'conversations.history': ({ cursor = '0' }) => {
      const page = Number(cursor);
      const next = page + 1 < pages ? { response_metadata: { next_cursor: String(page + 1) } } : {};
      return { ok: true, messages: [message(1 + page, `p${page}`)], ...next };
    },
  });
  const desk = new Desk(slack);
  desk.watch = [INTEGRATIONS];
  const asked = async (minutes: number): Promise<number> => {
    const before = slack.count('conversations.history');
    desk.now = NOW + minutes * 60_000;
    const { gone } = await desk.poll();
    assert.deepEqual(gone, []);
    return slack.count('conversations.history') - before;
  };

  assert.deepEqual([await asked(0), await asked(1), await asked(2), await asked(11)], [5, 2, 2, 5]);
});

test("a person's token searches for mentions elsewhere, and what only looks like one is left out", async () => {
  const root = message(5, 'ask <!subteam^S0TEAM>');
  const match = (id: string, more: object): object => ({
    ...root,
    channel: { id, name: 'elsewhere' },
    permalink: '',
    ...more,
  });
  await using slack = await startFakeSlack({
    'auth.test': () => ({ ok: true, url: 'https://acme.slack.example/', team_id: 'T1', user_id: 'U0ME', user: 'noor' }),
    'search.messages': () => ({
      ok: true,
      messages: {
        matches: [
          match('C9', {}),
          match('C8', { text: '@integrations-team in words only' }),
          match('C1', {}),
          { ...match('C7', {}), channel: { id: 'C7', name: 'dm', is_mpim: true } },
          match('C6', { ts: ts(SINCE - HOUR) }),
          'nonsense',
        ],
      },
    }),
    'conversations.replies': () => ({ ok: true, messages: [root] }),
  });
  const { changed } = await new Desk(slack).poll();

  assert.deepEqual(
    changed.map(({ id, kind, place }) => [id, kind, place]),
    [[`slack:C9:${root.ts}`, 'mention', '#elsewhere']],
  );
});

test('without the scope to search, the watched channels are enough, and it is said once', async () => {
  await using slack = await startFakeSlack({
    'auth.test': () => ({ ok: true, url: 'https://acme.slack.example/', team_id: 'T1', user_id: 'U0ME', user: 'noor' }),
    'search.messages': () => ({ ok: false, error: 'missing_scope', needed: 'search:read' }),
  });
  const desk = new Desk(slack);
  await desk.poll();
  await desk.poll();

  assert.equal(slack.count('search.messages'), 1);
  assert.equal(desk.lines.filter((line) => line.includes('watched channels only')).length, 1);
});

test('a bad record is counted, and nothing is believed gone because of it', async () => {
  let messages: object[] = [message(1, 'x'), message(2, 'y')];
  await using slack = await startFakeSlack({ 'conversations.history': (fields) => inChannel('C1', messages)(fields) });
  const desk = new Desk(slack);
  await desk.poll();
  messages = [messages[0] ?? {}, { ts: 5 }];
  const { gone, skipped } = await desk.poll();

  assert.deepEqual(gone, []);
  assert.deepEqual(
    skipped.map(({ place }) => place),
    ['#integrations'],
  );
});

test('an abort ends the cycle at once', async () => {
  const abort = new AbortController();
  await using slack = await startFakeSlack({
    'conversations.history': () => {
      abort.abort();
      return { ok: true, messages: [] };
    },
  });

  await assert.rejects(new Desk(slack).poll(abort.signal), { name: 'AbortError' });
  assert.equal(slack.count('conversations.history'), 1);
});

const DAMAGED: readonly [string, object | 'drop', string][] = [
  ['an HTML page', { status: 200, raw: '<html>login</html>' }, 'badResponse'],
  ['null', { status: 200, raw: 'null' }, 'badResponse'],
  ['a number', { status: 200, raw: '7' }, 'badResponse'],
  ['a server error', { status: 503, raw: 'x' }, 'serverError'],
  ['a cut socket', 'drop', 'offline'],
  ['a redirect', { status: 302, headers: { location: 'https://evil.example/' }, raw: '' }, 'offline'],
  ['17 MB', { status: 200, raw: `{"ok":true,"x":"${'a'.repeat(17 * 1024 * 1024)}"}` }, 'badResponse'],
  ['a limit without a time', { status: 429, raw: '' }, 'rateLimited'],
];

for (const [name, answer, reason] of DAMAGED) {
  test(`${name} instead of a reply is ${reason}`, async () => {
    await using slack = await startFakeSlack({ 'auth.test': () => answer as 'drop' });

    await assert.rejects(new Desk(slack).poll(), isReason(reason));
  });
}

test('a token never goes over plain http to another machine, and never into the log', async () => {
  await using slack = await startFakeSlack({ 'conversations.history': () => ({ ok: false, error: 'internal_error' }) });
  const far = createSlackSource({
    token: () => Promise.resolve('xoxb-secret'),
    now: () => NOW,
    log: { debug() {}, info() {}, warn() {}, error() {} },
    apiUrl: 'http://slack.example/api/',
  });
  await assert.rejects(far.account(new AbortController().signal), isReason('refused'));

  const desk = new Desk(slack);
  const error: unknown = await desk.poll().catch((caught: unknown) => caught);
  assert.doesNotMatch(`${desk.lines.join('\n')} ${String(error)} ${JSON.stringify([...desk.memory])}`, /xoxb/u);
});

test('a conversation is the whole thread in order, over all pages, with names and permalinks', async () => {
  const root = message(3, 'hi <@U0MIKA>', {
    files: [{ title: 'trace.log', permalink: 'https://acme.slack.example/files/1' }],
  });
  const first = message(2, 'one', { user: 'U0MIKA', thread_ts: root.ts });
  const second = message(1, 'two', { thread_ts: root.ts });
  await using slack = await startFakeSlack({
    'conversations.history': inChannel('C1', [root]),
    'conversations.replies': ({ cursor }) =>
      cursor === undefined
        ? { ok: true, messages: [root, second], response_metadata: { next_cursor: 'x' } }
        : { ok: true, messages: [root, first, { bad: true }] },
  });
  const desk = new Desk(slack);
  const [signal] = (await desk.poll()).changed;
  assert.ok(signal);
  const { messages, skipped } = await desk.source.readConversation(signal, new AbortController().signal);

  assert.deepEqual(
    messages.map(({ author, at }) => [author.name, at]),
    [
      ['Kai', NOW - 3 * HOUR],
      ['Mika', NOW - 2 * HOUR],
      ['Kai', NOW - HOUR],
    ],
  );
  assert.equal(
    messages[0]?.markdown,
    'hi @&#8203;Mika\n\n📎 [trace.log](https://acme.slack.example/files/1) (needs access to Slack)',
  );
  assert.match(messages[1]?.url ?? '', /\?thread_ts=[\d.]+&cid=C1$/u);
  assert.equal(skipped, 1);
});

test('the account is whose token it is', async () => {
  await using slack = await startFakeSlack();

  assert.deepEqual(await new Desk(slack).source.account(new AbortController().signal), { id: 'U0ME', name: 'noor' });
});

test('people who spoke are voices, who began first; bots and joins are none', async () => {
  const root = message(10, 'who knows?');
  const replies = [
    message(9, 'ping', { user: 'U0BOT', bot_id: 'B2', thread_ts: root.ts }),
    // Sent through an app, by a person all the same.
    message(8, 'me', { user: 'U0MIKA', bot_id: 'B3', thread_ts: root.ts }),
    message(7, 'form', { user: undefined, bot_id: 'B4', subtype: 'bot_message', thread_ts: root.ts }),
    message(6, 'thanks', { thread_ts: root.ts }),
    message(5, 'also here', { user: 'U0RIO', thread_ts: root.ts, subtype: 'thread_broadcast' }),
    message(4, 'joined', { user: 'U0NEW', thread_ts: root.ts, subtype: 'channel_join' }),
    message(3, 'sure', { user: 'U0MIKA', thread_ts: root.ts }),
  ];
  await using slack = await startFakeSlack({
    'conversations.history': inChannel('C1', [thread(root, replies)]),
    'conversations.replies': () => ({ ok: true, messages: [thread(root, replies), ...replies] }),
  });
  const desk = new Desk(slack);
  const { changed } = await desk.poll();
  assert.deepEqual(changed[0]?.voices, [
    { id: 'U0KAI', name: 'Kai', firstAt: NOW - 10 * HOUR, lastAt: NOW - 6 * HOUR },
    { id: 'U0MIKA', name: 'Mika', firstAt: NOW - 8 * HOUR, lastAt: NOW - 3 * HOUR },
    { id: 'U0RIO', name: 'U0RIO', firstAt: NOW - 5 * HOUR, lastAt: NOW - 5 * HOUR },
  ]);
  // They are remembered: an unchanged thread is not read again, and changes nothing.
  assert.deepEqual((await desk.poll()).changed, []);
  assert.equal(slack.count('conversations.replies'), 1);
});

test('who put 👀 on the root took it up; a reaction that comes or goes is a change, and asks for nothing more', async () => {
  const root = message(2, 'broken');
  const eyes = (users: readonly unknown[]) => ({ name: 'eyes', users, count: 9 });
  let reactions: unknown = undefined;
  await using slack = await startFakeSlack({
    'conversations.history': (fields) => inChannel('C1', [{ ...root, reactions }])(fields),
  });
  const desk = new Desk(slack);
  assert.deepEqual((await desk.poll()).changed[0]?.takenBy, []);
  const cases: readonly [unknown, readonly string[] | undefined][] = [
    [[{ name: 'tada', users: ['U0KAI'] }], undefined],
    [
      [{ name: 'tada', users: ['U0KAI'] }, eyes(['U0MIKA', 'U0KAI', 'U0BOT', 'U0MIKA'])],
      ['U0KAI', 'U0MIKA'],
    ],
    [[eyes(['U0KAI', 'U0MIKA'])], undefined],
    [[eyes(['U0MIKA'])], ['U0MIKA']],
    [[{ name: 'eyes', users: 'all' }, null, 7, { name: 'eyes', users: [{}] }], []],
    ['nonsense', undefined],
  ];
  for (const [next, expected] of cases) {
    reactions = next;
    const { changed, skipped } = await desk.poll();
    assert.deepEqual([changed[0]?.takenBy, skipped], [expected, []], JSON.stringify(next));
  }
  assert.equal(slack.count('conversations.replies'), 0);
});

test('what fires and is resolved in an alert channel is one signal, also when its beginning is out of reach', async () => {
  const bot = (hoursAgo: number, text: string) => message(hoursAgo, text, { user: 'U0BOT', bot_id: 'B2' });
  const first = bot(60, '[FIRING:1] Disk');
  let history: object[] = [bot(1, '[FIRING:2] Disk'), first];
  let more = false;
  await using slack = await startFakeSlack({
    // When there is more, the second page is all that a poll between two sweeps reads, and `first` lies beyond it.
    'conversations.history': ({ channel: asked, cursor = '' }) => ({
      ok: true,
      messages: asked !== 'C2' ? [] : more ? (cursor === '' ? history : []) : history,
      ...(more && asked === 'C2' ? { response_metadata: { next_cursor: `${cursor}x` } } : {}),
    }),
  });
  const desk = new Desk(slack);
  const id = `slack:C2:${first.ts}`;
  const seen = async () => {
    const { changed, gone } = await desk.poll();
    return [changed.map((signal) => [signal.id, signal.state, signal.count, signal.names.length]), gone];
  };
  assert.deepEqual(await seen(), [[[id, 'open', 2, 2]], []]);
  assert.deepEqual(await seen(), [[], []]);
  more = true;
  history = [bot(0.5, '[FIRING:2] Disk'), bot(1, '[FIRING:2] Disk')];
  assert.deepEqual(await seen(), [[[id, 'open', 3, 3]], []]);
  assert.deepEqual(await seen(), [[], []]);
  history = [bot(0.2, '[RESOLVED] Disk'), ...history];
  assert.deepEqual(await seen(), [[[id, 'closed', 3, 4]], []]);
  assert.deepEqual(await seen(), [[], []]);
});
