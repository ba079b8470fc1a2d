import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { layOutDutyHours, workedBetween } from '../../../src/core/dutyHours.ts';
import type { Item } from '../../../src/core/item.ts';
import { type ItemState, stateOf } from '../../../src/core/itemState.ts';
import type { JournalEntry, JournalEvent } from '../../../src/core/journal.ts';
import { projectQueue } from '../../../src/core/queue.ts';
import type { Shift, Team, Watch } from '../../../src/core/team.ts';
import { spentAt, timeSpent } from '../../../src/core/timeboxRun.ts';
import { day, signal, team } from '../../support/build.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const watch: Watch = {
  id: 'place',
  respondWithinMinutes: 600,
  service: 'slack',
  what: 'channel',
  channel: 'place',
  alerts: false,
};

function teamIn(timeZone: string, over: Partial<Team> = {}): Team {
  const people = [{ name: 'Noor', github: 'noor-sample', slack: 'U02NOO', timeZone }];
  return team({ timeZone, people, watch: [watch], ...over });
}

function at(text: string): number {
  return Date.parse(text);
}

/** So that the change falls into the hours: it comes on a Sunday. */
const ALL_WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const changes: readonly [
  zone: string,
  date: string,
  offset: string,
  hours: readonly [string, string],
  worked: number,
][] = [
  ['Europe/Berlin', '2026-03-29', '+01:00', ['01:00', '05:00'], 180],
  ['Europe/Berlin', '2026-10-25', '+02:00', ['01:00', '05:00'], 300],
  ['America/New_York', '2026-03-08', '-05:00', ['01:00', '05:00'], 180],
  ['America/New_York', '2026-11-01', '-04:00', ['00:00', '05:00'], 360],
  ['Australia/Lord_Howe', '2026-10-04', '+10:30', ['01:00', '05:00'], 210],
  ['Australia/Lord_Howe', '2026-04-05', '+11:00', ['01:00', '05:00'], 270],
  ['Asia/Kathmandu', '2026-10-25', '+05:45', ['01:00', '05:00'], 240],
];

for (const [zone, date, offset, [start, end], worked] of changes)
  test(`${start}–${end} of ${date} in ${zone} has ${worked} minutes`, () => {
    const workingHours = { days: ALL_WEEK, start, end, holidays: [] };
    const midnight = at(`${date}T00:00:00${offset}`);
    const hours = layOutDutyHours(teamIn(zone, { workingHours }), midnight);
    assert.equal(workedBetween(hours, midnight, midnight + 20 * HOUR) / MINUTE, worked);
    const holiday = layOutDutyHours(teamIn(zone, { workingHours: { ...workingHours, holidays: [date] } }), midnight);
    assert.equal(workedBetween(holiday, midnight, midnight + 20 * HOUR), 0, 'a holiday has none');
  });

const zones = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe');
/** Five weeks around the changes of the autumn. */
const minutes = fc.integer({ min: 0, max: 30 * 24 * 60 }).map((minute) => at('2026-10-05T00:00:00Z') + minute * MINUTE);

const asked = (from: number): Item => {
  const voices = [{ id: 'rio-sample', name: 'Rio', firstAt: from, lastAt: from }];
  return { id: 'item', signals: [signal({ startedAt: from, updatedAt: from, voices, watchIds: ['place'] })] };
};

/** The first half of the time in Noor's zone, then in Kai's. */
function handedOver(own: string, other: string, change: number): Team {
  const shift = (name: string, from: number, to: number): Shift => ({ name, from, to, shadow: undefined });
  const shifts = [shift('Noor', change - 60 * 24 * HOUR, change), shift('Kai', change, change + 60 * 24 * HOUR)];
  const people = [
    { name: 'Noor', github: 'noor-sample', slack: 'U02NOO', timeZone: own },
    { name: 'Kai', github: 'kai-sample', slack: 'U02KAI', timeZone: other },
  ];
  return team({
    timeZone: 'Europe/Berlin',
    people,
    watch: [watch],
    rotation: { type: 'shifts', shifts, overrides: [] },
  });
}

test('law: what is left never grows, and goes down by just the time that whoever is on duty works', () => {
  fc.assert(
    fc.property(zones, zones, fc.tuple(minutes, minutes, minutes, minutes), (own, other, [change, ...three]) => {
      const ours = handedOver(own, other, change);
      const [from = 0, now = 0, later = 0] = three.toSorted((a, b) => a - b);
      const leftAt = (moment: number): number => {
        const clock = stateOf(asked(from), day({ team: ours, now: moment }))?.clock;
        assert.ok(clock);
        return clock.leftMinutes;
      };
      assert.ok(leftAt(later) <= leftAt(now));
      const worked = workedBetween(layOutDutyHours(ours, now), now, later) / MINUTE;
      assert.equal(leftAt(now) - leftAt(later), worked);
      if (worked === 0) assert.equal(leftAt(now), leftAt(later));
    }),
    { numRuns: 60 },
  );
});

