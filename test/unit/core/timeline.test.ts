import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Message } from '../../../src/core/conversation.ts';
import type { Item } from '../../../src/core/item.ts';
import type { JournalEntry } from '../../../src/core/journal.ts';
import { projectJournal } from '../../../src/core/journalView.ts';
import type { SourceDeed, SourceEvent } from '../../../src/core/sourceEvent.ts';
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

interface Told {
  readonly journal?: readonly JournalEntry[];
  readonly messages?: Record<string, Message[]>;
  readonly events?: Record<string, readonly SourceEvent[]>;
  readonly closedAt?: number;
}

function event(at: number, deed: SourceDeed, who: string | undefined = 'kai-sample'): SourceEvent {
  return { at, who, deed, url: undefined };
}

function timeline(
  item: Item,
  { journal = [], messages = {}, events = {}, closedAt }: Told = {},
): readonly TimelineEvent[] {
  const conversations = new Map(
    Object.entries(messages).map(([id, said]) => [id, { messages: said, skipped: 0, closedAt }]),
  );
  return projectTimeline({ item, rows: rows(journal), conversations, events: new Map(Object.entries(events)) });
}

function sayAll(events: readonly TimelineEvent[]): readonly string[] {
  return events.map((event) => {
    if (event.type === 'said') return `${event.at} said ${event.message.markdown}`;
    if (event.type === 'spoke') return `${event.at} spoke ${event.who}`;
    if (event.type === 'happened') return `${event.at} ${event.event.deed.type}`;
    if (event.type === 'closed') return `${event.at} closed${event.isBy ? ' by then' : ''}`;
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
    '40 closed by then',
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

test('what was done at the source stands among what was said and done here; a later word moves no closing', () => {
  const item: Item = { id: ISSUE, signals: [signal({ id: ISSUE, startedAt: 10, updatedAt: 90, state: 'closed' })] };
  const messages = { [ISSUE]: [message(10, 'Help'), message(90, 'Thanks')] };
  const journal = [entry('a', 25, { type: 'claimed' }, { signalIds: [ISSUE] })];
  const events = {
    [ISSUE]: [
      event(20, { type: 'assigned', name: 'noor-sample' }),
      event(30, { type: 'closed' }),
      event(40, { type: 'reopened' }),
      event(50, { type: 'merged' }),
    ],
  };
  const first = ['10 said Help', '20 assigned', '25 claimed', '30 closed', '40 reopened'];
  assert.deepEqual(sayAll(timeline(item, { journal, messages, events })), [...first, '50 merged', '90 said Thanks']);
  assert.deepEqual(
    sayAll(timeline(item, { journal, messages, closedAt: 50 })),
    ['10 said Help', '25 claimed', '50 closed', '90 said Thanks'],
    'without events its record says when',
  );
  const reopened = { [ISSUE]: events[ISSUE]?.slice(0, 3) ?? [] };
  assert.deepEqual(sayAll(timeline(item, { journal, messages, events: reopened, closedAt: 60 })), [
    ...first,
    '60 closed',
    '90 said Thanks',
  ]);
});

test('an incident whose log says that it was resolved is not closed a second time', () => {
  const item: Item = { id: THREAD, signals: [signal({ id: THREAD, startedAt: 10, updatedAt: 30, state: 'closed' })] };
  const resolved: Message = { ...message(20, 'Resolved by Kai.'), deed: { type: 'resolved' } };
  assert.deepEqual(sayAll(timeline(item, { messages: { [THREAD]: [resolved, message(30, 'Fine')] } })), [
    '20 said Resolved by Kai.',
    '30 said Fine',
  ]);
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
    fc.property(arbitraryJournal, fc.array(times), fc.array(times), fc.array(times), (journal, first, second, done) => {
      const item: Item = {
        id: ISSUE,
        signals: [signal({ id: ISSUE, startedAt: 2 }), signal({ id: THREAD, startedAt: 3 })],
      };
      const messages = { [ISSUE]: first.map((at) => message(at)), [THREAD]: second.map((at) => message(at)) };
      const deeds = { [ISSUE]: done.map((at) => event(at, { type: 'reopened' })) };
      const events = timeline(item, { journal, messages, events: deeds });

      const told = events.flatMap((event) => (event.type === 'did' ? event.row.entryIds : []));
      const own = rows(journal).filter(({ signalIds }) => signalIds.includes(ISSUE) || signalIds.includes(THREAD));
      assert.deepEqual(told.toSorted(), own.flatMap(({ entryIds }) => entryIds).toSorted());
      assert.equal(events.filter(({ type }) => type === 'said').length, first.length + second.length);
      assert.equal(events.filter(({ type }) => type === 'happened').length, done.length);
      const order = events.map(({ at }) => at);
      assert.deepEqual(
        order,
        order.toSorted((a, b) => a - b),
      );
      assert.ok(order.every(Number.isFinite));
    }),
  );
});
