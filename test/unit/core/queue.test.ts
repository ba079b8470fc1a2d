import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Grouping } from '../../../src/core/grouping.ts';
import type { JournalEntry, JournalEvent } from '../../../src/core/journal.ts';
import { linkSignals } from '../../../src/core/linking.ts';
import { projectQueue, type QueueFilter, type QueueInput } from '../../../src/core/queue.ts';
import type { Signal } from '../../../src/core/signal.ts';
import type { SourceStatus } from '../../../src/core/sourceStatus.ts';
import type { QueueView } from '../../../src/core/view.ts';
import { readSnapshot, writeSnapshot } from '../../../src/shared/snapshot.ts';
import { day, signal, viewOf } from '../../support/build.ts';

const github: SourceStatus = {
  id: 'github',
  service: 'github',
  okAt: 1,
  failure: undefined,
  skipped: 0,
  failedPlaces: [],
};
const slack: SourceStatus = { ...github, id: 'slack', service: 'slack' };
const NOW = Date.UTC(2026, 10, 18, 11);
const HOUR = 3_600_000;

interface Scene extends Partial<Omit<QueueInput, 'items'>> {
  readonly journal?: readonly JournalEntry[];
  readonly now?: number;
}

function project(signals: readonly Signal[], { journal = [], now = NOW, ...over }: Scene = {}): QueueView {
  return projectQueue({
    items: linkSignals(signals),
    statuses: [github, slack],
    day: day({ journal, now }),
    dayMinutes: 480,
    ...over,
  });
}

/** Group ids with the ids of what is in them. */
function shown({ groups }: QueueView): readonly (readonly [string, readonly string[]])[] {
  return groups.map(({ id, items }) => [id, items.map((item) => item.id)]);
}

const ID = 'github:acme/app#1';

function entry(at: number, event: JournalEvent, signalIds: readonly string[] = [ID]): JournalEntry {
  return { at, id: `entry ${at} ${event.type}`, signalIds, event };
}

const converted = entry(5, {
  type: 'converted',
  repository: 'acme/app',
  number: 9,
  url: 'https://github.example/acme/app/issues/9',
  title: 'Planned',
  timeboxMinutes: 120,
  priority: 'high',
});

/** A human word of an outsider, and one of a teammate. */
const rio = (at: number) => ({ id: 'rio-sample', name: 'Rio', firstAt: at, lastAt: at });
const kai = (at: number) => ({ id: 'kai-sample', name: 'Kai', firstAt: at, lastAt: at });

test('items stand under whose turn it is, and a group without any is left out', () => {
  const alert = { kind: 'alert', service: 'alertmanager', author: undefined } as const;
  const view = project(
    [
      signal({ id: 'github:us' }),
      signal({ id: 'github:mine', assignees: ['noor-sample'] }),
      signal({ id: 'github:them', voices: [rio(1), kai(2)] }),
      signal({ id: 'alertmanager:silenced', state: 'quiet', ...alert }),
      signal({ id: 'github:later' }),
      signal({ id: 'github:owned', takenBy: ['kai-sample'] }),
      signal({ id: 'github:done' }),
      signal({ id: 'github:converted' }),
      signal({ id: 'github:boxed' }),
    ],
    {
      journal: [
        entry(NOW, { type: 'snoozed', until: { type: 'reply' } }, ['github:later']),
        entry(NOW, { type: 'done' }, ['github:done']),
        { ...converted, signalIds: ['github:converted'] },
        entry(NOW, { type: 'started', minutes: 30 }, ['github:boxed']),
      ],
    },
  );

  assert.deepEqual(shown(view), [
    ['turn:us', ['github:us']],
    ['turn:inProgress', ['github:boxed', 'github:mine']],
    ['turn:them', ['github:them']],
    ['turn:snoozed', ['alertmanager:silenced', 'github:later'].toReversed()],
    ['turn:owned', ['github:owned']],
    ['turn:done', ['github:done']],
    ['converted', ['github:converted']],
  ]);
  assert.equal(view.waiting, 1);
  assert.equal(view.groups[4]?.items[0]?.owner, 'Kai');
});

test('by source, what is put off, done or converted stands behind, and what is silenced comes last', () => {
  const view = project(
    [
      signal({ id: 'github:a', updatedAt: 1, voices: [rio(1), kai(2)] }),
      signal({ id: 'github:b', updatedAt: 3, state: 'quiet', kind: 'alert' }),
      signal({ id: 'github:c', updatedAt: 2 }),
      signal({ id: 'slack:d', source: 'slack', service: 'slack' }),
      signal({ id: 'github:e' }),
    ],
    { grouping: 'source', journal: [entry(NOW, { type: 'done' }, ['github:e'])] },
  );

  assert.deepEqual(shown(view), [
    ['source:github', ['github:c', 'github:a', 'github:b']],
    ['source:slack', ['slack:d']],
    ['turn:done', ['github:e']],
  ]);
});

