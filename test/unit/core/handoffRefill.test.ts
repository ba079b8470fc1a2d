import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { HANDOFF_SECTIONS, type HandoffDraft } from '../../../src/core/handoff.ts';
import { addEntry, moveEntry, removeEntry, setNote } from '../../../src/core/handoffEdits.ts';
import { refillHandoff } from '../../../src/core/handoffRefill.ts';
import { arbitraryRecord, draft, entriesOf, entry, idsOf } from './handoffSamples.ts';

const allIds = (notes: HandoffDraft): readonly string[] =>
  notes.sections.flatMap(({ entries }) => entries.map(({ id }) => id));
const allNotes = (notes: HandoffDraft): readonly string[] =>
  notes.sections
    .flatMap(({ entries }) => entries.filter(({ note }) => note !== '').map(({ id, note }) => `${id}=${note}`))
    .toSorted();

test('new entries come at the end of their section; the person’s order, notes and additions stay', () => {
  let edited = draft({ open: [entry({ id: 'a' }), entry({ id: 'b' })] });
  edited = moveEntry(edited, 'b', { section: 'open', index: 0 });
  edited = setNote(edited, 'a', 'ask Rio');
  edited = addEntry(edited, 'keepInMind', 'mine');
  const fresh = draft({ open: ['new', 'a', 'b'].map((id) => entry({ id, detail: 'later' })) });

  const refilled = refillHandoff(edited, fresh);

  assert.deepEqual(idsOf(refilled, 'open'), ['b', 'a', 'new']);
  assert.deepEqual(
    entriesOf(refilled, 'open').map(({ note, detail }) => [note, detail]),
    [
      ['', 'later'],
      ['ask Rio', 'later'],
      ['', 'later'],
    ],
  );
  assert.deepEqual(idsOf(refilled, 'keepInMind'), ['note:1']);
});

test('what was removed stays away', () => {
  const record = draft({ open: [entry({ id: 'a' })] });

  assert.deepEqual(allIds(refillHandoff(removeEntry(record, 'a'), record)), []);
});

test('an entry follows the record to its new section, unless the person put it where it is', () => {
  const record = draft({ open: [entry({ id: 'a' }), entry({ id: 'b' })] });
  const later = draft({ resolved: [entry({ id: 'a' }), entry({ id: 'b' })] });
  const edited = setNote(moveEntry(record, 'a', { section: 'startHere', index: 0 }), 'b', 'done by Mika');

  const refilled = refillHandoff(edited, later);

  assert.deepEqual(
    [idsOf(refilled, 'startHere'), idsOf(refilled, 'open'), idsOf(refilled, 'resolved')],
    [['a'], [], ['b']],
  );
  assert.equal(entriesOf(refilled, 'resolved')[0]?.note, 'done by Mika');
});

test('what the record lost goes, unless it has a note or was moved', () => {
  const record = draft({ open: ['plain', 'noted', 'moved'].map((id) => entry({ id })) });
  const edited = moveEntry(setNote(record, 'noted', 'x'), 'moved', { section: 'keepInMind', index: 0 });

  assert.deepEqual(allIds(refillHandoff(edited, draft())), ['noted', 'moved']);
});

test('who takes over is the record’s to say', () => {
  assert.equal(refillHandoff(draft(), draft({}, { to: 'Mika' })).to, 'Mika');
});

const edit = fc.oneof(
  fc.record({ what: fc.constant('note' as const), pick: fc.nat(), note: fc.string({ minLength: 1, maxLength: 9 }) }),
  fc.record({ what: fc.constant('add' as const), section: fc.constantFrom(...HANDOFF_SECTIONS) }),
  fc.record({ what: fc.constant('remove' as const), pick: fc.nat() }),
  fc.record({
    what: fc.constant('move' as const),
    pick: fc.nat(),
    section: fc.constantFrom(...HANDOFF_SECTIONS),
    index: fc.nat(4),
  }),
);

const edited = fc.tuple(arbitraryRecord, fc.array(edit, { maxLength: 12 })).map(([record, edits]) => {
  let notes = record;
  for (const step of edits) {
    if (step.what === 'add') {
      notes = addEntry(notes, step.section, 'mine');
      continue;
    }
    const ids = allIds(notes);
    const id = ids[step.pick % Math.max(1, ids.length)] ?? '';
    if (step.what === 'note') notes = setNote(notes, id, step.note);
    else if (step.what === 'remove') notes = removeEntry(notes, id);
    else notes = moveEntry(notes, id, { section: step.section, index: step.index });
  }
  return notes;
});

test('refilling twice is refilling once', () => {
  fc.assert(
    fc.property(edited, arbitraryRecord, (notes, fresh) => {
      const once = refillHandoff(notes, fresh);
      assert.equal(refillHandoff(once, fresh), once);
    }),
  );
});

test('no note is ever lost, no removed entry comes back, and no id stands twice', () => {
  fc.assert(
    fc.property(edited, arbitraryRecord, (notes, fresh) => {
      const refilled = refillHandoff(notes, fresh);
      assert.deepEqual(allNotes(refilled), allNotes(notes));
      const ids = allIds(refilled);
      assert.equal(new Set(ids).size, ids.length);
      assert.ok(ids.every((id) => !notes.removed.includes(id)));
      for (const id of allIds(fresh)) assert.ok(ids.includes(id) || notes.removed.includes(id), id);
    }),
  );
});

test('what stays in a section keeps its order', () => {
  fc.assert(
    fc.property(edited, arbitraryRecord, (notes, fresh) => {
      const refilled = refillHandoff(notes, fresh);
      for (const id of HANDOFF_SECTIONS) {
        const before = idsOf(notes, id).filter((kept) => idsOf(refilled, id).includes(kept));
        assert.deepEqual(idsOf(refilled, id).slice(0, before.length), before);
      }
    }),
  );
});
