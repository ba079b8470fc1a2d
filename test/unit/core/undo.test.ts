import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { changes } from '../../../src/core/acts.ts';
import type { Item } from '../../../src/core/item.ts';
import { entriesOf, type ItemRecord, indexJournal, recordOf } from '../../../src/core/itemRecord.ts';
import { type JournalEntry, type JournalEvent, standing } from '../../../src/core/journal.ts';
import { actEntries, lastAct, type UndoableEvent, undoEntries } from '../../../src/core/undo.ts';
import { signal } from '../../support/build.ts';

const items: readonly Item[] = ['a', 'b', 'c'].map((id) => ({ id, signals: [signal({ id })] }));

function records(journal: readonly JournalEntry[]): readonly ItemRecord[] {
  const index = indexJournal(journal);
  return items.map((item) => recordOf(entriesOf(item, index)));
}

function act(id: string, event: UndoableEvent, ids: readonly string[], at = 0): readonly JournalEntry[] {
  return actEntries({ id, at, event, items: ids.map((each) => [each]) });
}

const anEvent: fc.Arbitrary<UndoableEvent> = fc.oneof(
  fc.constantFrom<UndoableEvent>(
    { type: 'claimed' },
    { type: 'released' },
    { type: 'done' },
    { type: 'reopened' },
    { type: 'woken' },
    { type: 'snoozed', until: { type: 'reply' } },
    { type: 'prioritised', priority: 'high' },
    { type: 'prioritised', priority: 'low' },
  ),
  fc.string({ maxLength: 5 }).map((text): UndoableEvent => ({ type: 'noted', text })),
  fc.nat().map((at): UndoableEvent => ({ type: 'snoozed', until: { type: 'time', at } })),
);

const someIds = fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 });
const steps = fc.array(fc.oneof({ weight: 2, arbitrary: fc.tuple(anEvent, someIds) }, fc.constant('undo' as const)), {
  maxLength: 30,
});

test('whatever is done and undone, the record is that of the acts that were not taken back', () => {
  fc.assert(
    fc.property(steps, (sequence) => {
      let journal: readonly JournalEntry[] = [];
      const stack: (readonly JournalEntry[])[] = [];
      sequence.forEach((step, index) => {
        if (step === 'undo') {
          const last = lastAct(journal, {});
          assert.deepEqual(last?.entries, stack.pop());
          if (last !== undefined) journal = [...journal, ...undoEntries(last.entries, { id: `u${index}`, at: index })];
        } else {
          const [event, ids] = step;
          const entries = act(`e${index}`, event, ids, index);
          journal = [...journal, ...entries];
          stack.push(entries);
        }
        assert.deepEqual(records(journal), records(stack.flat()));
      });
    }),
  );
});

test('an act on many is one: undone from any of its items, all come back', () => {
  const journal = [...act('first', { type: 'done' }, ['a', 'b']), ...act('second', { type: 'claimed' }, ['c'])];

  const found = lastAct(journal, { signalIds: new Set(['b']) });

  assert.equal(found?.id, 'first');
  const after = [...journal, ...undoEntries(found?.entries ?? [], { id: 'u', at: 1 })];
  assert.deepEqual(
    records(after).map(({ doneAt, claimedAt }) => [doneAt, claimedAt]),
    [
      [undefined, undefined],
      [undefined, undefined],
      [undefined, 0],
    ],
  );
});

test('an entry of an act that is undone already is not undone again with the rest', () => {
  const entries = act('x', { type: 'claimed' }, ['a', 'b']);
  const [first] = entries;
  assert.ok(first !== undefined);
  const journal = [...entries, ...undoEntries([first], { id: 'u', at: 1 })];

  assert.deepEqual(
    lastAct(journal, {})?.entries.map(({ signalIds }) => signalIds),
    [['b']],
  );
});

test('only the acts that are asked for count, the last first', () => {
  const journal = [
    ...act('mine', { type: 'done' }, ['a'], 1),
    ...act('elsewhere', { type: 'claimed' }, ['b'], 2),
    { id: 'alone', at: 3, signalIds: [], event: { type: 'keptInMind', text: 'x' } } as const,
  ];

  assert.equal(lastAct(journal, {})?.id, 'alone');
  assert.equal(lastAct(journal, { acts: new Set(['mine']) })?.id, 'mine');
  assert.equal(lastAct(journal, { acts: new Set() }), undefined);
  assert.equal(lastAct(journal, { signalIds: new Set(['c']) }), undefined);
});

test('what has left the machine, and what a timebox went through, are not undone here', () => {
  const events: readonly JournalEvent[] = [
    { type: 'paused' },
    { type: 'stopped' },
    { type: 'handoffPosted', handoffId: 'h', where: 'slack', url: 'https://slack.example/x' },
    {
      type: 'converted',
      repository: 'acme/app',
      number: 1,
      url: 'https://github.example/acme/app/issues/1',
      title: 't',
      timeboxMinutes: 120,
      priority: 'high',
    },
  ];
  const journal = events.map((event, index): JournalEntry => ({ id: `e${index}`, at: 0, signalIds: ['a'], event }));

  assert.equal(lastAct(journal, {}), undefined);
});

test('undoing is itself no act: undoing twice takes back two acts', () => {
  let journal = [...act('one', { type: 'claimed' }, ['a']), ...act('two', { type: 'done' }, ['a'])];
  for (const id of ['u1', 'u2'])
    journal = [...journal, ...undoEntries(lastAct(journal, {})?.entries ?? [], { id, at: 9 })];

  assert.equal(lastAct(journal, {}), undefined);
  assert.deepEqual(standing(journal), []);
});

const [item] = items;
assert.ok(item !== undefined);
const plain = records([])[0];
assert.ok(plain !== undefined);
const updatedAt = item.signals[0].updatedAt;

for (const [what, record, event, expected] of [
  ['claiming what is claimed', { claimedAt: 1 }, { type: 'claimed' }, false],
  ['releasing what was claimed elsewhere', {}, { type: 'released' }, true],
  ['doing what is done', { doneAt: updatedAt }, { type: 'done' }, false],
  ['doing again what came back', { doneAt: updatedAt - 1 }, { type: 'done' }, true],
  ['reopening what is open', {}, { type: 'reopened' }, false],
  ['reopening what is done', { doneAt: 1 }, { type: 'reopened' }, true],
  ['waking what is awake', {}, { type: 'woken' }, false],
  ['the priority it has', { priority: 'high' }, { type: 'prioritised', priority: 'high' }, false],
  ['another priority', { priority: 'high' }, { type: 'prioritised', priority: 'low' }, true],
  ['a second note', { notes: ['x'] }, { type: 'noted', text: 'x' }, true],
] as const) {
  test(`${what} ${expected ? 'changes something' : 'changes nothing'}`, () => {
    assert.equal(changes(item, { ...plain, ...record }, event), expected);
  });
}
