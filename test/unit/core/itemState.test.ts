import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changes } from '../../../src/core/acts.ts';
import { DayCache } from '../../../src/core/dayCache.ts';
import type { Item } from '../../../src/core/item.ts';
import { recordOf } from '../../../src/core/itemRecord.ts';
import { stateOf } from '../../../src/core/itemState.ts';
import type { JournalEntry, JournalEvent } from '../../../src/core/journal.ts';
import type { Signal } from '../../../src/core/signal.ts';
import type { Watch } from '../../../src/core/team.ts';
import { day, signal, team } from '../../support/build.ts';

const MINUTE = 60_000;
const { now } = day();

function watch(id: string, respondWithinMinutes: number): Watch {
  return { id, respondWithinMinutes, service: 'slack', what: 'channel', channel: id, alerts: false };
}

const today = day({ team: team({ watch: [watch('alerts', 60), watch('questions', 120)] }) });

function alertAndQuestion(askedMinutesAgo: number): Item {
  const at = now - askedMinutesAgo * MINUTE;
  return {
    id: 'item',
    signals: [
      signal({
        id: 'slack:C1:1.0',
        service: 'slack',
        kind: 'thread',
        watchIds: ['questions'],
        startedAt: at,
        voices: [{ id: 'U09RIO', name: 'Rio', firstAt: at, lastAt: at }],
      }),
      signal({
        id: 'alertmanager:a',
        service: 'alertmanager',
        kind: 'alert',
        watchIds: ['alerts'],
        author: undefined,
        startedAt: now - 30 * MINUTE,
      }),
    ],
  };
}

test('the clock and the sentence of an item with several signals are of the same signal', () => {
  const said = (askedMinutesAgo: number) => {
    const { clock, turn } = stateOf(alertAndQuestion(askedMinutesAgo), today) ?? {};
    return [clock?.signalId, clock?.leftMinutes, turn?.turn, turn?.because.code, turn?.because.at];
  };
  assert.deepEqual(said(115), ['slack:C1:1.0', 5, 'us', 'asked', now - 115 * MINUTE]);
  assert.deepEqual(said(45), ['alertmanager:a', 30, 'us', 'firing', now - 30 * MINUTE]);
});

test('what I had claimed and done comes back to all of us with a new word, until I take it up again', () => {
  const entry = (minutes: number, event: JournalEvent): JournalEntry => ({
    id: `e${minutes}`,
    at: now + minutes * MINUTE,
    signalIds: ['github:acme/app#1'],
    event,
  });
  const claimedAndDone = [entry(-50, { type: 'claimed' }), entry(-40, { type: 'done' })];
  const phaseOf = (wroteMinutesAgo: number, journal: readonly JournalEntry[], over: Partial<Signal> = {}) => {
    const at = now - wroteMinutesAgo * MINUTE;
    const voices = [{ id: 'rio-sample', name: 'Rio', firstAt: now - 90 * MINUTE, lastAt: at }];
    const item: Item = { id: 'item', signals: [signal({ voices, updatedAt: at, ...over })] };
    const state = stateOf(item, day({ journal }));
    return [state?.phase, state?.returned?.who, changes(item, recordOf(journal), { type: 'claimed' })];
  };

  assert.deepEqual(phaseOf(60, claimedAndDone).slice(0, 2), ['done', undefined]);
  assert.deepEqual(phaseOf(5, claimedAndDone), ['us', 'Rio', true]);
  // Claiming wrote my name there, and being done does not take it away.
  assert.deepEqual(phaseOf(5, claimedAndDone, { assignees: ['noor-sample'] }), ['us', 'Rio', true]);
  assert.deepEqual(phaseOf(5, claimedAndDone, { assignees: ['kai-sample'] }).slice(0, 2), ['owned', 'Rio']);
  const again = [...claimedAndDone, entry(-1, { type: 'claimed' })];
  assert.deepEqual(phaseOf(5, again), ['inProgress', 'Rio', false]);
  assert.deepEqual(phaseOf(5, [...claimedAndDone, entry(-1, { type: 'reopened' })]).slice(0, 1), ['inProgress']);
});

test('what is kept of an item is what judging it anew finds, at every moment and after every entry', () => {
  const days = new DayCache();
  const accounts = { github: 'noor-sample', slack: 'U02NOO' };
  const ours = team({ watch: [watch('alerts', 60), watch('questions', 120)] });
  const items = [0, 45, 115].map((minutes) => ({ ...alertAndQuestion(minutes), id: `item ${minutes}` }));
  const journal: JournalEntry[] = [];
  const events: readonly JournalEvent[] = [
    { type: 'prioritised', priority: 'high' },
    { type: 'snoozed', until: { type: 'time', at: now + 40 * MINUTE } },
    { type: 'claimed' },
    { type: 'done' },
  ];
  for (let step = 0; step < 40; step += 1) {
    const at = now + step * 13 * MINUTE;
    const event = step % 10 === 5 ? events[Math.floor(step / 10)] : undefined;
    if (event !== undefined) journal.push({ id: `e${step}`, at, signalIds: ['alertmanager:a'], event });
    const input = { team: ours, accounts, journal, now: at };
    const kept = days.at(input);
    for (const item of items) {
      stateOf(item, kept);
      assert.deepEqual(stateOf(item, kept), stateOf(item, new DayCache().at(input)));
    }
  }
});

test('an item that was made anew under its id is judged anew', () => {
  const [before, after] = [alertAndQuestion(0), alertAndQuestion(0)];
  assert.equal(stateOf(before, today)?.item, before);
  assert.equal(stateOf(after, today)?.item, after);
});
