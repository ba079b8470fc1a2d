import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { Item } from '../../../../src/core/item.ts';
import type { JournalEntry } from '../../../../src/core/journal.ts';
import { linkSignals } from '../../../../src/core/linking.ts';
import { tiesOf } from '../../../../src/core/ties.ts';
import { actIdOf } from '../../../../src/core/undo.ts';
import { ClaimWrites } from '../../../../src/host/working/claimWrites.ts';
import type { WorkingPorts } from '../../../../src/host/working/workingPorts.ts';
import { signal, team } from '../../../support/build.ts';
import { fakeVscode } from '../../../support/fakeVscode.ts';
import { person } from '../../../support/vscodeStub.ts';

fakeVscode();
const { keepItemApart, mergeItems } = await import('../../../../src/host/working/joinItems.ts');
const { keepReviews, takeReviews } = await import('../../../../src/host/working/reviewBundles.ts');
const { undoAct } = await import('../../../../src/host/working/workItems.ts');

const NOW = Date.UTC(2026, 10, 24, 11);
const SIGNALS = ['a', 'b', 'c'].map((id, n) => signal({ id, title: `Title $(x) ${id}`, startedAt: NOW + n }));

beforeEach(() => {
  person.answers.length = 0;
  person.said.length = 0;
});

function desk(over: Partial<WorkingPorts> = {}) {
  const journal: JournalEntry[] = [];
  const acts = new Set<string>();
  const items = (): readonly Item[] => linkSignals(SIGNALS, tiesOf(journal));
  let count = 0;
  const ports = {
    team: team(),
    me: team().people[0],
    journal: () => journal,
    append: (entry: JournalEntry) => {
      if (entry.event.type !== 'undone') acts.add(actIdOf(entry.id));
      journal.push(entry);
    },
    offerUndo: (text: string) => void person.said.push(`Undo: ${text}`),
    gate: { undoBar: { hide: () => undefined } },
    itemOf: (id: string) => items().find(({ signals }) => signals.some((each) => each.id === id)),
    outbox: { stored: () => [], unfinished: () => [] },
    now: () => NOW,
    newId: () => {
      count += 1;
      return `id${count}`;
    },
    ...over,
  } as unknown as WorkingPorts;
  const shape = (): readonly string[] => items().map(({ signals }) => signals.map(({ id }) => id).join(' '));
  const undo = (): void => void undoAct({ acts, clicked: [], selected: [] }, new ClaimWrites(), ports);
  return { ports, journal, items, shape, undo };
}

test('merging makes one item, one undo makes them several again', () => {
  const { ports, items, shape, undo } = desk();
  mergeItems(items().slice(0, 2), ports);
  assert.deepEqual(shape(), ['a b', 'c']);
  mergeItems(items(), ports);
  assert.deepEqual(shape(), ['a b c']);
  for (const said of person.said) assert.match(said, /Merged: 2 items/u);
  undo();
  assert.deepEqual(shape(), ['a b', 'c']);
  undo();
  assert.deepEqual(shape(), ['a', 'b', 'c']);
});

test('one item cannot be merged, and an item of one signal cannot be kept apart', async () => {
  const { ports, journal, items } = desk();
  mergeItems(items().slice(0, 1), ports);
  await keepItemApart(items()[0], new Set(), ports);
  await keepItemApart(undefined, new Set(), ports);
  assert.deepEqual(journal, []);
  assert.deepEqual(person.said.length, 3);
});

test('what is chosen is kept apart, and undone it is one item again', async () => {
  const { ports, items, shape, undo } = desk();
  mergeItems(items(), ports);
  person.answers.push('Title $ (x) b');
  await keepItemApart(items()[0], new Set(), ports);
  assert.deepEqual(shape(), ['a c', 'b']);
  undo();
  assert.deepEqual(shape(), ['a b c']);
});

test('all of it, none of it, and leaving change nothing', async () => {
  const { ports, items, shape } = desk();
  mergeItems(items(), ports);
  for (const answer of ['Title', 'none of these', undefined]) {
    person.answers.push(answer);
    await keepItemApart(items()[0], new Set(), ports);
  }
  assert.deepEqual(shape(), ['a b c']);
});

test('reviews are left with a teammate to the end of the shift, and for a week without one', () => {
  const shift = { from: NOW - 5, to: NOW + 5, name: 'Noor', shadow: undefined };
  const rotation = { type: 'shifts', shifts: [shift], overrides: [] } as const;
  for (const [over, until] of [
    [{ team: team({ rotation }) }, NOW + 5],
    [{}, NOW + 7 * 86_400_000],
  ] as const) {
    const { ports, journal, items } = desk(over);
    const bundle = { id: 'reviews:x', who: 'Kai', isKept: false, items: [] };
    keepReviews([{ bundle, items: items() }], ports);
    assert.deepEqual(
      journal.map(({ signalIds, event }) => [signalIds, event]),
      ['a', 'b', 'c'].map((id) => [[id], { type: 'reviewsKept', bundle: 'reviews:x', who: 'Kai', until }]),
    );
    takeReviews([{ bundle, items: items() }], ports);
    assert.equal(journal.filter(({ event }) => event.type === 'reviewsTaken').length, 3);
  }
  assert.match(person.said[0] ?? '', /Left with Kai: 3 items/u);
  assert.match(person.said[1] ?? '', /Taken over: 3 items/u);
});
