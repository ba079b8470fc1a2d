import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Item } from '../../../src/core/item.ts';
import { ItemIndex } from '../../../src/core/itemIndex.ts';
import type { JournalEntry } from '../../../src/core/journal.ts';
import { linkSignals } from '../../../src/core/linking.ts';
import type { Signal } from '../../../src/core/signal.ts';
import { type Tie, type Ties, tiesOf } from '../../../src/core/ties.ts';
import { signal } from '../../support/build.ts';

const issueUrl = 'https://github.example/acme/app/issues/1';
const issue = signal({ id: 'github:acme/app#1', names: [issueUrl] });
const thread = signal({
  id: 'slack:C1:1',
  names: ['https://slack.example/archives/c1/p1'],
  startedAt: issue.startedAt + 5,
});

/** Small worlds in which addresses meet often. */
const worlds: fc.Arbitrary<Signal[]> = fc
  .uniqueArray(fc.nat(11), { maxLength: 12 })
  .chain((ids) =>
    fc.tuple(
      ...ids.map((id) =>
        fc.record({
          id: fc.constant(`slack:C:${id}`),
          startedAt: fc.nat(3),
          names: fc.oneof(
            { weight: 4, arbitrary: fc.constant([`https://x.example/${id}`]) },
            { weight: 1, arbitrary: fc.nat(14).map((n) => [`https://x.example/${n}`]) },
          ),
          mentions: fc.array(
            fc.nat(14).map((n) => `https://x.example/${n}`),
            { maxLength: 2 },
          ),
          markers: fc.array(
            fc.nat(14).map((n) => `slack:C:${n}`),
            { maxLength: 1 },
          ),
        }),
      ),
    ),
  )
  .map((records) => records.map((record) => signal(record)));

function shape(items: Iterable<Item>): string[] {
  return Array.from(items, (item) => `${item.id} = ${item.signals.map((s) => s.id).join(' ')}`).sort();
}

test('a signal that holds the other one’s address is the same item', () => {
  const items = linkSignals([issue, { ...thread, mentions: [issueUrl] }]);

  assert.deepEqual(shape(items), ['github:acme/app#1 = github:acme/app#1 slack:C1:1']);
});

test('a marker of our own conversion ties the created issue to its thread', () => {
  const items = linkSignals([{ ...issue, markers: [thread.id] }, thread]);

  assert.equal(items.length, 1);
});

test('signals that only mention the same third page stay apart', () => {
  const page = 'https://wiki.example/runbook';

  assert.equal(
    linkSignals([
      { ...issue, mentions: [page] },
      { ...thread, mentions: [page] },
    ]).length,
    2,
  );
});

test('a list of many addresses does not make one item of them', () => {
  const issues = Array.from({ length: 13 }, (_, n) =>
    signal({ id: `github:acme/app#${n}`, names: [`https://x.example/${n}`] }),
  );
  const digest = { ...thread, mentions: issues.flatMap(({ names }) => names) };

  assert.equal(linkSignals([...issues, digest]).length, 14);
  assert.equal(linkSignals([...issues, { ...digest, mentions: digest.mentions.slice(1) }]).length, 2);
});

test('linking goes through a chain', () => {
  const alert = signal({ id: 'alertmanager:f', mentions: thread.names });

  assert.equal(linkSignals([issue, { ...thread, mentions: [issueUrl] }, alert]).length, 1);
});

test('the order of signals never matters', () => {
  fc.assert(
    fc.property(
      worlds.chain((world) => fc.tuple(fc.constant(world), fc.shuffledSubarray(world, { minLength: world.length }))),
      ([world, shuffled]) => assert.deepEqual(shape(linkSignals(shuffled)), shape(linkSignals(world))),
    ),
  );
});

test('every signal is in exactly one item, and linking an item’s own signals again gives the item', () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const items = linkSignals(world);
      assert.deepEqual(items.flatMap((item) => item.signals.map((s) => s.id)).sort(), world.map((s) => s.id).sort());
      for (const item of items) assert.deepEqual(shape(linkSignals(item.signals)), shape([item]));
    }),
  );
});

