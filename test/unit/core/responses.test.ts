import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DayCache } from '../../../src/core/dayCache.ts';
import type { Item } from '../../../src/core/item.ts';
import { ItemIndex } from '../../../src/core/itemIndex.ts';
import type { JournalEntry, JournalEvent } from '../../../src/core/journal.ts';
import { responseNews } from '../../../src/core/responses.ts';
import type { Signal } from '../../../src/core/signal.ts';
import { ResponseLog } from '../../../src/session/responseLog.ts';
import { day, signal, team } from '../../support/build.ts';

const MINUTE = 60_000;
const { now } = day();
const ours = team({
  watch: [{ id: 'quick', respondWithinMinutes: 60, service: 'slack', what: 'channel', channel: 'a', alerts: false }],
});
const asked = now - 90 * MINUTE;
const rio = { id: 'rio-sample', name: 'Rio', firstAt: asked, lastAt: asked };
const kai = (minutesLater: number) => {
  const at = asked + minutesLater * MINUTE;
  return { id: 'kai-sample', name: 'Kai', firstAt: at, lastAt: at };
};

function item(over: Partial<Signal> = {}): Item {
  return {
    id: 'github:acme/app#1',
    signals: [signal({ watchIds: ['quick'], startedAt: asked, voices: [rio], ...over })],
  };
}

const entry = (at: number, event: JournalEvent): JournalEntry => ({
  id: `${event.type}:${at}`,
  at,
  signalIds: ['github:acme/app#1'],
  event,
});

/** What a log tells, look by look, of an item that changes while the journal keeps what it is told. */
function told(looks: readonly (Item | JournalEntry)[]): readonly JournalEntry[] {
  const journal: JournalEntry[] = [];
  const log = new ResponseLog((each) => journal.push(each));
  let last = item();
  for (const look of looks) {
    if ('event' in look) journal.push(look);
    else last = look;
    const index = { items: () => new Map([[last.id, last]]), itemOf: () => last };
    log.look(index, journal, day({ team: ours, journal }));
  }
  return journal.filter(({ event }) => event.type === 'responded' || event.type === 'undone');
}

test('the first response is kept once: who, when, the target and how long it took', () => {
  const answered = item({ voices: [rio, kai(40)] });
  const again = item({ voices: [rio, { ...kai(40), lastAt: now }] });
  assert.deepEqual(told([item(), answered, again, answered]), [
    {
      id: `responded:github:acme/app#1:${asked + 40 * MINUTE}`,
      at: asked + 40 * MINUTE,
      signalIds: ['github:acme/app#1'],
      event: { type: 'responded', who: 'Kai', startedAt: asked, targetMinutes: 60, tookMinutes: 40 },
    },
  ]);
});

test('an answer that came with the end of the item counts, and one that was missed by a restart', () => {
  for (const looks of [
    [item(), item({ voices: [rio, kai(75)], state: 'closed' })],
    [item({ voices: [rio, kai(75)] })],
  ] as const) {
    const [first, ...others] = told(looks);
    assert.ok(first?.event.type === 'responded' && first.event.tookMinutes > first.event.targetMinutes);
    assert.deepEqual(others, []);
  }
});

test('a 👀 counts from when it was seen, and not when it was always there', () => {
  const taken = item({ takenBy: ['kai-sample'] });
  assert.deepEqual(told([taken]), []);
  const [seen] = told([item(), taken]);
  assert.equal(seen?.at, now);
  assert.equal(seen.event.type === 'responded' && seen.event.tookMinutes, 90);
});

test('a claim that is undone is taken back, and a later answer is the response', () => {
  const claim = entry(asked + 10 * MINUTE, { type: 'claimed' });
  const undo = entry(asked + 11 * MINUTE, { type: 'undone', entryId: claim.id });
  const events = told([item(), claim, undo, item({ voices: [rio, kai(40)] })]);
  assert.deepEqual(
    events.map(({ event }) => (event.type === 'responded' ? `${event.who} ${event.tookMinutes}` : event.type)),
    ['Noor 10', 'undone', 'undone', 'Kai 40'],
  );
});

test('an alert that fires again has a clock of its own', () => {
  const alert = { kind: 'alert', service: 'alertmanager', author: undefined, voices: [] } as const;
  const claim = entry(asked + 10 * MINUTE, { type: 'claimed' });
  const release = entry(asked + 20 * MINUTE, { type: 'released' });
  const refired = { ...alert, startedAt: asked + 30 * MINUTE };
  const second = entry(asked + 50 * MINUTE, { type: 'claimed' });
  const took = told([item(alert), claim, item({ ...alert, state: 'closed' }), release, item(refired), second]);
  assert.deepEqual(
    took.map(({ event }) => event.type === 'responded' && event.tookMinutes),
    [10, 20],
  );
});

test('only items that are new, and those that something was written about, are looked at', () => {
  const index = new ItemIndex();
  const looked: string[] = [];
  const watched = (id: string): Signal => {
    const each = signal({ id, watchIds: ['quick'], startedAt: asked });
    const voices = (): Signal['voices'] => {
      looked.push(id);
      return [rio];
    };
    return Object.defineProperty({ ...each }, 'voices', { get: voices });
  };
  const journal: JournalEntry[] = [];
  const log = new ResponseLog((each) => journal.push(each));
  const cache = new DayCache();
  const accounts = { github: 'noor-sample', slack: 'U02NOO' };
  const look = (): ReadonlySet<string> => {
    looked.length = 0;
    log.look(index, journal, cache.at({ team: ours, accounts, journal, now }));
    return new Set(looked);
  };
  index.update(['a', 'b', 'c'].map(watched), []);
  assert.deepEqual(look(), new Set(['a', 'b', 'c']));
  assert.deepEqual(look(), new Set());
  index.update([watched('d')], []);
  assert.deepEqual(look(), new Set(['d']));
  const about = (id: string, at: number): JournalEntry => ({ id, at, signalIds: [id], event: { type: 'reopened' } });
  journal.push(about('b', now));
  assert.deepEqual(look(), new Set(['b']));
  journal.unshift(about('c', asked));
  assert.deepEqual(look(), new Set(['c']), 'another window wrote it, and earlier');
});

test('what has no target, and what nobody answered, has no response', () => {
  const today = day({ team: ours });
  assert.deepEqual(responseNews(item({ watchIds: ['other'] }), today, { wasRunning: true }), {
    clock: 'none',
    entries: [],
  });
  assert.deepEqual(responseNews(item(), today, { wasRunning: true }), { clock: 'running', entries: [] });
  assert.deepEqual(responseNews(item({ state: 'closed' }), today, { wasRunning: true }), {
    clock: 'none',
    entries: [],
  });
});
