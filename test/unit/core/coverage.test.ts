import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checksBetween, projectCoverage, UNSEEN_ROWS, uncheckedDays } from '../../../src/core/coverage.ts';
import { isCheckedToday, uncheckedCount } from '../../../src/core/coverageLine.ts';
import type { Item } from '../../../src/core/item.ts';
import type { JournalEntry, JournalEvent } from '../../../src/core/journal.ts';
import { projectQueue } from '../../../src/core/queue.ts';
import type { Signal } from '../../../src/core/signal.ts';
import type { SourceStatus } from '../../../src/core/sourceStatus.ts';
import type { Team, Watch } from '../../../src/core/team.ts';
import { undoEntries } from '../../../src/core/undo.ts';
import type { CoverageView, PlaceView } from '../../../src/core/view.ts';
import { readSnapshot, writeSnapshot } from '../../../src/shared/snapshot.ts';
import { day, signal, team } from '../../support/build.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Wednesday noon in Berlin. */
const NOON = Date.UTC(2026, 10, 18, 11);
const CHANNEL = 'slack:channel:integrations';
const LABEL = 'github:label:team/integrations';

const channel: Watch = {
  id: CHANNEL,
  service: 'slack',
  what: 'channel',
  channel: 'integrations',
  alerts: false,
  respondWithinMinutes: undefined,
};
const label: Watch = {
  id: LABEL,
  service: 'github',
  what: 'label',
  label: 'team/integrations',
  repositories: ['acme/app', 'acme/docs'],
  respondWithinMinutes: undefined,
};
const watching = team({ watch: [channel, label] });

let entries = 0;

function entry(at: number, event: JournalEvent, signalIds: readonly string[] = []): JournalEntry {
  entries += 1;
  return { id: `entry:${entries}`, at, signalIds, event };
}

function checked(at: number, watchId: string = CHANNEL): JournalEntry {
  return entry(at, { type: 'checked', watchId });
}

/** A message in the channel by somebody who is not on the team. */
function message(id: string, over: Partial<Signal> = {}): Item {
  const at = over.updatedAt ?? NOON - HOUR;
  const base = signal({ id: `slack:${id}`, service: 'slack', source: 'slack', kind: 'thread', watchIds: [CHANNEL] });
  return {
    id: base.id,
    signals: [{ ...base, startedAt: at, updatedAt: at, author: { id: 'U0INES', name: 'Ines', isBot: false }, ...over }],
  };
}

interface Scene {
  readonly team?: Team;
  readonly items?: readonly Item[];
  readonly journal?: readonly JournalEntry[];
  readonly status?: SourceStatus;
  readonly now?: number;
}

function project({ team: of = watching, items = [], journal = [], status, now = NOON }: Scene): CoverageView {
  return projectCoverage({
    team: of,
    items,
    journal,
    day: day({ team: of, journal, now }),
    statusOf: (watch) => (watch.service === 'slack' ? status : undefined),
  });
}

function place(view: CoverageView, id = CHANNEL): PlaceView {
  const found = view.places.find((each) => each.id === id);
  assert.ok(found !== undefined);
  return found;
}

test('every watched place is there, in the order of the team file, by the name that people say', () => {
  const view = project({});

  assert.deepEqual(
    view.places.map(({ name, kind, checkedAt, unseen }) => [name, kind, checkedAt, unseen]),
    [
      ['#integrations', 'channel', undefined, 0],
      ['team/integrations', 'label', undefined, 0],
    ],
  );
});

const voice = (id: string, lastAt: number) => ({ id, name: id, firstAt: lastAt, lastAt });

