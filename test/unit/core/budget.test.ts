import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { budgetAt } from '../../../src/core/budget.ts';
import { ItemIndex } from '../../../src/core/itemIndex.ts';
import type { JournalEntry, JournalEvent } from '../../../src/core/journal.ts';
import type { Shift, Team } from '../../../src/core/team.ts';
import { projectBudget, projectTimebox } from '../../../src/core/timeView.ts';
import { readSnapshot, writeSnapshot } from '../../../src/shared/snapshot.ts';
import { emptyQueue, signal, team, viewOf } from '../../support/build.ts';

const HOUR = 3_600_000;
const monday = Date.UTC(2026, 10, 16, 8); // 09:00 in Berlin
const week = 168 * HOUR;
const A = 'github:acme/app#1';
const B = 'slack:C01:1700000000.000100';

function onDuty(name: string, over: Partial<Team> = {}, shift: Partial<Shift> = {}): Team {
  const shifts = [{ from: monday, to: monday + week, name, shadow: undefined, ...shift }];
  return team({ rotation: { type: 'shifts', shifts, overrides: [] }, ...over });
}

function entry(hours: number, event: JournalEvent, signalIds: readonly string[] = [A]): JournalEntry {
  return { id: `${hours}:${event.type}`, at: monday + hours * HOUR, signalIds, event };
}

const index = new ItemIndex();
index.update(
  [
    signal({ id: A, title: 'Sync stops' }),
    signal({ id: B, service: 'slack', url: 'https://s.example/1', title: 'Which port?' }),
  ],
  [],
);
const itemOf = (id: string) => index.itemOf(id);

function at(hours: number, journal: readonly JournalEntry[], of: Team = onDuty('Noor'), me = 'Noor') {
  const now = monday + hours * HOUR;
  const view = projectBudget({ team: of, journal, me: me === '' ? undefined : me, itemOf, now });
  return view === undefined ? undefined : budgetAt(view, now);
}

test('the budget is the team’s share of the whole shift’s working time', () => {
  assert.equal(at(1, [])?.budgetMs, 4 * HOUR);
  assert.equal(at(1, [], onDuty('Noor', { timebox: { limitMinutes: 120, budgetShare: 0.25 } }))?.budgetMs, 10 * HOUR);
});

test('working time is that of the person on duty: their zone at the ends of the shift, and their holidays', () => {
  // Until Monday 09:00 in Berlin, 08:00 in London; it begins an hour before Mika works.
  assert.equal(at(1, [], onDuty('Mika', {}, { to: monday + week + HOUR }), 'Mika')?.budgetMs, 4 * HOUR);
  assert.equal(at(1, [], onDuty('Noor', {}, { to: monday + week + HOUR }))?.budgetMs, 41 * HOUR * 0.1);
  assert.equal(
    at(1, [], onDuty('Noor', { workingHours: { ...team().workingHours, holidays: ['2026-11-18'] } }))?.budgetMs,
    3.2 * HOUR,
  );
});

test('a shift over the end of summer time has as much working time as any', () => {
  const from = Date.UTC(2026, 9, 19, 7); // 09:00 in Berlin in summer
  const to = Date.UTC(2026, 9, 26, 8); // 09:00 in winter
  const view = projectBudget({ team: onDuty('Noor', {}, { from, to }), journal: [], me: 'Noor', itemOf, now: from });

  assert.equal(view?.budgetMs, 4 * HOUR);
});

test('timeboxes and logged time of the shift count, by item, longest first', () => {
  const journal = [
    entry(-2, { type: 'started', minutes: 60 }),
    entry(1, { type: 'paused' }),
    entry(2, { type: 'timeLogged', minutes: 90, reason: 'a call' }, [B]),
    entry(3, { type: 'timeLogged', minutes: 12, reason: 'the schedule' }, []),
    entry(4, { type: 'resumed' }),
  ];

  const budget = at(4.5, journal);

  assert.deepEqual(
    budget?.items.map(({ title, ms }) => [title, ms / 60_000]),
    [
      ['Sync stops', 90],
      ['Which port?', 90],
      ['', 12],
    ],
  );
  assert.equal(budget?.spentMs, 192 * 60_000);
});

