import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ServiceError } from '../../../../src/services/service.ts';
import { parseIdentity, parseMessages, scanMessage, toMs, toTs } from '../../../../src/services/slack/wire.ts';

const GOOD = { type: 'message', ts: '1700000000.000100', user: 'U1', text: 'hello' };

const BROKEN: readonly [string, unknown][] = [
  ['null', null],
  ['a string', 'message'],
  ['no ts', { ...GOOD, ts: undefined }],
  ['a ts that is a number', { ...GOOD, ts: 1700000000.0001 }],
  ['a ts that is a path', { ...GOOD, ts: '../../1.2' }],
  ['a ts of 10 MB', { ...GOOD, ts: `${'1'.repeat(10_000_000)}.1` }],
];

for (const [name, record] of BROKEN) {
  test(`a message with ${name} is passed over and counted`, () => {
    const page = parseMessages({ ok: true, messages: [record, GOOD] });

    assert.deepEqual(
      page.messages.map(({ ts }) => ts),
      [GOOD.ts],
    );
    assert.equal(page.problems.length, 1);
    assert.ok((page.problems[0]?.length ?? 0) < 200);
  });
}

test('fields of a wrong type are left out, not the message', () => {
  const odd = {
    ...GOOD,
    text: 7,
    user: {},
    thread_ts: 'x',
    reply_count: -3,
    latest_reply: 5,
    edited: 'yes',
    metadata: [],
  };
  const [message] = parseMessages({ messages: [odd] }).messages;

  assert.equal(message?.text, '');
  assert.equal(message?.user, undefined);
  assert.equal(message?.reply_count, 0);
  assert.equal(message?.metadata, undefined);
});

test('a reply without messages is a bad response', () => {
  for (const reply of [undefined, null, [], {}, { messages: {} }]) {
    assert.throws(
      () => parseMessages(reply),
      (error) => error instanceof ServiceError && error.reason === 'badResponse',
    );
  }
});

test('an empty or strange cursor ends the pages', () => {
  for (const next_cursor of ['', 7, null, 'x'.repeat(10_000)]) {
    assert.equal(parseMessages({ messages: [], response_metadata: { next_cursor } }).nextCursor, undefined);
  }
});

test('mentions are found in text, rich text and attachments; typed ones in rich text are only text', () => {
  const { mentioned, urls } = scanMessage({
    text: '<!subteam^S1|@eng> <@U1> <@U2|kai> &lt;@U3&gt; <https://a.example/X|x>',
    blocks: [
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              { type: 'usergroup', usergroup_id: 'S4' },
              { type: 'user', user_id: 'U5' },
              { type: 'text', text: '<@U6>' },
              { type: 'link', url: 'https://b.example/1' },
            ],
          },
        ],
      },
    ],
    attachments: [
      { text: 'for <@U7>', title_link: 'https://c.example/2', author_icon: 'https://pictures.example/i.png' },
    ],
  });

  assert.deepEqual([...mentioned].sort(), ['S1', 'S4', 'U1', 'U2', 'U5', 'U7']);
  assert.deepEqual(urls, ['https://a.example/x', 'https://b.example/1', 'https://c.example/2']);
});

test('a scan ends, however deep or wide what it is given', () => {
  let deep: unknown = 'https://deep.example';
  for (let level = 0; level < 5000; level += 1) deep = [deep];
  const wide = Array.from({ length: 200_000 }, () => ({ text: '<@U1>' }));

  assert.deepEqual(scanMessage({ text: '', blocks: deep, attachments: wide }).mentioned, ['U1']);
  assert.ok(scanMessage({ text: 'https://a.example '.repeat(1_000_000), blocks: undefined, attachments: undefined }));
});

test('no messages whatsoever make the parser fail', () => {
  fc.assert(
    fc.property(fc.array(fc.anything()), (messages) => {
      const page = parseMessages({ messages });
      for (const message of page.messages) scanMessage(message);
      assert.equal(page.messages.length + page.problems.length, messages.length);
    }),
  );
});

test('a ts goes to milliseconds and back', () => {
  assert.equal(toMs('1700000000.123456'), 1_700_000_000_123);
  assert.equal(toTs(1_700_000_000_123), '1700000000.123000');
});

test('an identity needs a web address and plain ids', () => {
  const good = { url: 'https://acme.slack.example/', user: 'noor', user_id: 'U1', team_id: 'T1' };

  assert.equal(parseIdentity(good).origin, 'https://acme.slack.example');
  for (const bad of [{ url: 'javascript:alert(1)' }, { url: 'x' }, { user_id: '../x' }, { team_id: 3 }]) {
    assert.throws(() => parseIdentity({ ...good, ...bad }), ServiceError);
  }
});
