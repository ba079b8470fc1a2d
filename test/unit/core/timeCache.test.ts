import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { JournalEntry, JournalEvent } from '../../../src/core/journal.ts';
import { TimeCache } from '../../../src/core/timeCache.ts';
import { projectBudget, projectTimebox } from '../../../src/core/timeView.ts';
import { team } from '../../support/build.ts';

const monday = Date.UTC(2026, 10, 16, 8);
const HOUR = 3_600_000;
const shifts = [{ from: monday, to: monday + 168 * HOUR, name: 'Noor', shadow: undefined }];
const of = team({ rotation: { type: 'shifts', shifts, overrides: [] } });

const anEvent: fc.Arbitrary<JournalEvent> = fc.oneof(
  fc.constantFrom<JournalEvent>({ type: 'paused' }, { type: 'resumed' }, { type: 'stopped' }, { type: 'done' }),
  fc.constantFrom(15, 30).map((minutes): JournalEvent => ({ type: 'started', minutes })),
);

test('whatever is appended, it says what playing the whole journal says', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anEvent, fc.constantFrom('a', 'b'), fc.nat(90))), (acts) => {
      const journal: JournalEntry[] = [];
      const cache = new TimeCache();
      let now = monday;
      for (const [event, signalId, minutes] of acts) {
        now += minutes * 60_000;
        journal.push({ id: `e${journal.length}`, at: now, signalIds: [signalId], event });
        const input = { team: of, journal, me: 'Noor', itemOf: () => undefined, now };
        assert.deepEqual(cache.timebox(input), projectTimebox(input));
        assert.deepEqual(cache.budget(input), projectBudget(input));
      }
    }),
  );
});

test('a view that changed nothing plays no journal again', () => {
  let read = 0;
  const event: JournalEvent = { type: 'started', minutes: 30 };
  const entry: JournalEntry = {
    id: 'e1',
    at: monday,
    signalIds: ['a'],
    get event() {
      read += 1;
      return event;
    },
  };
  const cache = new TimeCache();
  const input = { team: of, journal: [entry], me: 'Noor', itemOf: () => undefined, now: monday };
  cache.timebox({ ...input, itemOf: undefinedItem });
  const once = read;
  const item = { id: 'a', signals: [{ id: 'a', title: 'Sync stops' }] } as never;
  cache.timebox({ ...input, itemOf: () => item, now: monday + HOUR });

  assert.ok(once > 0);
  assert.equal(read, once);
});

function undefinedItem(): undefined {
  return undefined;
}
