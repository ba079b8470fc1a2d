import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  addEntry,
  findEntry,
  moveEntry,
  removeEntry,
  restoreEntry,
  setNote,
  setTitle,
} from '../../../src/core/handoffEdits.ts';
import { draft, entriesOf, entry, idsOf } from './handoffSamples.ts';

const three = draft({ open: ['a', 'b', 'c'].map((id) => entry({ id })), resolved: [entry({ id: 'r' })] });

test('every edit is the next revision, and an edit that changes nothing is the same draft', () => {
  assert.equal(setNote(three, 'a', 'ask Rio').revision, 1);
  assert.equal(addEntry(three, 'open', '').revision, 1);
  const same = [
    setNote(three, 'a', ''),
    setNote(three, 'unknown', 'x'),
    setTitle(three, 'a', 'The record has its own title'),
    removeEntry(three, 'unknown'),
    moveEntry(three, 'unknown', { section: 'open', index: 0 }),
    moveEntry(three, 'a', { section: 'open', index: 0 }),
    moveEntry(three, 'a', { section: 'open', index: -1 }),
    moveEntry(three, 'c', { section: 'open', index: 9 }),
    restoreEntry(three, { entry: entry({ id: 'a' }), section: 'open', index: 0 }),
  ];
  for (const [index, edited] of same.entries()) assert.equal(edited, three, `edit ${index}`);
});

test('a note is kept as it was typed', () => {
  const edited = setNote(three, 'b', ' two\n\nlines ');

  assert.equal(entriesOf(edited, 'open')[1]?.note, ' two\n\nlines ');
  assert.equal(entriesOf(three, 'open')[1]?.note, '');
});

test('an added entry has a title of the person’s and an id that was never used before', () => {
  const added = addEntry(addEntry(three, 'keepInMind', 'one'), 'keepInMind', 'two');
  assert.deepEqual(idsOf(added, 'keepInMind'), ['note:1', 'note:2']);

  const again = addEntry(removeEntry(added, 'note:2'), 'keepInMind', 'three');

  assert.deepEqual(idsOf(again, 'keepInMind'), ['note:1', 'note:3']);
  assert.equal(entriesOf(setTitle(again, 'note:3', '3'), 'keepInMind')[1]?.title, '3');
});

test('a removal is undone exactly', () => {
  const removed = findEntry(three, 'b');
  assert.ok(removed);
  const without = removeEntry(three, 'b');
  assert.deepEqual(idsOf(without, 'open'), ['a', 'c']);
  assert.deepEqual(without.removed, ['b']);

  assert.deepEqual({ ...restoreEntry(without, removed), revision: 0 }, three);
});

test('an entry moves within its section, and to another one for good', () => {
  assert.deepEqual(idsOf(moveEntry(three, 'a', { section: 'open', index: 1 }), 'open'), ['b', 'a', 'c']);
  assert.deepEqual(idsOf(moveEntry(three, 'c', { section: 'open', index: 0 }), 'open'), ['c', 'a', 'b']);
  assert.deepEqual(moveEntry(three, 'a', { section: 'open', index: 2 }).moved, []);

  const moved = moveEntry(three, 'a', { section: 'resolved', index: 0 });

  assert.deepEqual(idsOf(moved, 'resolved'), ['a', 'r']);
  assert.deepEqual(moved.moved, ['a']);
  assert.deepEqual(moveEntry(moved, 'a', { section: 'open', index: 0 }).moved, ['a']);
});
