import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Message } from '../../../src/core/conversation.ts';
import type { Item } from '../../../src/core/item.ts';
import type { JournalEntry } from '../../../src/core/journal.ts';
import { projectJournal } from '../../../src/core/journalView.ts';
import { projectTimeline, type TimelineEvent } from '../../../src/core/timeline.ts';
import { signal } from '../../support/build.ts';
import { arbitraryJournal, entry, SIGNALS } from './journalSamples.ts';

const [ISSUE = '', THREAD = ''] = SIGNALS;

function message(at: number, markdown = 'Does it work?'): Message {
  return { author: { id: 'ines-sample', name: 'Ines', isBot: false }, at, markdown, url: undefined };
}

function rows(journal: readonly JournalEntry[]): ReturnType<typeof projectJournal> {
  return projectJournal({ journal, signals: new Map(), canTakeBack: () => false, undoSince: 0 });
}

function timeline(
  item: Item,
  { journal = [], messages = {} }: { journal?: readonly JournalEntry[]; messages?: Record<string, Message[]> } = {},
): readonly TimelineEvent[] {
  const conversations = new Map(Object.entries(messages).map(([id, said]) => [id, { messages: said, skipped: 0 }]));
  return projectTimeline({ item, rows: rows(journal), conversations });
}

function sayAll(events: readonly TimelineEvent[]): readonly string[] {
  return events.map((event) => {
    if (event.type === 'said') return `${event.at} said ${event.message.markdown}`;
    if (event.type === 'spoke') return `${event.at} spoke ${event.who}`;
    return `${event.at} ${event.type === 'did' ? event.row.told.type : event.type}`;
  });
}

test('what was said and what was done stand in one order of time, what came from outside first', () => {
  const item: Item = {
    id: THREAD,
    signals: [
      signal({ id: THREAD, service: 'slack', startedAt: 10, updatedAt: 40, state: 'closed' }),
      signal({ id: ISSUE, startedAt: 30, updatedAt: 30 }),
    ],
  };
  const events = timeline(item, {
    journal: [
      entry('a', 20, { type: 'claimed' }, { signalIds: [THREAD] }),
      entry('other', 20, { type: 'done' }, { signalIds: ['github:acme/app#99'] }),
      entry('b', 30, { type: 'noted', text: 'ask Ines' }, { signalIds: [THREAD, ISSUE] }),
    ],
    messages: { [THREAD]: [message(10, 'Help'), message(35, 'Thanks')] },
  });
  assert.deepEqual(sayAll(events), [
    '10 said Help',
    '20 claimed',
    '30 began',
    '30 noted',
    '35 said Thanks',
    '40 closed',
  ]);
});

test('where what was said could not be read, its beginning and who spoke when are told from what is known', () => {
  const voices = [
    { id: 'a', name: 'Ines', firstAt: 10, lastAt: 50 },
    { id: 'b', name: 'Kai', firstAt: 20, lastAt: 20 },
  ];
  const item: Item = { id: THREAD, signals: [signal({ id: THREAD, startedAt: 10, voices })] };
  assert.deepEqual(sayAll(timeline(item)), ['10 began', '20 spoke Kai', '50 spoke Ines']);
  assert.deepEqual(sayAll(timeline(item, { messages: { [THREAD]: [] } })), sayAll(timeline(item)));
});

test('a message whose time is no time stands where its signal began', () => {
  const item: Item = { id: THREAD, signals: [signal({ id: THREAD, startedAt: 10 })] };
  const messages = {
    [THREAD]: [message(Number.NaN, 'when?'), message(Number.POSITIVE_INFINITY, 'never'), message(12)],
  };
  assert.deepEqual(
    timeline(item, { messages }).map(({ at }) => at),
    [10, 10, 12],
  );
});

test('nothing about the item is lost or doubled, nothing else is there, and the order of time is total', () => {
  const times = fc.oneof(fc.nat(6), fc.constantFrom(Number.NaN, Number.NEGATIVE_INFINITY));
  fc.assert(
    fc.property(arbitraryJournal, fc.array(times), fc.array(times), (journal, first, second) => {
      const item: Item = {
        id: ISSUE,
        signals: [signal({ id: ISSUE, startedAt: 2 }), signal({ id: THREAD, startedAt: 3 })],
      };
      const messages = { [ISSUE]: first.map((at) => message(at)), [THREAD]: second.map((at) => message(at)) };
      const events = timeline(item, { journal, messages });

      const told = events.flatMap((event) => (event.type === 'did' ? event.row.entryIds : []));
      const own = rows(journal).filter(({ signalIds }) => signalIds.includes(ISSUE) || signalIds.includes(THREAD));
      assert.deepEqual(told.toSorted(), own.flatMap(({ entryIds }) => entryIds).toSorted());
      assert.equal(events.filter(({ type }) => type === 'said').length, first.length + second.length);
      const order = events.map(({ at }) => at);
      assert.deepEqual(
        order,
        order.toSorted((a, b) => a - b),
      );
      assert.ok(order.every(Number.isFinite));
    }),
  );
});