test('by source, a source without items still has its group, so that its state can be seen', () => {
  assert.deepEqual(shown(project([], { grouping: 'source' })), [
    ['source:github', []],
    ['source:slack', []],
  ]);
});

test('by priority the most urgent comes first, by place the names are in order', () => {
  const signals = [
    signal({ id: 'github:a', place: 'b' }),
    signal({ id: 'github:b', place: 'a' }),
    signal({ id: 'github:c', place: 'b' }),
  ];
  const journal = [entry(1, { type: 'prioritised', priority: 'high' }, ['github:c'])];

  assert.deepEqual(shown(project(signals, { grouping: 'priority', journal })), [
    ['priority:high', ['github:c']],
    ['priority:none', ['github:a', 'github:b']],
  ]);
  assert.deepEqual(shown(project(signals, { grouping: 'place', journal })), [
    ['place:a', ['github:b']],
    ['place:b', ['github:c', 'github:a']],
  ]);
});

test('a source with something wrong is told of in every grouping, once', () => {
  const failed: SourceStatus = { ...slack, skipped: 2 };
  const troubles = (grouping: Grouping) =>
    project([], { grouping, statuses: [github, failed] }).troubles.map(({ id }) => id);

  assert.deepEqual(troubles('turn'), ['slack']);
  assert.deepEqual(troubles('place'), ['slack']);
  assert.deepEqual(troubles('source'), [], 'the group of the source says it');
  assert.deepEqual(project([]).troubles, []);
});

test('a converted item names its issue and no longer waits', () => {
  const view = project([signal()], { journal: [converted] });

  assert.equal(view.waiting, 0);
  assert.deepEqual(shown(view), [['converted', [ID]]]);
  assert.equal(view.groups[0]?.items[0]?.converted?.number, 9);
});

test('an item that somebody else converted is known by the marker in the issue', () => {
  const thread = signal({ id: 'slack:C:1', source: 'slack', service: 'slack' });
  const issue = signal({
    id: 'github:acme/app#12',
    url: 'https://github.example/acme/app/issues/12',
    markers: [thread.id],
  });

  assert.deepEqual(project([thread, issue]).groups.at(-1)?.items[0]?.converted, {
    repository: 'acme/app',
    number: 12,
    url: 'https://github.example/acme/app/issues/12',
  });
});

test('an item is left out only when all of its signals are closed', () => {
  const open = signal({ id: 'slack:C:1', source: 'slack', service: 'slack', mentions: ['https://x.example/1'] });
  const closed = signal({ id: ID, state: 'closed', names: ['https://x.example/1'] });

  assert.equal(project([closed]).waiting, 0);
  assert.equal(project([closed, open]).groups[0]?.items[0]?.signals.length, 2);
});

test('what was done is shown until the day ends, also when it is closed at its source', () => {
  const journal = [entry(NOW, { type: 'done' })];
  const at = (now: number) => shown(project([signal({ state: 'closed' })], { journal, now }));

  assert.deepEqual(at(NOW + HOUR), [['turn:done', [ID]]]);
  // Noor's day ends at 23:00 UTC.
  assert.deepEqual(at(Date.UTC(2026, 10, 18, 22, 59)), [['turn:done', [ID]]]);
  assert.deepEqual(at(Date.UTC(2026, 10, 18, 23)), []);
});

test('what was done comes back with a newer human word that is not mine, and says so', () => {
  const journal = [entry(NOW, { type: 'done' })];
  const back = (voice: { readonly id: string; readonly name: string }, at: number) => {
    const signals = [signal({ voices: [rio(1), { ...voice, firstAt: at, lastAt: at }] })];
    const { groups } = project(signals, { journal, now: NOW + HOUR });
    return [groups[0]?.id, groups[0]?.items[0]?.returned?.who, groups[0]?.items[0]?.isDone];
  };

  assert.deepEqual(back({ id: 'ola-sample', name: 'Ola' }, NOW + 1), ['turn:us', 'Ola', false]);
  assert.deepEqual(back({ id: 'kai-sample', name: 'Kai' }, NOW + 1), ['turn:them', 'Kai', false]);
  assert.deepEqual(back({ id: 'noor-sample', name: 'Noor' }, NOW + 1), ['turn:done', undefined, true]);
  assert.deepEqual(back({ id: 'ola-sample', name: 'Ola' }, NOW), ['turn:done', undefined, true]);
});

test('an alert that fires anew brings back what was done', () => {
  const alert = signal({ kind: 'alert', service: 'alertmanager', author: undefined, startedAt: NOW + 1 });
  const { groups } = project([{ ...alert, id: ID }], { journal: [entry(NOW, { type: 'done' })], now: NOW + HOUR });
  assert.deepEqual(groups[0]?.items[0]?.returned, { who: undefined, at: NOW + 1 });
});