test('law: a span adds up wherever it is cut, also at a shift change', () => {
  fc.assert(
    fc.property(zones, zones, fc.tuple(minutes, minutes, minutes, minutes), (own, other, [change, ...three]) => {
      const [from = 0, cut = 0, to = 0] = three.toSorted((a, b) => a - b);
      const hours = layOutDutyHours(handedOver(own, other, change), at('2026-10-20T00:00:00Z'));
      assert.equal(workedBetween(hours, from, to), workedBetween(hours, from, cut) + workedBetween(hours, cut, to));
      assert.ok(workedBetween(hours, from, to) <= to - from);
    }),
    { numRuns: 60 },
  );
});

function entry(id: string, minute: number, event: JournalEvent, signalIds: readonly string[] = ['a']): JournalEntry {
  return { id, at: minute * MINUTE, signalIds, event };
}

test('law: a timebox that is paused and resumed any number of times is one run of the same length', () => {
  const lengths = fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 900 })), {
    minLength: 1,
    maxLength: 12,
  });
  fc.assert(
    fc.property(lengths, (runs) => {
      const journal: JournalEntry[] = [];
      let [minute, worked] = [0, 0];
      for (const [index, [run, rest]] of runs.entries()) {
        journal.push(
          entry(`run${index}`, minute, index === 0 ? { type: 'started', minutes: 60 } : { type: 'resumed' }),
        );
        journal.push(entry(`rest${index}`, minute + run, { type: 'paused' }));
        minute += run + rest;
        worked += run;
      }
      const span = { from: 0, to: minute * MINUTE };
      const [spent] = timeSpent(journal, span);
      const [whole] = timeSpent(
        [entry('run', 0, { type: 'started', minutes: 60 }), entry('end', worked, { type: 'paused' })],
        span,
      );
      assert.ok(spent && whole);
      assert.equal(spentAt(spent, span.to), spentAt(whole, span.to));
      assert.equal(spentAt(spent, span.to), worked * MINUTE);
    }),
  );
});

const NOW = Date.UTC(2026, 10, 18, 11);
const UNDOABLE: readonly JournalEvent[] = [
  { type: 'claimed' },
  { type: 'released' },
  { type: 'done' },
  { type: 'done', seen: { 'github:a': NOW } },
  { type: 'reopened' },
  { type: 'snoozed', until: { type: 'time', at: NOW + HOUR } },
  { type: 'snoozed', until: { type: 'reply' } },
  { type: 'snoozed', until: { type: 'shiftEnd', at: NOW + HOUR } },
  { type: 'woken' },
  { type: 'prioritised', priority: 'critical' },
  { type: 'noted', text: 'seen before' },
  { type: 'keptInMind', text: 'watch it' },
  { type: 'timeLogged', minutes: 20, reason: 'by hand' },
  { type: 'started', minutes: 30 },
  { type: 'paused' },
  { type: 'checked', watchId: 'place' },
];
const steps = fc.array(
  fc.record({
    event: fc.constantFrom(...UNDOABLE),
    about: fc.constantFrom('github:a', 'github:b', 'github:c'),
    minute: fc.integer({ min: 1, max: 300 }),
  }),
  { minLength: 1, maxLength: 25 },
);

function journalOf(
  list: readonly { readonly event: JournalEvent; readonly about: string; readonly minute: number }[],
): readonly JournalEntry[] {
  const entries = list.map(({ event, about, minute }, index) => ({
    id: `e${index}`,
    at: NOW - minute * MINUTE,
    signalIds: [about],
    event,
  }));
  return entries.toSorted((a, b) => a.at - b.at);
}

/** All that is shown of three items. */
function shown(journal: readonly JournalEntry[]): unknown {
  const items = ['github:a', 'github:b', 'github:c'].map((id) => ({ ...asked(NOW - 6 * HOUR), id }));
  const named = items.map((item) => ({ id: item.id, signals: [{ ...item.signals[0], id: item.id }] }) as const);
  const today = day({ team: teamIn('Europe/Berlin'), journal, now: NOW });
  const states = named.map((item): ItemState | undefined => stateOf(item, today));
  const status = {
    id: 'github',
    service: 'github',
    okAt: NOW,
    failure: undefined,
    skipped: 0,
    failedPlaces: [],
  } as const;
  const queue = projectQueue({ items: named, statuses: [status], day: today, dayMinutes: 480 });
  const spent = timeSpent(journal, { from: 0, to: NOW }).map(({ signalIds, ...time }) => [signalIds.join(), time]);
  return { states, queue, spent: Object.fromEntries(spent) };
}

test('law: whatever is undone, all that is shown is as if it had never been written', () => {
  fc.assert(
    fc.property(steps, fc.nat(), (list, pick) => {
      const journal = journalOf(list);
      const taken = journal[pick % journal.length];
      assert.ok(taken);
      const undone = entry('undo', NOW / MINUTE, { type: 'undone', entryId: taken.id }, taken.signalIds);
      assert.deepEqual(shown([...journal, undone]), shown(journal.filter(({ id }) => id !== taken.id)));
    }),
  );
});

test('law: entries of one moment that are about different items count in whatever order they stand', () => {
  fc.assert(
    fc.property(steps, (list) => {
      const first = new Map(list.map((step) => [step.about, { ...step, minute: 1 }]));
      const journal = journalOf([...first.values()].filter(({ event }) => event.type !== 'started'));
      assert.deepEqual(shown(journal.toReversed()), shown(journal));
    }),
  );
});