const news: readonly [string, Item, readonly JournalEntry[], number][] = [
  ['what came when it was never checked', message('a'), [], 1],
  ['what came before the check', message('a'), [checked(NOON - HOUR / 2)], 0],
  ['what came after the check', message('a'), [checked(NOON - 2 * HOUR)], 1],
  ['what came after the check of another place', message('a'), [checked(NOON - HOUR / 2, LABEL)], 1],
  [
    'somebody’s reply after the check',
    message('a', { startedAt: NOON - DAY, updatedAt: NOON - 1, voices: [voice('U0INES', NOON - 1)] }),
    [checked(NOON - HOUR)],
    1,
  ],
  [
    'my own reply after the check',
    message('a', {
      startedAt: NOON - DAY,
      updatedAt: NOON - 1,
      voices: [voice('U0INES', NOON - DAY), voice('U02NOO', NOON - 1)],
    }),
    [checked(NOON - HOUR)],
    0,
  ],
  [
    'a label that was changed after the check',
    message('a', { startedAt: NOON - DAY, updatedAt: NOON - 1, voices: [voice('U0INES', NOON - DAY)] }),
    [checked(NOON - HOUR)],
    0,
  ],
  ['what my colleague wrote after the check', message('a', { voices: [voice('U02KAI', NOON - 1)] }), [], 1],
  ['an alert that fired', message('a', { author: undefined, kind: 'alert' }), [checked(NOON - 2 * HOUR)], 1],
  ['what is closed', message('a', { state: 'closed' }), [], 0],
  ['what was looked at here', message('a'), [entry(NOON, { type: 'checked', watchId: CHANNEL }, ['slack:a'])], 0],
  [
    'what was looked at from another place',
    message('a'),
    [entry(NOON, { type: 'checked', watchId: LABEL }, ['slack:a'])],
    0,
  ],
  ['what was claimed here', message('a'), [entry(NOON, { type: 'claimed' }, ['slack:a'])], 0],
  [
    'a word after it was looked at',
    message('a', { updatedAt: NOON - 1, voices: [voice('U0INES', NOON - 1)] }),
    [entry(NOON - HOUR, { type: 'checked', watchId: CHANNEL }, ['slack:a'])],
    1,
  ],
  ['what is found by nothing that is watched', message('a', { watchIds: ['slack:channel:gone'] }), [], 0],
];

for (const [what, item, journal, unseen] of news)
  test(`${what} is ${unseen === 0 ? 'not new' : 'new'}`, () => {
    assert.equal(place(project({ items: [item], journal })).unseen, unseen);
  });

test('looking at one item does not check the place', () => {
  const journal = [entry(NOON, { type: 'checked', watchId: CHANNEL }, ['slack:a'])];

  assert.equal(place(project({ items: [message('a')], journal })).checkedAt, undefined);
});

test('an item of several signals is one in a place, and stands in each place that has something new of it', () => {
  const [first] = message('a').signals;
  const [second] = message('b').signals;
  const [issue] = message('c', { watchIds: [LABEL], service: 'github', source: 'github' }).signals;
  const view = project({ items: [{ id: 'slack:a', signals: [first, second, issue] }] });

  assert.deepEqual([place(view).unseen, place(view, LABEL).unseen], [1, 1]);
});

test('the latest of many are shown, all are counted', () => {
  const items = Array.from({ length: UNSEEN_ROWS + 5 }, (_, index) =>
    message(String(index), { updatedAt: NOON - index * 1000 }),
  );
  const { unseen, items: shown } = place(project({ items: items.toReversed() }));

  assert.equal(unseen, UNSEEN_ROWS + 5);
  assert.deepEqual(
    shown.map(({ id }) => id),
    items.slice(0, UNSEEN_ROWS).map(({ id }) => id),
  );
});

const ok: SourceStatus = {
  id: 'slack',
  service: 'slack',
  okAt: NOON,
  failure: undefined,
  skipped: 0,
  failedPlaces: [],
};

test('a place says why it cannot be read: its source fails, or it does', () => {
  const failure = { reason: 'offline', message: '', retryAt: NOON } as const;
  const failed = (of: string): SourceStatus => ({
    ...ok,
    failedPlaces: [{ place: of, reason: 'notFound', message: '' }],
  });

  assert.equal(place(project({ status: ok })).failure, undefined);
  assert.equal(place(project({ status: { ...ok, failure } })).failure, 'offline');
  assert.equal(place(project({ status: failed('#integrations') })).failure, 'notFound');
  assert.equal(place(project({ status: failed('#elsewhere') })).failure, undefined);
});

const workingDays: readonly [string, Scene, number][] = [
  ['nothing was checked', {}, 2],
  ['one was checked this morning', { journal: [checked(NOON - 2 * HOUR)] }, 1],
  ['one was checked yesterday', { journal: [checked(NOON - DAY)] }, 2],
  ['it is early: the day’s work has not begun', { now: Date.UTC(2026, 10, 18, 7, 59) }, 0],
  ['the day’s work has just begun', { now: Date.UTC(2026, 10, 18, 8) }, 2],
  ['one was checked before the day’s work began', { journal: [checked(Date.UTC(2026, 10, 18, 6))] }, 1],
  ['a Saturday', { now: Date.UTC(2026, 10, 21, 11) }, 0],
  ['a holiday', { team: { ...watching, workingHours: { ...watching.workingHours, holidays: ['2026-11-18'] } } }, 0],
];

