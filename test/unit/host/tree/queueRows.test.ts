import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { QueueItem, QueueView } from '../../../../src/core/view.ts';
import { fakeVscode } from '../../../support/fakeVscode.ts';

fakeVscode();
const { itemIdOf, itemRowId, signalIdOf } = await import('../../../../src/host/tree/itemRows.ts');
const { bundleIdOf, queueRows } = await import('../../../../src/host/tree/queueRows.ts');

const now = Date.UTC(2026, 10, 17, 10);
const HOUR = 3_600_000;

const item: QueueItem = {
  id: 'a',
  kind: 'thread',
  service: 'slack',
  title: 'Deliveries fail',
  excerpt: 'Deliveries fail since noon.',
  url: 'https://slack.example/a',
  place: '#integrations',
  author: 'Ines',
  updatedAt: now - 2 * HOUR,
  replies: 3,
  count: 1,
  people: 1,
  quiet: false,
  converted: undefined,
  turn: { turn: 'us', because: { code: 'asked', who: 'Ines', at: now - 2 * HOUR } },
  clock: {
    state: 'late',
    signalId: 'github:acme/app#1',
    startedAt: 0,
    targetMinutes: 60,
    leftMinutes: -40,
    dueAt: now,
  },
  owner: undefined,
  priority: undefined,
  isClaimed: false,
  isDone: false,
  isSnoozed: false,
  snooze: undefined,
  returned: undefined,
  signals: [],
};

const ids = ['turn:us', 'turn:inProgress', 'turn:them', 'turn:snoozed', 'turn:owned', 'turn:done', 'converted'];

const view: QueueView = {
  groups: ids.map((id) => ({ id, status: undefined, count: 1, bundles: [], items: [{ ...item, id: `${id} item` }] })),
  troubles: [],
  waiting: 1,
  late: 1,
  calls: [],
  next: undefined,
  dayMinutes: 480,
  filter: undefined,
  badge: undefined,
};

const rows = queueRows(view, { now, timeZone: 'UTC', dayMinutes: 480, isOnDuty: true });

test('what asks nothing of whoever is on duty is folded away at first', () => {
  assert.deepEqual(
    rows.filter(({ isFolded }) => isFolded === true).map(({ id }) => id),
    ['turn:snoozed', 'turn:owned', 'turn:done', 'converted'],
  );
});

test('a row says what is left, place and age; whose turn it is and why stands in the hover and is read aloud', () => {
  const [row] = rows[0]?.children ?? [];
  const sentence = 'Ines asked 2 h ago, nobody on the team has replied';

  assert.equal(row?.description, '40 min late · #integrations · 2 h ago');
  assert.ok(row?.tooltip.includes(sentence));
  assert.equal(row?.accessible, `Thread, Deliveries fail, 40 min late, #integrations, 2 h ago, 3 replies, ${sentence}`);
});

test('a long title leaves room for a clock that presses; the hover and a screen reader have all of it', () => {
  const title = 'Deliveries to the staging webhook fail with 502 since noon';
  const labelOf = (over: Partial<QueueItem>, isOnDuty = true) => {
    const group = { id: 'turn:us', status: undefined, count: 1, bundles: [], items: [{ ...item, title, ...over }] };
    const [row] = queueRows({ ...view, groups: [group] }, { now, timeZone: 'UTC', dayMinutes: 480, isOnDuty });
    const [child] = row?.children ?? [];
    assert.ok(child !== undefined && child.accessible.includes(title) && child.tooltip[0] === title);
    return [child.label, child.icon.color];
  };
  assert.deepEqual(labelOf({}), ['Deliveries to the staging…', 'responder.warningForeground']);
  assert.deepEqual(labelOf({ clock: undefined }), ['Deliveries to the staging webhook fail…', undefined]);
  // What is done presses nobody, though its alert may still fire.
  assert.deepEqual(labelOf({ isDone: true }), ['Deliveries to the staging webhook fail…', undefined]);
  // Off hours nothing calls.
  assert.deepEqual(labelOf({}, false), ['Deliveries to the staging webhook fail…', undefined]);
});

test('that clocks are paused is said once, by the group that waits on us, to the eye and aloud', () => {
  const paused = 'paused until Mon 09:00';
  const off = queueRows(view, { now, timeZone: 'UTC', dayMinutes: 480, isOnDuty: false, paused });
  const said = off.filter(({ description }) => description.includes('paused'));

  assert.deepEqual(
    said.map(({ id, description, accessible }) => [id, description, accessible]),
    [['turn:us', `1 · ${paused}`, `Waiting on us, 1 item, ${paused}`]],
  );
});