test('a snooze ends at its time, with the shift, or with a newer human word that is not mine', () => {
  const phase = (until: Extract<JournalEvent, { type: 'snoozed' }>['until'], over: Partial<Signal> = {}) =>
    project([signal(over)], { journal: [entry(NOW - HOUR, { type: 'snoozed', until })] }).groups[0]?.id;
  const me = { id: 'noor-sample', name: 'Noor', firstAt: NOW, lastAt: NOW };

  assert.equal(phase({ type: 'time', at: NOW + 1 }), 'turn:snoozed');
  assert.equal(phase({ type: 'time', at: NOW }), 'turn:us');
  assert.equal(phase({ type: 'shiftEnd', at: NOW + 1 }), 'turn:snoozed');
  assert.equal(phase({ type: 'shiftEnd', at: NOW }), 'turn:us');
  assert.equal(phase({ type: 'reply' }, { voices: [rio(NOW - 2 * HOUR), me] }), 'turn:snoozed');
  assert.equal(phase({ type: 'reply' }, { voices: [rio(NOW)] }), 'turn:us');
});

test('a group shows at most its limit and counts all', () => {
  const signals = Array.from({ length: 250 }, (_, n) => signal({ id: `github:${n}`, startedAt: NOW - n * HOUR }));
  const [group] = project(signals).groups;

  assert.equal(group?.items.length, 200);
  assert.equal(group?.count, 250);
  assert.equal(group?.items[0]?.id, 'github:249');
  assert.equal(project(signals, { limits: new Map([['turn:us', 400]]) }).groups[0]?.items.length, 250);
});

test('the next item is the first of those that wait on us', () => {
  const signals = [
    signal({ id: 'github:a' }),
    signal({ id: 'github:b' }),
    signal({ id: 'github:c', takenBy: ['kai-sample'] }),
  ];
  const journal = [
    entry(1, { type: 'prioritised', priority: 'high' }, ['github:b']),
    entry(1, { type: 'prioritised', priority: 'critical' }, ['github:c']),
  ];

  for (const grouping of ['turn', 'source', 'priority', 'place'] as const)
    assert.deepEqual(project(signals, { journal, grouping }).next, {
      id: 'github:b',
      because: { code: 'priority', priority: 'high' },
    });
  assert.equal(project([]).next, undefined);
});

test('reviews that a teammate is on are one row among what others own', () => {
  const reviews = Array.from({ length: 4 }, (_, n) =>
    signal({ id: `github:acme/app#${n}`, kind: 'reviewRequest', takenBy: n === 3 ? ['kai-sample'] : [] }),
  );
  const view = project(reviews);

  assert.equal(view.waiting, 0);
  assert.deepEqual(
    view.groups.map(({ id, count, bundles }) => [id, count, bundles.map(({ who, items }) => [who, items.length])]),
    [['turn:owned', 4, [['Kai', 3]]]],
  );
});

test('every view comes back from its snapshot', () => {
  const kinds = ['issue', 'reviewRequest', 'alert', 'thread'] as const;
  const journal: readonly JournalEntry[] = [
    entry(NOW - 3, { type: 'snoozed', until: { type: 'shiftEnd', at: NOW + HOUR } }, ['github:1']),
    entry(NOW - 3, { type: 'done' }, ['github:2']),
    entry(NOW - 3, { type: 'claimed' }, ['github:3']),
    entry(NOW - 3, { type: 'prioritised', priority: 'low' }, ['github:4']),
  ];
  const some = fc.record({
    id: fc.constantFrom('github:1', 'github:2', 'github:3', 'github:4', 'github:5'),
    kind: fc.constantFrom(...kinds),
    state: fc.constantFrom('open', 'quiet', 'closed'),
    takenBy: fc.subarray(['kai-sample', 'noor-sample']),
    voices: fc.subarray([rio(NOW), kai(NOW - 1)]),
  });
  fc.assert(
    fc.property(
      fc.uniqueArray(some, { selector: ({ id }) => id }),
      fc.constantFrom('turn', 'source'),
      (all, grouping) => {
        const queue = project(all.map(signal), { journal, grouping });
        const view = viewOf(queue);
        assert.deepEqual(readSnapshot(writeSnapshot(view)), JSON.parse(JSON.stringify(view)));
      },
    ),
  );
});

test('what waits is what is shown: a source that only another window watches counts nothing', () => {
  const view = project([signal(), signal({ id: 'alertmanager:1', service: 'alertmanager', source: 'alertmanager:x' })]);
  assert.equal(view.waiting, 1);
});

/** Lets through what has the word in its title. */
function titled(name: string): QueueFilter {
  return { name, matches: ({ lead }) => lead.title.includes(name) };
}

