import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import type { Message } from '../../../../src/core/conversation.ts';
import type { Item } from '../../../../src/core/item.ts';
import type { SourceDeed, SourceEvent } from '../../../../src/core/sourceEvent.ts';
import { projectTimeline } from '../../../../src/core/timeline.ts';
import { signal } from '../../../support/build.ts';
import { fakeVscode } from '../../../support/fakeVscode.ts';
import { entry, SIGNALS, tried } from '../../core/journalSamples.ts';
import { DAY, MINUTE, MONDAY, NOOR, rowsOf } from './journalOf.ts';

fakeVscode();
const { createTeller } = await import('../../../../src/host/journal/words.ts');
const { journalMarkdown, timelineMarkdown } = await import('../../../../src/host/journal/markdown.ts');

const teller = createTeller(NOOR);
const THREAD = SIGNALS[1] ?? '';
const ABOUT = { title: 'Customer behind a proxy', url: 'https://slack.example/p1' };

function message(over: Partial<Message> = {}): Message {
  return { author: { id: 'ines', name: 'Ines', isBot: false }, at: MONDAY, markdown: 'Help', url: undefined, ...over };
}

function timelineOf(messages: readonly Message[], title = ABOUT.title, done: readonly SourceEvent[] = []): string {
  const item: Item = {
    id: THREAD,
    signals: [signal({ id: THREAD, kind: 'thread', place: '#integrations', title, url: ABOUT.url })],
  };
  const rows = rowsOf([
    entry('a', MONDAY + 5 * MINUTE, { type: 'claimed' }, { signalIds: [THREAD] }),
    entry('b', MONDAY + 6 * MINUTE, { type: 'noted', text: 'ask Ines' }, { signalIds: [THREAD] }),
  ]);
  const conversations = new Map([[THREAD, { messages, skipped: 0 }]]);
  const events = projectTimeline({ item, rows, conversations, events: new Map([[THREAD, done]]) });
  return timelineMarkdown({ item, title, events, notes: ['One is missing.'] }, teller);
}

test('the journal stands under its days, newest first, with links, tries and who', () => {
  const rows = rowsOf([
    entry('a', MONDAY, { type: 'noted', text: 'ask Ines' }, { about: ABOUT }),
    entry('b', MONDAY + MINUTE, { type: 'done' }, { about: ABOUT }),
    entry('p#0', MONDAY + DAY, tried('p', { url: 'https://slack.example/p2' }), { about: ABOUT }),
  ]);
  assert.equal(
    journalMarkdown(rows, teller, { heading: 'Journal of Integrations', facts: ['3 entries'] }),
    [
      '# Journal of Integrations',
      '',
      '_3 entries_',
      '',
      '## Tuesday, November 17, 2026',
      '',
      '- **10:00** Reply · [Customer behind a proxy](<https://slack.example/p1>) · Noor · [link](<https://slack.example/p2>)',
      '  - 10:00 Reply in the thread: sent',
      '',
      '## Monday, November 16, 2026',
      '',
      '- **10:01** Done · [Customer behind a proxy](<https://slack.example/p1>) · Noor',
      '- **10:00** Note · [Customer behind a proxy](<https://slack.example/p1>) · Noor',
      '  - ask Ines',
      '',
    ].join('\n'),
  );
});

test('a timeline tells what was said and what was done in one order', () => {
  const text = timelineOf([
    message({ url: 'https://slack.example/p1' }),
    message({ at: MONDAY + 7 * MINUTE, markdown: 'Thanks\n\n**Really**' }),
  ]);
  assert.equal(
    text,
    [
      '# Timeline: Customer behind a proxy',
      '',
      '- Thread · #integrations · [Customer behind a proxy](<https://slack.example/p1>)',
      '',
      '_One is missing._',
      '',
      '## Monday, November 16, 2026',
      '',
      '- **10:00** **Ines** · [link](<https://slack.example/p1>)',
      '',
      '  > Help',
      '',
      '- **10:05** **Noor** · Claimed',
      '',
      '- **10:06** **Noor** · Note',
      '  - ask Ines',
      '',
      '- **10:07** **Ines**',
      '',
      '  > Thanks',
      '  >',
      '  > **Really**',
      '',
    ].join('\n'),
  );
});

test('what was done there is told in words with who and a link; a log’s own words stand below', () => {
  const done = (minutes: number, deed: SourceDeed, over: Partial<SourceEvent> = {}): SourceEvent => ({
    at: MONDAY + minutes * MINUTE,
    who: 'kai-sample',
    deed,
    url: undefined,
    ...over,
  });
  const url = 'https://github.example/acme/app/pull/34';
  const text = timelineOf(
    [
      message({
        author: { id: 'm', name: 'Monitoring', isBot: true },
        deed: { type: 'triggered' },
        markdown: 'By the API.',
      }),
    ],
    ABOUT.title,
    [
      done(1, { type: 'labeled', name: 'bug](command:x)' }),
      done(7, { type: 'mentionedInPull', name: 'acme/app#34 Fix' }, { url }),
      done(8, { type: 'closedNotPlanned' }, { who: undefined }),
    ],
  );
  assert.equal(
    text.slice(text.indexOf('- **10:00**')),
    [
      '- **10:00** **Monitoring** · Triggered',
      '',
      '  > By the API.',
      '',
      '- **10:01** **kai-sample** · Added the label bug\\](command:x)',
      '',
      '- **10:05** **Noor** · Claimed',
      '',
      '- **10:06** **Noor** · Note',
      '  - ask Ines',
      '',
      `- **10:07** **kai-sample** · Mentioned in the pull request acme/app#\u200b34 Fix · [link](<${url}>)`,
      '',
      '- **10:08** Closed as not planned',
      '',
    ].join('\n'),
  );
});

test('nothing that others wrote links by a script or command, hides what follows, or leaves its quotation', () => {
  const bad = [
    '<script>alert(1)</script>',
    '<!-- hidden',
    '```',
    '[x](javascript:alert(1))',
    '[x](command:workbench.action.quit)',
    '# Heading',
    '\u202eevil',
    '\r\n## Next\r- item',
    '> > >',
    '@kai-sample #12',
  ];
  const hostile = fc
    .array(fc.oneof(fc.constantFrom(...bad), fc.string()), { maxLength: 4 })
    .map((all) => all.join(' '));
  const html = new MarkdownIt();
  fc.assert(
    fc.property(hostile, hostile, (said, title) => {
      const deed = { type: 'labeled', name: title } as const;
      const text = timelineOf(
        [message({ markdown: said, author: { id: 'x', name: title, isBot: false }, deed })],
        title,
        [{ at: MONDAY, who: said, deed, url: undefined }],
      );
      assert.ok(!/<!--/u.test(text));
      // No heading but ours, and what was done stands outside of the quotation.
      const tokens = html.parse(text, {});
      const outside = html.render(text.replaceAll(/^ {2}>.*$/gmu, ''));
      assert.equal(tokens.filter(({ type, level }) => type === 'heading_open' && level === 0).length, 2);
      assert.match(outside, /Claimed/u);
      assert.doesNotMatch(outside, /href="(?!https:\/\/slack\.example)|<script|<h1>(?!Timeline)/u);
    }),
  );
});

test('a message of ten million letters is cut', () => {
  assert.ok(timelineOf([message({ markdown: 'a'.repeat(10_000_000) })]).length < 10_000);
});
