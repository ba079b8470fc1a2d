import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { conversionsOf } from '../../../src/core/conversion.ts';
import type { JournalEntry } from '../../../src/core/journal.ts';
import { linkSignals } from '../../../src/core/linking.ts';
import { projectQueue } from '../../../src/core/queue.ts';
import type { Signal } from '../../../src/core/signal.ts';
import type { SourceStatus } from '../../../src/core/sourceStatus.ts';
import { signal } from '../../support/build.ts';

const github: SourceStatus = {
  id: 'github',
  service: 'github',
  okAt: 1,
  failure: undefined,
  skipped: 0,
  failedPlaces: [],
};
const slack: SourceStatus = { ...github, id: 'slack', service: 'slack' };
const nothingConverted = new Map();

function project(signals: readonly Signal[], journal: readonly JournalEntry[] = []) {
  return projectQueue({ items: linkSignals(signals), statuses: [github, slack], conversions: conversionsOf(journal) });
}

const converted: JournalEntry = {
  at: 5,
  signalIds: ['github:acme/app#1'],
  event: {
    type: 'converted',
    repository: 'acme/app',
    number: 9,
    url: 'https://github.example/acme/app/issues/9',
    title: 'Planned',
    timeboxMinutes: 120,
    priority: 'high',
  },
};

test('items stand under the source of their lead signal, latest first, silenced last', () => {
  const view = project([
    signal({ id: 'github:a', updatedAt: 1 }),
    signal({ id: 'github:b', updatedAt: 3, state: 'quiet' }),
    signal({ id: 'github:c', updatedAt: 2 }),
    signal({ id: 'slack:d', source: 'slack', service: 'slack' }),
  ]);

  assert.deepEqual(
    view.groups.map((group) => [group.id, group.items.map((item) => item.id)]),
    [
      ['source:github', ['github:c', 'github:a', 'github:b']],
      ['source:slack', ['slack:d']],
    ],
  );
  assert.equal(view.waiting, 3);
});

test('a source without items still has its group, so that its state can be seen', () => {
  assert.deepEqual(
    project([]).groups.map((group) => [group.id, group.count]),
    [
      ['source:github', 0],
      ['source:slack', 0],
    ],
  );
});

test('a converted item leaves its source, names its issue and no longer waits', () => {
  const view = project([signal()], [converted]);

  assert.equal(view.waiting, 0);
  assert.deepEqual(
    view.groups.map((group) => group.id),
    ['source:github', 'source:slack', 'converted'],
  );
  assert.equal(view.groups[2]?.items[0]?.converted?.number, 9);
});

test('an item that somebody else converted is known by the marker in the issue', () => {
  const thread = signal({ id: 'slack:C:1', source: 'slack', service: 'slack' });
  const issue = signal({
    id: 'github:acme/app#12',
    url: 'https://github.example/acme/app/issues/12',
    markers: [thread.id],
  });

  const view = project([thread, issue]);

  assert.deepEqual(view.groups.at(-1)?.items[0]?.converted, {
    repository: 'acme/app',
    number: 12,
    url: 'https://github.example/acme/app/issues/12',
  });
});

test('an item is left out only when all of its signals are closed', () => {
  const open = signal({ id: 'slack:C:1', source: 'slack', service: 'slack', mentions: ['https://x.example/1'] });
  const closed = signal({ id: 'github:acme/app#1', state: 'closed', names: ['https://x.example/1'] });

  assert.equal(project([closed]).waiting, 0);
  assert.equal(project([closed, open]).groups[1]?.items[0]?.signals.length, 2);
});

test('a group shows at most its limit and counts all', () => {
  const signals = Array.from({ length: 250 }, (_, n) => signal({ id: `github:${n}`, updatedAt: n }));

  const view = projectQueue({ items: linkSignals(signals), statuses: [github], conversions: nothingConverted });

  assert.equal(view.groups[0]?.items.length, 200);
  assert.equal(view.groups[0]?.count, 250);
  assert.equal(view.groups[0]?.items[0]?.id, 'github:249');
});

test('the rank is the order of a plain comparison, whatever the times', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 2 ** 42 }), { maxLength: 40 }), (times) => {
      const signals = times.map((updatedAt) => signal({ id: `github:${updatedAt}`, updatedAt }));
      const view = project(signals);
      assert.deepEqual(
        view.groups[0]?.items.map((item) => item.updatedAt),
        times.toSorted((a, b) => b - a),
      );
    }),
  );
});

test('what waits is what is shown: a source that only another window watches counts nothing', () => {
  const view = project([signal(), signal({ id: 'alertmanager:1', service: 'alertmanager', source: 'alertmanager:x' })]);
  assert.equal(view.waiting, 1);
});