test('a filter narrows the groups and what is next, and leaves what is counted', () => {
  const signals = [
    signal({ id: 'github:1', title: 'proxy', startedAt: NOW - 9 * HOUR }),
    signal({ id: 'github:2', title: 'rename', startedAt: NOW - HOUR }),
    signal({ id: 'github:3', title: 'rename', takenBy: ['kai-sample'] }),
  ];
  for (const grouping of ['turn', 'source', 'priority', 'place'] as const) {
    const view = project(signals, { grouping, filter: titled('rename') });
    assert.deepEqual(view.groups.flatMap(({ items }) => items.map(({ id }) => id)).sort(), ['github:2', 'github:3']);
    assert.equal(
      view.groups.reduce((sum, { count }) => sum + count, 0),
      2,
    );
    assert.equal(view.next?.id, 'github:2');
    assert.deepEqual(view.filter, { name: 'rename', count: 2, total: 3 });
    assert.equal(view.waiting, 2);
    assert.equal(view.badge, undefined);
  }
  const all = project(signals);
  assert.deepEqual([all.filter, all.badge, all.next?.id], [undefined, undefined, 'github:1']);
});

test('the badge counts what its own filter lets through, whatever the Queue is filtered by', () => {
  const signals = ['proxy', 'rename', 'rename'].map((title, n) => signal({ id: `github:${n}`, title }));
  const view = project(signals, { filter: titled('proxy'), badge: titled('rename') });
  assert.deepEqual(view.badge, { name: 'rename', count: 2 });
  assert.equal(view.waiting, 3);
});

const REVIEWS = Array.from({ length: 5 }, (_, n) =>
  signal({
    id: `github:acme/app#${n}`,
    kind: 'reviewRequest',
    title: `part ${n}`,
    startedAt: NOW - n * HOUR,
    takenBy: n === 4 ? ['kai-sample'] : [],
  }),
);

test('a filter narrows collapsed reviews without taking them apart', () => {
  const view = project(REVIEWS, { filter: titled('part 1') });
  assert.deepEqual(
    view.groups.map(({ id, count, bundles }) => [
      id,
      count,
      bundles.map(({ items }) => items.map(({ title }) => title)),
    ]),
    [['turn:owned', 1, [['part 1']]]],
  );
});

function bundlesOf(journal: readonly JournalEntry[], signals: readonly Signal[] = REVIEWS, now = NOW) {
  const view = project(signals, { journal, now });
  const bundles = view.groups.flatMap((group) => group.bundles);
  return { waiting: view.waiting, bundles: bundles.map(({ who, isKept, items }) => [who, isKept, items.length]) };
}

test('reviews that were taken come out and stay out; undone, they go back', () => {
  const ids = REVIEWS.slice(0, 4).map(({ id }) => id);
  const taken = ids.map((id, n) => ({ ...entry(1, { type: 'reviewsTaken' }, [id]), id: `t/${n}` }));
  assert.deepEqual(bundlesOf([]), { waiting: 0, bundles: [['Kai', false, 4]] });
  assert.deepEqual(bundlesOf(taken), { waiting: 4, bundles: [] });
  const undone = taken.map(({ id }, n) => ({ ...entry(2, { type: 'undone', entryId: id }, []), id: `u/${n}` }));
  assert.deepEqual(bundlesOf([...taken, ...undone]), { waiting: 0, bundles: [['Kai', false, 4]] });
});

test('reviews that were left with a teammate stay with them to that time, whatever else happens', () => {
  const bundle = project(REVIEWS).groups.flatMap((group) => group.bundles)[0]?.id ?? '';
  const until = NOW + 40 * HOUR;
  const kept = REVIEWS.slice(0, 4).map(({ id }, n) => ({
    ...entry(1, { type: 'reviewsKept', bundle, who: 'Kai', until }, [id]),
    id: `k/${n}`,
  }));
  const [first, second] = REVIEWS;
  assert.ok(first !== undefined && second !== undefined);
  assert.deepEqual(bundlesOf(kept), { waiting: 0, bundles: [['Kai', true, 4]] });
  // Kai's own is done, and only two are left: without having been kept they would wait on us.
  assert.deepEqual(bundlesOf(kept, [first, second]), { waiting: 0, bundles: [['Kai', true, 2]] });
  assert.deepEqual(bundlesOf(kept, [first, second], until), { waiting: 2, bundles: [] });
  const another = signal({ id: 'github:x', kind: 'reviewRequest', author: { id: 'ola', name: 'Ola', isBot: false } });
  assert.deepEqual(bundlesOf(kept, [first, second, another]), { waiting: 1, bundles: [['Kai', true, 2]] });
  const taken = { ...entry(2, { type: 'reviewsTaken' }, [first.id]), id: 't' };
  assert.deepEqual(bundlesOf([...kept, taken], [first, second]), { waiting: 1, bundles: [['Kai', true, 1]] });
});