test('a row of collapsed reviews says in words whose they are and what can be done', () => {
  const bundleRow = (isKept: boolean) => {
    const bundle = { id: 'reviews:github:rio', who: 'Kai', isKept, items: [item, { ...item, id: 'b' }] };
    const group = { id: 'turn:owned', status: undefined, count: 2, bundles: [bundle], items: [] };
    const [row] = queueRows({ ...view, groups: [group] }, { now, timeZone: 'UTC', dayMinutes: 480, isOnDuty: true });
    return row?.children[0];
  };
  const offered = bundleRow(false);
  assert.equal(`${offered?.label} · ${offered?.description}`, '2 reviews · Kai is on these');
  assert.equal(offered?.contextValue, 'bundle canKeepReviews canTakeReviews');
  assert.match(offered?.accessible ?? '', /^2 reviews, Kai is on these, Take brings them back to us, Keep leaves/u);
  const kept = bundleRow(true);
  assert.equal(kept?.description, 'left with Kai');
  assert.equal(kept?.contextValue, 'bundle canTakeReviews');
  assert.equal(bundleIdOf(kept?.id ?? ''), 'reviews:github:rio');
});

test('an item’s row, and those below it, say which item it is', () => {
  assert.equal(rows[0]?.children[0]?.id, itemRowId('turn:us item'));
  assert.equal(itemIdOf(itemRowId('slack:C1:2')), 'slack:C1:2');
  assert.equal(itemIdOf('signal:github:acme/app#1\nslack:C1:2'), 'github:acme/app#1');
  assert.equal(itemIdOf('turn:us'), undefined);
});

test('a row below an item says which signal it is', () => {
  assert.equal(signalIdOf('signal:github:acme/app#1\nslack:C1:2'), 'slack:C1:2');
  assert.equal(signalIdOf('item:github:acme/app#1'), undefined);
  assert.equal(bundleIdOf('item:x'), undefined);
});

test('the row that I am at says how its timebox stands, to the eye and aloud, and its title leaves room for it', () => {
  const run = { id: 'e', signalIds: [], boxMinutes: 15, closedMs: 0, otherMs: 0, limitMinutes: 120, title: '' };
  const said = (runningSince: number | undefined, closedMs: number, itemId = 'turn:inProgress item') => {
    const timebox = { ...run, runningSince, closedMs, itemId };
    const painted = queueRows(view, { now, timeZone: 'UTC', dayMinutes: 480, isOnDuty: true, timebox });
    const row = painted.find(({ id }) => id === 'turn:inProgress')?.children[0];
    const [, words] = /(timebox \w+), /u.exec(row?.accessible ?? '') ?? [];
    assert.equal(/(timebox \w+) · /u.exec(row?.description ?? '')?.[1], words);
    return words;
  };
  assert.equal(said(now, 0), 'timebox runs');
  assert.equal(said(undefined, 60_000), 'timebox paused');
  assert.equal(said(now, 15 * 60_000), 'timebox over');
  assert.equal(said(now, 0, 'another'), undefined);
});

test('a fault on a service’s own side is told as that, and that it is tried again, of the source and of one place', () => {
  const failure = { reason: 'serverError', message: 'GitHub answered 502', retryAt: now } as const;
  const status = { id: 'github', service: 'github', okAt: undefined, skipped: 0 } as const;
  const faulty = { place: 'acme/app', reason: failure.reason, message: failure.message };
  const troubles = [
    { ...status, failure, failedPlaces: [] },
    { ...status, failure: undefined, failedPlaces: [faulty] },
  ];
  const moment = { now, timeZone: 'UTC', dayMinutes: 480, isOnDuty: true };
  const [source, place] = troubles.map(
    (trouble) => queueRows({ ...view, troubles: [trouble] }, moment)[0]?.children[0],
  );
  assert.equal(source?.accessible, 'GitHub reported a server error, retrying at 10:00');
  assert.equal(place?.accessible, 'acme/app is not read, GitHub reported a server error, retrying automatically');
});

test('when a source is tried again is said in the person’s zone', () => {
  const failure = { reason: 'offline', message: 'no answer', retryAt: now + HOUR } as const;
  const status = { id: 'github', service: 'github', okAt: undefined, failure, skipped: 0, failedPlaces: [] } as const;
  for (const [timeZone, time] of [
    ['Asia/Kolkata', '16:30'],
    ['America/Sao_Paulo', '08:00'],
  ] as const) {
    const [sources] = queueRows({ ...view, troubles: [status] }, { now, timeZone, dayMinutes: 480, isOnDuty: true });
    assert.equal(sources?.children[0]?.description, `retrying at ${time}`);
  }
});