test('an index that is updated bit by bit holds what linking everything at once gives', () => {
  fc.assert(
    fc.property(fc.array(worlds, { minLength: 1, maxLength: 5 }), (steps) => {
      const index = new ItemIndex();
      for (const world of steps) {
        index.sync(new Map(world.map((s) => [s.id, s])));
        assert.deepEqual(shape(index.items().values()), shape(linkSignals(world)));
        for (const s of world) assert.ok(index.itemOf(s.id)?.signals.includes(s));
      }
    }),
  );
});

test('an update without changes keeps the very same items', () => {
  const index = new ItemIndex();
  index.sync(new Map([[issue.id, issue]]));
  const before = index.itemOf(issue.id);

  index.sync(new Map([[issue.id, issue]]));

  assert.equal(index.itemOf(issue.id), before);
});

function merged(...signalIds: readonly string[]): JournalEntry {
  return { id: `m ${signalIds.join(' ')}`, at: 0, signalIds, event: { type: 'merged' } };
}

function keptApart(off: readonly string[], rest: readonly string[]): JournalEntry {
  const signalIds = [...off, ...rest];
  return { id: `a ${signalIds.join(' ')}`, at: 0, signalIds, event: { type: 'keptApart', off } };
}

const linkedThread = { ...thread, mentions: [issueUrl] };
const alert = signal({ id: 'alertmanager:f', mentions: thread.names, startedAt: issue.startedAt + 9 });

const TIES: readonly [name: string, signals: readonly Signal[], journal: readonly JournalEntry[], items: string[]][] = [
  ['what was merged is one item', [issue, thread], [merged(issue.id, thread.id)], ['github:acme/app#1 slack:C1:1']],
  [
    'what was kept apart is not joined by an address',
    [issue, linkedThread],
    [keptApart([thread.id], [issue.id])],
    ['github:acme/app#1', 'slack:C1:1'],
  ],
  [
    'nor by way of a third signal, which stays with the earlier one it may be joined with',
    [issue, linkedThread, { ...alert, mentions: [...issue.names, ...thread.names] }],
    [keptApart([thread.id], [issue.id])],
    ['github:acme/app#1 alertmanager:f', 'slack:C1:1'],
  ],
  [
    'a merge after it counts',
    [issue, linkedThread],
    [keptApart([thread.id], [issue.id]), merged(issue.id, thread.id)],
    ['github:acme/app#1 slack:C1:1'],
  ],
  [
    'and so does keeping apart after a merge',
    [issue, thread],
    [merged(issue.id, thread.id), keptApart([thread.id], [issue.id])],
    ['github:acme/app#1', 'slack:C1:1'],
  ],
  [
    'of a merge of three, the pair that was kept apart later is apart',
    [issue, thread, alert],
    [merged(issue.id, thread.id, alert.id), keptApart([thread.id], [issue.id, alert.id])],
    ['github:acme/app#1 alertmanager:f', 'slack:C1:1'],
  ],
  ['a signal that is no longer there ties nothing', [issue], [merged(issue.id, thread.id)], ['github:acme/app#1']],
  [
    'two are one by a third that is no longer there',
    [issue, alert],
    [merged(issue.id, thread.id, alert.id)],
    ['github:acme/app#1 alertmanager:f'],
  ],
  [
    'what was undone is as if it had not been',
    [issue, linkedThread],
    [
      keptApart([thread.id], [issue.id]),
      {
        id: 'u',
        at: 1,
        signalIds: [],
        event: { type: 'undone', entryId: keptApart([thread.id], [issue.id]).id },
      },
    ],
    ['github:acme/app#1 slack:C1:1'],
  ],
];

for (const [name, signals, journal, items] of TIES)
  test(`merge and keep apart: ${name}`, () => {
    const found = linkSignals(signals, tiesOf(journal)).map((item) => item.signals.map(({ id }) => id).join(' '));
    assert.deepEqual(found.sort(), items.toSorted());
  });

const ids = (max: number) =>
  fc.uniqueArray(
    fc.nat(13).map((n) => `slack:C:${n}`),
    { minLength: 1, maxLength: max },
  );

