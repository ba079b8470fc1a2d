import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changes } from '../../../src/core/acts.ts';
import type { Item } from '../../../src/core/item.ts';
import { recordOf } from '../../../src/core/itemRecord.ts';
import { stateOf } from '../../../src/core/itemState.ts';
import type { JournalEntry, JournalEvent } from '../../../src/core/journal.ts';
import { seeing } from '../../../src/core/seen.ts';
import type { Signal } from '../../../src/core/signal.ts';
import { day, signal } from '../../support/build.ts';

const NOON = Date.UTC(2026, 10, 18, 11);
const SECOND = 1000;

function talk(words: readonly (readonly [id: string, at: number])[], over: Partial<Signal> = {}): Signal {
  const voices = words.map(([id, at]) => ({ id, name: id, firstAt: at, lastAt: at }));
  const updatedAt = Math.max(...words.map(([, at]) => at));
  return signal({ startedAt: NOON - 600 * SECOND, updatedAt, voices, ...over });
}

const itemOf = (...signals: readonly [Signal, ...Signal[]]): Item => ({ id: signals[0].id, signals });

function phaseAfter(known: Item, event: JournalEvent, later: Item): string | undefined {
  const signalIds = known.signals.map(({ id }) => id);
  const entry: JournalEntry = { id: 'a', at: NOON - 30 * SECOND, signalIds, event: seeing(event, known) };
  return stateOf(later, day({ journal: [entry], now: NOON }))?.phase;
}

const known = itemOf(talk([['rio-sample', NOON - 300 * SECOND]]));
/** Said before the deed, and read only after it. */
const unread = [
  ['rio-sample', NOON - 300 * SECOND],
  ['ada-sample', NOON - 40 * SECOND],
] as const;

test('a word that was said before an item was done, and read after, brings it back', () => {
  assert.equal(phaseAfter(known, { type: 'done' }, known), 'done');
  assert.equal(phaseAfter(known, { type: 'done' }, itemOf(talk(unread))), 'us');
});

test('it also ends a snooze until a reply', () => {
  const snooze = { type: 'snoozed', until: { type: 'reply' } } as const;
  assert.equal(phaseAfter(known, snooze, known), 'snoozed');
  assert.equal(phaseAfter(known, snooze, itemOf(talk(unread))), 'us');
});

test('my own word does neither', () => {
  const mine = itemOf(talk([unread[0], ['noor-sample', NOON - 10 * SECOND]]));
  assert.equal(phaseAfter(known, { type: 'done' }, mine), 'done');
});

test('of a signal that joined since, what is newer than all that was there is new', () => {
  const joined = (at: number, author: string): Item =>
    itemOf(
      known.signals[0],
      talk([[author, at]], {
        id: 'github:acme/app#2',
        startedAt: at,
        author: { id: author, name: author, isBot: false },
      }),
    );
  assert.equal(phaseAfter(known, { type: 'done' }, joined(NOON - 40 * SECOND, 'ada-sample')), 'us');
  assert.equal(phaseAfter(known, { type: 'done' }, joined(NOON - 400 * SECOND, 'ada-sample')), 'done');
  assert.equal(phaseAfter(known, { type: 'done' }, joined(NOON - 40 * SECOND, 'noor-sample')), 'done');
});

test('what came back can be done again, once', () => {
  const at = NOON - 30 * SECOND;
  const recordAfter = (item: Item) => recordOf([{ id: 'a', at, signalIds: [], event: seeing({ type: 'done' }, item) }]);
  const later = itemOf(talk(unread));
  assert.equal(changes(known, recordAfter(known), { type: 'done' }), false);
  assert.equal(changes(later, recordAfter(known), { type: 'done' }), true);
  assert.equal(changes(later, recordAfter(later), { type: 'done' }), false);
});

test('what an older version wrote counts all that came before as seen', () => {
  const entry: JournalEntry = { id: 'a', at: NOON - 30 * SECOND, signalIds: [known.id], event: { type: 'done' } };
  assert.equal(stateOf(itemOf(talk(unread)), day({ journal: [entry], now: NOON }))?.phase, 'done');
});
