import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Item } from '../../../src/core/item.ts';
import { ItemIndex } from '../../../src/core/itemIndex.ts';
import { linkSignals } from '../../../src/core/linking.ts';
import type { Signal } from '../../../src/core/signal.ts';
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
          names: fc.constant([`https://x.example/${id}`]),
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