/** Journals of merges, of keeping apart, and of undoing either. */
const journals: fc.Arbitrary<JournalEntry[]> = fc
  .array(
    fc.oneof(
      ids(4).map((signalIds) => ({ signalIds, event: { type: 'merged' } as const })),
      ids(5).map((signalIds) => ({
        signalIds,
        event: { type: 'keptApart', off: signalIds.slice(0, Math.ceil(signalIds.length / 2)) } as const,
      })),
      fc.nat(9).map((n) => ({ signalIds: [], event: { type: 'undone', entryId: String(n) } as const })),
    ),
    { maxLength: 10 },
  )
  .map((entries) => entries.map((entry, index) => ({ ...entry, id: String(index), at: index })));

test('merge and keep apart: the order of signals never matters, and each is in exactly one item', () => {
  fc.assert(
    fc.property(
      worlds.chain((world) => fc.tuple(fc.constant(world), fc.shuffledSubarray(world, { minLength: world.length }))),
      journals,
      ([world, shuffled], journal) => {
        const items = linkSignals(world, tiesOf(journal));
        assert.deepEqual(shape(linkSignals(shuffled, tiesOf(journal))), shape(items));
        assert.deepEqual(items.flatMap((item) => item.signals.map((s) => s.id)).sort(), world.map((s) => s.id).sort());
      },
    ),
  );
});

test('merge and keep apart: the last one always holds', () => {
  fc.assert(
    fc.property(worlds, journals, (world, journal) => {
      const ties = tiesOf(journal);
      const [last] = ties.latestFirst;
      if (last === undefined) return;
      for (const { signals } of linkSignals(world, ties)) {
        const named = signals.filter(({ id }) => last.signalIds.includes(id));
        const present = world.filter(({ id }) => last.signalIds.includes(id));
        if (last.off === undefined) assert.ok(named.length === 0 || named.length === present.length);
        else assert.ok(named.every(({ id }) => last.off?.has(id)) || !named.some(({ id }) => last.off?.has(id)));
      }
    }),
  );
});

/** A change of few signals, or of the journal: acts of other ids are other acts. */
const changes = fc.oneof(
  worlds.map((world) => ({ put: world.slice(0, 2), remove: [], journal: undefined })),
  ids(2).map((remove) => ({ put: [], remove, journal: undefined })),
  journals.map((journal) => ({ put: [], remove: [], journal })),
);

test('merge and keep apart: an index updated bit by bit holds what linking everything at once gives', () => {
  fc.assert(
    fc.property(worlds, journals, fc.array(changes, { maxLength: 12 }), (world, journal, steps) => {
      const index = new ItemIndex();
      const known = new Map(world.map((s) => [s.id, s]));
      let ties = tiesOf(journal);
      index.setTies(ties);
      index.sync(known);
      for (const [step, { put, remove, journal: next }] of steps.entries()) {
        for (const s of put) known.set(s.id, s);
        for (const id of remove) known.delete(id);
        if (next !== undefined) {
          // Half of what was said still stands, as after an undo.
          const left = ties.latestFirst.filter((_, n) => n % 2 === 0);
          const added = tiesOf(next).latestFirst.map((tie) => ({ ...tie, id: `${step} ${tie.id}` }));
          ties = withTies([...added, ...left]);
          index.setTies(ties);
        }
        index.sync(known);
        assert.deepEqual(shape(index.items().values()), shape(linkSignals([...known.values()], ties)));
        for (const s of known.values()) assert.ok(index.itemOf(s.id)?.signals.includes(s));
      }
    }),
    { numRuns: 1000 },
  );
});

function withTies(latestFirst: readonly Tie[]): Ties {
  const bySignal = new Map<string, Tie[]>();
  for (const tie of latestFirst) for (const id of tie.signalIds) bySignal.set(id, [...(bySignal.get(id) ?? []), tie]);
  return { latestFirst, bySignal };
}

test('what neither merging nor keeping apart is about keeps the very same items', () => {
  const index = new ItemIndex();
  index.sync(new Map([issue, thread, alert].map((s) => [s.id, s])));
  const other = signal({ id: 'slack:C9:1' });
  index.update([other], []);
  const before = index.itemOf(other.id);

  index.setTies(tiesOf([merged(issue.id, thread.id)]));

  assert.equal(index.itemOf(other.id), before);
  assert.equal(index.itemOf(issue.id), index.itemOf(thread.id));
});
