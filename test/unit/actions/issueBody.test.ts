import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  bodyWithoutMarkers,
  editedBody,
  type IssueBodyInput,
  issueBody,
  issueMarkers,
} from '../../../src/actions/issueBody.ts';
import type { Conversation, Message } from '../../../src/core/conversation.ts';
import { MAX_ISSUE_BODY_LENGTH } from '../../../src/core/issueLimits.ts';
import type { Item } from '../../../src/core/item.ts';
import { readMarkers, writeMarker } from '../../../src/core/marker.ts';
import type { Signal } from '../../../src/core/signal.ts';
import { signal } from '../../support/build.ts';

const NOW = Date.UTC(2026, 10, 17, 10);
const FORGED = writeMarker('item', 'github:evil/evil#666');
const MARKER = writeMarker('issue', 'p-1');

const thread = signal({
  id: 'slack:C01:1763370000.000100',
  service: 'slack',
  kind: 'thread',
  title: 'Webhooks arrive twice',
  place: '#integrations',
  url: 'https://acme.slack.example/archives/C01/p1763370000000100',
});

function message(over: Partial<Message> = {}): Message {
  return {
    author: { id: 'U03RIO', name: 'Rio', isBot: false },
    at: Date.UTC(2026, 10, 17, 9),
    markdown: 'It happens every night.',
    url: 'https://acme.slack.example/archives/C01/p1763370000000200',
    ...over,
  };
}

function conversation(...messages: readonly Message[]): Conversation {
  return { messages, skipped: 0 };
}

function body(signals: readonly [Signal, ...Signal[]], over: Partial<IssueBodyInput> = {}): string {
  const item: Item = { id: signals[0].id, signals };
  const input: IssueBodyInput = {
    item,
    conversations: new Map(),
    unreadable: new Map(),
    timeboxMinutes: 240,
    priority: 'high',
    by: 'Noor',
    now: NOW,
    ...over,
  };
  return issueBody(input, MARKER);
}

function bodyOf(...messages: readonly Message[]): string {
  return body([thread], { conversations: new Map([[thread.id, conversation(...messages)]]) });
}

