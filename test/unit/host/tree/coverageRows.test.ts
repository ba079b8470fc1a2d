import assert from 'node:assert/strict';
import { test } from 'node:test';
import { projectQueue } from '../../../../src/core/queue.ts';
import type { CoverageView, PlaceView, QueueItem } from '../../../../src/core/view.ts';
import { day, signal } from '../../../support/build.ts';
import { fakeVscode } from '../../../support/fakeVscode.ts';

fakeVscode();
const { coverageRows, unseenItemOf, watchIdOf } = await import('../../../../src/host/tree/coverageRows.ts');
const { uncheckedText } = await import('../../../../src/host/coverageWords.ts');

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 18, 11);
const moment = { now: NOW, timeZone: 'UTC', dayMinutes: 480, isOnDuty: true };

const [item] = projectQueue({
  items: [{ id: 'slack:C1:1.2', signals: [signal({ id: 'slack:C1:1.2', title: 'Deliveries fail' })] }],
  statuses: [{ id: 'github', service: 'github', okAt: NOW, failure: undefined, skipped: 0, failedPlaces: [] }],
  day: day(),
  dayMinutes: 480,
}).groups.flatMap(({ items }) => items);
assert.ok(item !== undefined);
const one: QueueItem = item;

function place(over: Partial<PlaceView> = {}): PlaceView {
  return {
    id: 'slack:channel:integrations',
    service: 'slack',
    kind: 'channel',
    name: '#integrations',
    checkedAt: undefined,
    unseen: 0,
    items: [],
    failure: undefined,
    ...over,
  };
}

function view(over: Partial<CoverageView> = {}, ...places: readonly PlaceView[]): CoverageView {
  const from = Date.UTC(2026, 10, 18);
  return { today: { from, to: from + 24 * HOUR }, dueFrom: from + 8 * HOUR, places, ...over };
}

function row(over: Partial<PlaceView>, of: Partial<CoverageView> = {}) {
  const [first] = coverageRows(view(of, place(over)), moment);
  assert.ok(first !== undefined);
  return first;
}

const said: readonly [string, Partial<PlaceView>, Partial<CoverageView>, string][] = [
  ['never checked', { unseen: 3 }, {}, '#integrations, Slack channel, not checked today, 3 new'],
  ['nothing new', {}, {}, '#integrations, Slack channel, not checked today, nothing new'],
  ['checked', { checkedAt: NOW - HOUR, unseen: 1 }, {}, '#integrations, Slack channel, checked 10:00, 1 new'],
  [
    'checked yesterday',
    { checkedAt: NOW - 24 * HOUR },
    {},
    '#integrations, Slack channel, not checked today, nothing new',
  ],
  ['a day off', { unseen: 2 }, { dueFrom: undefined }, '#integrations, Slack channel, day off, 2 new'],
  [
    'a failing source',
    { failure: 'offline' },
    {},
    '#integrations, Slack channel, not checked today, Slack cannot be reached, nothing new',
  ],
];

for (const [what, over, of, words] of said)
  test(`a row says in words how its place stands: ${what}`, () => {
    assert.equal(row(over, of).accessible, words);
  });

test('beside the name is what the box does not say', () => {
  const descriptions = [row({ unseen: 3 }), row({}), row({ unseen: 1, checkedAt: NOW }), row({ failure: 'offline' })];
  assert.deepEqual(
    descriptions.map(({ description }) => description),
    ['3 new', '', '1 new · checked 11:00', 'Slack cannot be reached'],
  );
});

test('the box is ticked when the place was checked today', () => {
  assert.deepEqual(
    [row({}), row({ checkedAt: NOW }), row({ checkedAt: NOW - 24 * HOUR })].map(({ checkbox }) => checkbox?.isChecked),
    [false, true, false],
  );
});

test('below a place is what is new in it, said as in the Queue, and how much more there is', () => {
  const { children } = row({ unseen: 5, items: [one] });

  assert.deepEqual(
    children.map(({ label }) => label),
    ['Deliveries fail', '4 more in the place itself'],
  );
  assert.equal(children[0]?.command?.command, 'responder.openUnseen');
});

test('an item that is new in two places has a row in each, and each row knows its place', () => {
  const rows = coverageRows(
    view({}, place({ items: [one], unseen: 1 }), place({ id: 'a:b\nc', items: [one], unseen: 1 })),
    moment,
  );
  const children = rows.flatMap((each) => each.children);

  assert.equal(new Set(children.map(({ id }) => id)).size, 2);
  assert.deepEqual(
    children.map(({ id }) => [unseenItemOf(id), watchIdOf(id)]),
    [
      ['slack:C1:1.2', 'slack:channel:integrations'],
      ['slack:C1:1.2', 'a:b\nc'],
    ],
  );
  assert.deepEqual(
    rows.map(({ id }) => [unseenItemOf(id), watchIdOf(id)]),
    [
      [undefined, 'slack:channel:integrations'],
      [undefined, 'a:b\nc'],
    ],
  );
});

test('the status bar says how many are left, and nothing when none is', () => {
  const checked = place({ checkedAt: NOW });
  assert.equal(uncheckedText(view({}, place(), place(), checked), NOW), '2 places not checked today');
  assert.equal(uncheckedText(view({}, place(), checked), NOW), '1 place not checked today');
  assert.equal(uncheckedText(view({}, checked), NOW), undefined);
});