for (const [when, scene, left] of workingDays)
  test(`${left} places are left: ${when}`, () => {
    assert.equal(uncheckedCount(project(scene), scene.now ?? NOON), left);
  });

test('the day is the person’s: a check before midnight in Berlin is yesterday’s', () => {
  const justBefore = Date.UTC(2026, 10, 17, 22, 59);
  assert.equal(isCheckedToday(place(project({ journal: [checked(justBefore)] })), project({}), NOON), false);
  assert.equal(isCheckedToday(place(project({ journal: [checked(justBefore + 120_000)] })), project({}), NOON), true);
});

test('a view of yesterday claims nothing about today', () => {
  const view = project({ journal: [checked(NOON)] });

  assert.equal(uncheckedCount(view, NOON + DAY), 0);
  assert.equal(isCheckedToday(place(view), view, NOON + DAY), false);
});

test('the first paint has the places', () => {
  const coverage = project({ items: [message('a')], journal: [checked(NOON - 2 * HOUR)] });
  const queue = projectQueue({ items: [], statuses: [], day: day(), dayMinutes: 480 });
  const view = { queue, duty: undefined, handoffs: [], proposals: [], timebox: undefined, budget: undefined, coverage };

  assert.equal(JSON.stringify(readSnapshot(writeSnapshot(view))?.coverage), JSON.stringify(coverage));
});

const moments = fc.integer({ min: NOON - 10 * DAY, max: NOON });
const steps = fc.array(fc.tuple(moments, fc.constantFrom(CHANNEL, LABEL)), { maxLength: 8 });

test('law: ticking and unticking leaves everything as it was', () => {
  fc.assert(
    fc.property(steps, fc.array(moments, { maxLength: 5 }), (ticks, said) => {
      const items = said.map((at, index) => message(String(index), { updatedAt: at }));
      const before = ticks
        .filter(([at]) => at < NOON - 12 * HOUR)
        .map(([at, id]) => checked(at, id))
        .sort((a, b) => a.at - b.at);
      const ticked = [...before, checked(NOON)];
      const view = project({ items, journal: ticked });
      const undone = undoEntries(checksBetween(ticked, CHANNEL, view.today), { id: 'undo', at: NOON });

      assert.equal(place(view).unseen, 0);
      assert.equal(isCheckedToday(place(view), view, NOON), true);
      assert.deepEqual(project({ items, journal: [...ticked, ...undone] }), project({ items, journal: before }));
    }),
  );
});

const shift = { from: Date.UTC(2026, 10, 16, 8), to: Date.UTC(2026, 10, 23, 8), name: 'Noor', shadow: undefined };
const EVENING = Date.UTC(2026, 10, 18, 16);

test('a working day is judged when its work is over; days off are not', () => {
  const of = { team: watching, shift, journal: [checked(shift.from + HOUR), checked(shift.from + HOUR, LABEL)] };

  assert.deepEqual(uncheckedDays({ ...of, now: EVENING - 1 }), [
    { at: Date.UTC(2026, 10, 17, 8), places: ['#integrations', 'team/integrations'] },
  ]);
  assert.equal(uncheckedDays({ ...of, now: EVENING }).length, 2);
  assert.equal(uncheckedDays({ ...of, now: shift.to }).length, 4);
});

test('law: a day is named for a place unless a check of it stands on that day', () => {
  fc.assert(
    fc.property(steps, fc.boolean(), (ticks, isUndone) => {
      const checks = ticks.map(([at, id]) => checked(at, id)).sort((a, b) => a.at - b.at);
      const journal = isUndone ? [...checks, ...undoEntries(checks, { id: 'undo', at: NOON })] : checks;
      const dates = (at: number): string => new Date(at + HOUR).toISOString().slice(0, 10);
      for (const { at, places } of uncheckedDays({ team: watching, shift, journal, now: shift.to }))
        for (const [id, name] of [
          [CHANNEL, '#integrations'],
          [LABEL, 'team/integrations'],
        ])
          assert.equal(
            places.includes(name ?? ''),
            isUndone || !ticks.some(([when, watchId]) => watchId === id && dates(when) === dates(at)),
          );
    }),
  );
});