test('it warns at 80 % and when it is used up, and counts on', () => {
  const used = (minutes: number) => at(5, [entry(1, { type: 'timeLogged', minutes, reason: '' })]);

  assert.deepEqual(
    [191, 192, 239, 240, 300].map((minutes) => used(minutes)?.warn),
    ['none', 'eighty', 'eighty', 'full', 'full'],
  );
  assert.equal(used(300)?.share, 1.25);
});

test('a budget of nothing is used up by anything', () => {
  const none = onDuty('Noor', { timebox: { limitMinutes: 120, budgetShare: 0 } });

  assert.equal(at(1, [], none)?.warn, 'none');
  assert.equal(at(2, [entry(1, { type: 'timeLogged', minutes: 1, reason: '' })], none)?.warn, 'full');
});

test('there is none in a gap or while somebody else is on duty; nor while it is not known who I am', () => {
  assert.equal(at(-1, []), undefined);
  assert.equal(at(1, [], onDuty('Kai')), undefined);
  assert.equal(at(1, [], onDuty('Kai'), ''), undefined);
});

test('what runs on after the shift is not of its budget', () => {
  const journal = [entry(167, { type: 'started', minutes: 60 })];
  const view = projectBudget({ team: onDuty('Noor'), journal, me: 'Noor', itemOf, now: monday + 167.5 * HOUR });
  assert.ok(view !== undefined);

  assert.equal(budgetAt(view, monday + week + 5 * HOUR).spentMs, HOUR);
});

test('an item that is no longer reported goes by its issue, or by its signal', () => {
  const gone = ['github:acme/old#3'];
  const started = entry(1, { type: 'started', minutes: 30 }, gone);
  const input = { team: onDuty('Noor'), me: 'Noor', itemOf, now: monday + 2 * HOUR };

  assert.deepEqual(
    [projectTimebox({ ...input, journal: [started] })].map((box) => [box?.itemId, box?.title]),
    [[undefined, 'acme/old#3']],
  );
  const converted = entry(
    2,
    {
      type: 'converted',
      repository: 'acme/app',
      number: 9,
      url: 'https://github.example/acme/app/issues/9',
      title: 'Old sync',
      timeboxMinutes: 240,
      priority: 'low',
    },
    gone,
  );
  assert.deepEqual(
    at(3, [started, converted])?.items.map(({ title }) => title),
    ['Old sync'],
  );
});

test('two signals that became one item are one line of the budget', () => {
  const both = new ItemIndex();
  both.update(
    [signal({ id: A, names: ['https://x.example/1'] }), signal({ id: B, mentions: ['https://x.example/1'] })],
    [],
  );
  const journal = [
    entry(1, { type: 'timeLogged', minutes: 10, reason: '' }, [A]),
    entry(2, { type: 'timeLogged', minutes: 5, reason: '' }, [B]),
  ];
  const view = projectBudget({
    team: onDuty('Noor'),
    journal,
    me: 'Noor',
    itemOf: (id) => both.itemOf(id),
    now: monday + 3 * HOUR,
  });

  assert.deepEqual(
    view?.items.map(({ closedMs }) => closedMs / 60_000),
    [15],
  );
});

test('timebox and budget are part of the first paint of the next start', () => {
  const input = { team: onDuty('Noor'), me: 'Noor', itemOf, now: monday + 2 * HOUR };
  const journal = [entry(1, { type: 'started', minutes: 30 })];
  const view = {
    ...viewOf(emptyQueue),
    timebox: projectTimebox({ ...input, journal }),
    budget: projectBudget({ ...input, journal }),
  };

  assert.deepEqual(readSnapshot(writeSnapshot(view))?.timebox, view.timebox);
  assert.deepEqual(readSnapshot(writeSnapshot(view))?.budget, view.budget);
});

test('law: the share grows with what is logged, and the items add up to the whole', () => {
  const minutes = fc.array(fc.tuple(fc.integer({ min: -60, max: 120 }), fc.constantFrom(A, B)), { maxLength: 12 });
  fc.assert(
    fc.property(minutes, (logs) => {
      const journal = logs.map(([count, id], hour) =>
        entry(hour + 1, { type: 'timeLogged', minutes: count, reason: '' }, [id]),
      );
      const budget = at(30, journal);
      assert.ok(budget !== undefined && budget.spentMs >= 0);
      assert.equal(
        budget.items.reduce((sum, { ms }) => sum + ms, 0),
        budget.spentMs,
      );
      assert.equal(budget.share, budget.spentMs / budget.budgetMs);
    }),
  );
});