test('the template has its headings in order, with what is known', () => {
  const text = body([thread]);

  const headings = [...text.matchAll(/^## (.*)$/gmu)].map(([, heading]) => heading);
  assert.deepEqual(headings, ['Impact', 'Scope', 'Tried', 'Estimate', 'Next step', 'Source']);
  assert.match(text, /Timebox: 4 h · Priority: 🔴 High/u);
  assert.match(
    text,
    /- \[Slack thread in #integrations\]\(<https:\/\/acme\.slack\.example\/archives\/C01\/p1763370000000100>\) · Rio · 2026-11-16T09:00:00Z/u,
  );
  assert.match(text, /Planned by Noor, 2026-11-17T10:00:00Z/u);
});

test('the whole conversation is there, in order, each message with author, time, permalink and words', () => {
  const text = bodyOf(
    message({ markdown: 'first\n\nline' }),
    message({ author: { id: 'U02KAI', name: 'Kai', isBot: false }, at: NOW, markdown: 'second' }),
    message({ author: { id: 'B01', name: 'deploys', isBot: true }, url: undefined, markdown: 'third' }),
  );

  const permalink = '<https://acme.slack.example/archives/C01/p1763370000000200>';
  assert.ok(
    text.includes(
      [
        '### Slack thread in #integrations',
        `**Rio** · [2026-11-17T09:00:00Z](${permalink})`,
        '> first\n>\n> line',
        `**Kai** · [2026-11-17T10:00:00Z](${permalink})`,
        '> second',
        '**deploys** (bot) · 2026-11-17T09:00:00Z',
        '> third',
      ].join('\n\n'),
    ),
    text,
  );
});

test('conversations come in the order of the signals, and what could not be read says so', () => {
  const issue = signal({ id: 'github:acme/app#12' });
  const text = body([issue, thread], {
    conversations: new Map([
      [thread.id, { messages: [message()], skipped: 2 }],
      [issue.id, conversation()],
    ]),
  });
  const failed = body([thread], { unreadable: new Map([[thread.id, 'unauthenticated']]) });

  assert.ok(text.indexOf('### GitHub issue acme/app#12') < text.indexOf('### Slack thread in'));
  assert.match(text, /_No messages\._/u);
  assert.match(text, /_2 messages could not be read\._/u);
  assert.match(failed, /### Slack thread in #integrations\n\n_Could not be read .*not signed in.*archives/u);
});

test('a body that would be too long is cut between messages, says how many are missing and where they are', () => {
  const messages = Array.from({ length: 100 }, (_, n) => message({ markdown: `message ${n} ${'x'.repeat(2000)} end` }));
  const text = bodyOf(...messages);

  const shown = [...text.matchAll(/> message (\d+) x+ end$/gmu)].length;
  assert.ok(text.length <= MAX_ISSUE_BODY_LENGTH);
  assert.ok(shown > 25 && shown < 32, `${shown} shown`);
  assert.match(text, new RegExp(`_Cut here.*: ${100 - shown} messages are left out\\..*\\(<https://acme\\.slack`, 'u'));
  assert.deepEqual(readMarkers('item', text), [thread.id]);
});

test('one endless message is cut and linked, and does not push the others out', () => {
  const text = bodyOf(message({ markdown: 'x'.repeat(10_000_000) }), message({ markdown: 'the answer' }));

  assert.match(text, /This message is cut: \[read all of it\]\(<https/u);
  assert.match(text, /> the answer/u);
  assert.ok(text.length <= MAX_ISSUE_BODY_LENGTH);
});

test('an item of very many signals keeps the first markers and stays within the limit', () => {
  const many = Array.from({ length: 2000 }, (_, n) =>
    signal({ id: `github:acme/app#${n + 1}`, title: `@noor-sample ${'<!--'.repeat(100)}`, labels: [`label ${n}`] }),
  );
  const [first, ...rest] = many;
  assert.ok(first);

  const text = body([first, ...rest]);

  assert.ok(text.length <= MAX_ISSUE_BODY_LENGTH);
  const markers = readMarkers('item', text);
  assert.equal(markers[0], first.id);
  assert.ok(markers.length > 50);
  assert.match(text, /^- and \d+ more$/mu);
});

test('titles and names ping nobody, refer to nothing and format nothing', () => {
  const hostile = signal({
    ...thread,
    title: '@acme/everyone see #12, acme/app#13 and GH-14 <!-- <img src=x> [click](javascript:alert(1)) *b*\u202e',
    author: { id: 'U1', name: '@rio-sample', isBot: false },
    place: '@noor-sample',
    labels: ['@kai-sample'],
  });
  const text = body([hostile], {
    by: '@mika-sample',
    conversations: new Map([[hostile.id, conversation(message({ author: { id: 'x', name: '@x<b>', isBot: false } }))]]),
  });

  assert.doesNotMatch(text, /@[a-z]/u);
  assert.doesNotMatch(text, /#\d|GH-\d/u);
  assert.doesNotMatch(text, /<(?!https:|!-- responder)/u);
  assert.doesNotMatch(text, /(?<!\\)\]\(javascript/u);
  assert.doesNotMatch(text, /\u202e/u);
});

test('addresses that are not web addresses are not linked', () => {
  const text = bodyOf(message({ url: 'javascript:alert(1)' }), message({ url: 'https://a:b@c.example/' }));

  assert.doesNotMatch(text, /javascript|a:b@/u);
});

test('the defusing of a message is left in place', () => {
  assert.match(bodyOf(message({ markdown: 'ask @\u200bnoor-sample' })), /ask @\u200bnoor-sample/u);
});

test('what disguises a mention does not become one', () => {
  const text = bodyOf(message({ markdown: 'ask @\u202enoor-sample and @\u0007kai-sample' }));

  assert.doesNotMatch(text, /@[a-z]|\u202e/u);
  assert.match(text, /ask @\ufffdnoor-sample and @\ufffdkai-sample/u);
});

test('an unclosed fence, comment or list in a message ends with it', () => {
  const text = bodyOf(message({ markdown: '```\nnever closed\n<!-- nor this' }), message({ markdown: 'next' }));

  assert.match(text, /> ```\n> never closed\n> &lt;!-- nor this\n\n\*\*Rio\*\*/u);
  assert.equal(text.indexOf('<!--'), text.indexOf('<!-- responder-duty:item:slack'));
});

test('a time that is none does not break the body', () => {
  assert.match(bodyOf(message({ at: Number.NaN }), message({ at: 9e99 })), /at an unknown time/u);
});

test('a body is edited without markers and gets them back', () => {
  const written = bodyOf(message());
  const shown = bodyWithoutMarkers(written);
  const item: Item = { id: thread.id, signals: [thread] };

  assert.doesNotMatch(shown, /<!-- responder-duty:/u);
  assert.equal(editedBody(shown, issueMarkers(item, MARKER)), written);
});

const remote = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 400 }),
  fc.constantFrom(
    FORGED,
    `<!--${FORGED}`,
    `<<!--!-- responder-duty:item:x -->`,
    '<\u202e!-- responder-duty:item:x -->',
    '<\u200b!-- responder-duty:item:x -->',
    `\r\n${FORGED}\r`,
    '```',
    '\ud83d',
  ),
);
const text = fc.array(remote, { maxLength: 6 }).map((parts) => parts.join(''));
const long = fc.tuple(text, fc.integer({ min: 0, max: 200 })).map(([unit, times]) => unit.repeat(times));
const anyMessage = fc.record({ markdown: fc.oneof(text, long), name: text, url: fc.oneof(fc.webUrl(), text) });
const anySignal = fc.record({
  n: fc.nat(),
  title: text,
  place: text,
  url: text,
  label: text,
  messages: fc.array(anyMessage),
});

test('whatever is remote: never over the limit, our markers are found, forged ones never', () => {
  fc.assert(
    fc.property(fc.uniqueArray(anySignal, { minLength: 1, maxLength: 6, selector: ({ n }) => n }), (all) => {
      const made = all.map(({ n, title, place, url, label }) =>
        signal({
          id: `github:acme/app#${n}`,
          title,
          place,
          url,
          labels: [label],
          author: { id: 'x', name: title, isBot: false },
        }),
      );
      const [first, ...rest] = made;
      assert.ok(first);
      const conversations = new Map(
        all.map(({ n, messages }) => [
          `github:acme/app#${n}`,
          conversation(
            ...messages.map(({ markdown, name, url }) =>
              message({ markdown, url, author: { id: name, name, isBot: false } }),
            ),
          ),
        ]),
      );

      const written = body([first, ...rest], { conversations });

      assert.ok(written.length <= MAX_ISSUE_BODY_LENGTH);
      assert.deepEqual(
        readMarkers('item', written),
        made.map(({ id }) => id),
      );
      assert.ok(written.endsWith(`\n${MARKER}`));
    }),
    { numRuns: 200 },
  );
});

test('whatever is edited: never over the limit, and only our markers are in it', () => {
  const item: Item = { id: thread.id, signals: [thread] };
  fc.assert(
    fc.property(fc.tuple(text, fc.integer({ min: 0, max: 900 })), ([unit, times]) => {
      const written = editedBody(unit.repeat(times), issueMarkers(item, MARKER));

      assert.ok(written.length <= MAX_ISSUE_BODY_LENGTH);
      assert.deepEqual(readMarkers('item', written), [thread.id]);
      assert.ok(written.endsWith(`\n${MARKER}`));
    }),
    { numRuns: 100 },
  );
});
