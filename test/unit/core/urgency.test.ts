import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ItemState } from '../../../src/core/itemState.ts';
import { stateOf } from '../../../src/core/itemState.ts';
import type { Priority } from '../../../src/core/priority.ts';
import type { Signal } from '../../../src/core/signal.ts';
import { FAIR_SHARE, FAIR_WINDOW, fairTopOf, reasonOf, topOf, urgencyOf } from '../../../src/core/urgency.ts';
import { day, signal } from '../../support/build.ts';

const DAY = day();
const HOUR = 3_600_000;

interface More {
  readonly clock?: 'late' | 'warning' | 'running';
  readonly left?: number;
  readonly priority?: Priority;
}

function state(over: Partial<Signal> = {}, more: More = {}) {
  const found = stateOf({ id: 'item', signals: [signal(over)] }, DAY);
  assert.ok(found !== undefined);
  const { clock: clockState, left: leftMinutes = 1 } = more;
  const clock =
    clockState === undefined
      ? undefined
      : { state: clockState, signalId: 'a', startedAt: 0, targetMinutes: 60, leftMinutes, dueAt: undefined };
  return { ...found, clock, record: { ...found.record, priority: more.priority } };
}

test('late comes before soon late, then priority, then the clock or wait in hours and people, then the minute', () => {
  const at = (hours: number) => ({ startedAt: DAY.now - hours * HOUR });
  const order: readonly ItemState[] = [
    state(at(1), { clock: 'late', left: -5, priority: 'high' }),
    // The longest wait is not the latest: another question moved it.
    state(at(1), { clock: 'late', left: -240 }),
    state(at(70), { clock: 'late', left: -30 }),
    state({}, { clock: 'late', left: -9999, priority: 'low' }),
    state(at(1), { clock: 'warning', left: 3, priority: 'low' }),
    state(at(2), { clock: 'warning', left: 20, priority: 'low' }),
    state(at(1), { priority: 'critical' }),
    state(at(1), { clock: 'running', priority: 'high' }),
    state(at(9)),
    state({ ...at(2.2), count: 5 }),
    state(at(2.9)),
    state(at(2.1)),
    state(at(90), { priority: 'low' }),
  ];
  const ranks = order.map((each) => urgencyOf(each, DAY.now));
  assert.deepEqual(
    ranks,
    ranks.toSorted((a, b) => a - b),
  );
  assert.equal(new Set(ranks).size, ranks.length);
});

test('the reason to be next is the first thing in which it differs from what follows', () => {
  const at = (hours: number) => ({ startedAt: DAY.now - hours * HOUR });
  const late = (left: number, priority?: Priority) =>
    state(at(1), { clock: 'late', left, ...(priority && { priority }) });
  const reason = (one: ItemState, next?: ItemState) => {
    if (next !== undefined) assert.ok(urgencyOf(one, DAY.now) <= urgencyOf(next, DAY.now));
    return reasonOf(one, next, DAY.now);
  };
  assert.deepEqual(reason(late(-40), state(at(90))), { code: 'late', minutes: 40 });
  assert.deepEqual(reason(late(-40)), { code: 'late', minutes: 40 });
  assert.deepEqual(reason(late(-40, 'high'), late(-90)), { code: 'priority', priority: 'high' });
  assert.deepEqual(reason(late(-40), late(-90, 'low')), { code: 'priority', priority: undefined });
  assert.deepEqual(reason(late(-90), late(-40)), { code: 'late', minutes: 90 });
  assert.deepEqual(reason(late(-40), late(-40)), { code: 'waiting', at: DAY.now - HOUR });
  assert.deepEqual(reason(state(at(1), { priority: 'critical' })), { code: 'priority', priority: 'critical' });
  assert.deepEqual(reason(state(at(9)), state(at(2))), { code: 'waiting', at: DAY.now - 9 * HOUR });
  assert.deepEqual(reason(state({ ...at(2), count: 5 }), state(at(2))), { code: 'people' });
  assert.equal(reason(state(at(2), { priority: 'low' })).code, 'waiting');
});

test('the first are those of a stable sort, whatever the order they come in', () => {
  const one = state();
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 20 }), { maxLength: 60 }), fc.integer({ min: 1, max: 12 }), (ranks, limit) => {
      const ranked = ranks.map((rank) => ({ rank, state: one }));
      const sorted = ranked.toSorted((a, b) => a.rank - b.rank).slice(0, limit);
      const chosen = topOf(ranked, limit);
      assert.equal(chosen.length, sorted.length);
      chosen.forEach((each, index) => assert.equal(each, sorted[index]));
    }),
  );
});

test('no place fills the top while others wait, nothing is lost, and within a place the order stays', () => {
  const entries = fc.array(fc.record({ place: fc.constantFrom('a', 'a', 'a', 'b', 'c'), rank: fc.nat() }), {
    maxLength: 80,
  });
  fc.assert(
    fc.property(entries, fc.integer({ min: 1, max: 90 }), (all, limit) => {
      const ranked = all.map(({ place, rank }) => ({ rank, state: state({ place }) }));
      const chosen = fairTopOf(ranked, limit);
      assert.equal(new Set(chosen).size, Math.min(limit, all.length));
      for (const place of ['a', 'b', 'c']) {
        const ranks = chosen.filter((each) => each.state.lead.place === place).map(({ rank }) => rank);
        assert.deepEqual(
          ranks,
          ranks.toSorted((x, y) => x - y),
        );
      }
      for (let start = 0; start < chosen.length; start += FAIR_WINDOW)
        for (const place of ['a', 'b', 'c']) {
          const window = chosen.slice(start, start + FAIR_WINDOW);
          const others = chosen.slice(start + FAIR_WINDOW).some((each) => each.state.lead.place !== place);
          if (others) assert.ok(window.filter((each) => each.state.lead.place === place).length <= FAIR_SHARE);
        }
    }),
    { numRuns: 60 },
  );
});
