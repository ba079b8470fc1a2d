import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { JournalEntry } from '../../../src/core/journal.ts';
import { type JournalInput, type JournalRow, projectJournal } from '../../../src/core/journalView.ts';
import { signal } from '../../support/build.ts';
import { arbitraryJournal, entry, SIGNALS, tried } from './journalSamples.ts';

function rowsOf(journal: readonly JournalEntry[], over: Partial<JournalInput> = {}): readonly JournalRow[] {
  return projectJournal({ journal, signals: new Map(), canTakeBack: () => false, undoSince: 0, ...over });
}

const converted = {
  type: 'converted',
  repository: 'acme/app',
  number: 7,
  url: 'https://github.example/acme/app/issues/7',
  title: 'Publish the range',
  timeboxMinutes: 120,
  priority: 'high',
} as const;

test('the newest stands first, of one moment what was written last', () => {
  const rows = rowsOf([
    entry('a', 1, { type: 'claimed' }),
    entry('b', 2, { type: 'done' }),
    entry('c', 2, { type: 'reopened' }),
  ]);
  assert.deepEqual(
    rows.map(({ id }) => id),
    ['c', 'b', 'a'],
  );
});

test('the tries of a write are told under the entry that it made', () => {
  const rows = rowsOf([
    entry('p#0.failed.1', 1, tried('p', { result: 'failed', reason: 'offline', steps: 2, write: 'createIssue' })),
    entry('p:converted', 2, converted),
    entry('p#0.done.2', 2, tried('p', { steps: 2, write: 'createIssue', url: converted.url })),
    entry('p#1.done.3', 3, tried('p', { step: 1, steps: 2, write: 'addToBoard' })),
    entry('act/0', 4, { type: 'claimed' }),
    entry('act/0#0.found.5', 5, tried('act/0', { kind: 'claim', write: 'react', result: 'found' })),
  ]);
  assert.deepEqual(
    rows.map(({ id, at, told, attempts }) => [id, at, told.type, attempts.map(({ result }) => result)]),
    [
      ['act/0', 4, 'claimed', ['found']],
      ['p:converted', 2, 'converted', ['failed', 'done', 'done']],
    ],
  );
  assert.equal(rows[1]?.attempts[0]?.reason, 'offline');
  assert.equal(rows[1]?.url, converted.url);
});

test('a write that no other entry tells of is a row, where its last try stands', () => {
  const steps = [
    ['all of it', [tried('p'), tried('p', { step: 1, steps: 2 })], 'written'],
    [
      'found is written',
      [tried('p', { result: 'found', steps: 2 }), tried('p', { step: 1, steps: 2, result: 'found' })],
      'written',
    ],
    ['half of it', [tried('p', { steps: 2 })], 'begun'],
    ['refused half-way', [tried('p', { steps: 2 }), tried('p', { step: 1, steps: 2, result: 'failed' })], 'failed'],
    ['at the second go', [tried('p', { result: 'failed', reason: 'offline' }), tried('p')], 'written'],
  ] as const;
  for (const [what, tries, result] of steps) {
    const [row, ...others] = rowsOf(tries.map((event, index) => entry(`p#${index}`, index + 1, event)));
    assert.deepEqual(others, [], what);
    assert.deepEqual(row?.told, { type: 'wrote', kind: 'reply', result }, what);
    assert.equal(row?.at, tries.length, what);
    assert.equal(row?.title, 'Customer behind a proxy', what);
  }
});

test('what was taken back says so, and so does what took it back', () => {
  const rows = rowsOf([
    entry('a', 1, { type: 'done' }),
    entry('p#0', 2, tried('p')),
    entry('u/0', 3, { type: 'undone', entryId: 'a' }),
    entry('v/0', 4, { type: 'undone', entryId: 'p' }),
    entry('w/0', 5, { type: 'undone', entryId: 'nobody knows' }),
  ]);
  assert.deepEqual(
    rows.map(({ told, undoneAt }) => [told.type === 'undone' ? (told.of?.type ?? 'nothing') : told.type, undoneAt]),
    [
      ['nothing', undefined],
      ['wrote', undefined],
      ['done', undefined],
      ['wrote', 4],
      ['done', 3],
    ],
  );
});

test('what took a write back is one row, with its own tries', () => {
  const [claimBack] = rowsOf(
    [
      entry('act/0', 1, { type: 'claimed' }),
      entry('v/0', 2, { type: 'undone', entryId: 'act/0' }),
      entry('act/0:back#0', 3, tried('act/0:back', { kind: 'release', write: 'react' })),
    ],
    { canTakeBack: () => true },
  );
  assert.deepEqual([claimBack?.id, claimBack?.attempts.length, claimBack?.undo], ['v/0', 1, undefined]);
  const rows = rowsOf([
    entry('p#0', 1, tried('p')),
    entry('u#0', 2, tried('u', { kind: 'undo', write: 'deleteMessage' })),
    entry('u:undone/p', 3, { type: 'undone', entryId: 'p' }),
  ]);
  assert.deepEqual(
    rows.map(({ told, attempts }) => [told.type, attempts.map(({ write }) => write)]),
    [
      ['undone', ['deleteMessage']],
      ['wrote', ['replyInThread']],
    ],
  );
});

test('Undo is offered for what can be undone, once', () => {
  const written = { canTakeBack: (id: string) => id === 'p', undoSince: 10 };
  const cases: readonly (readonly [string, readonly JournalEntry[], string | undefined])[] = [
    ['what is ours alone, however old', [entry('a', 1, { type: 'done' })], 'entry'],
    ['undone already', [entry('a', 1, { type: 'done' }), entry('u', 2, { type: 'undone', entryId: 'a' })], undefined],
    ['a claim of today', [entry('a', 10, { type: 'claimed' })], 'entry'],
    ['a claim of long ago', [entry('a', 9, { type: 'claimed' })], undefined],
    ['a look', [entry('a', 1, { type: 'checked', watchId: 'w' })], undefined],
    ['a place', [entry('a', 1, { type: 'checked', watchId: 'w' }, { signalIds: [] })], 'entry'],
    ['a write that its service can take back', [entry('p#0', 1, tried('p'))], 'write'],
    ['a write that nobody can', [entry('q#0', 1, tried('q'))], undefined],
    ['a conversion', [entry('p:converted', 1, converted), entry('p#0', 1, tried('p', { kind: 'convert' }))], 'write'],
    ['a conversion of which no try is known', [entry('p:converted', 1, converted)], undefined],
    ['a running timebox', [entry('a', 1, { type: 'paused' })], undefined],
  ];
  for (const [what, journal, way] of cases) assert.equal(rowsOf(journal, written).at(-1)?.undo?.type, way, what);
});

test('a row says what its matter was called then, or is now, or was another time', () => {
  const [id = ''] = SIGNALS;
  const about = { title: 'Then', url: 'https://github.example/then' };
  const now = new Map([[id, signal({ id, title: 'Now' })]]);
  assert.equal(rowsOf([entry('a', 1, { type: 'done' }, { about })], { signals: now })[0]?.title, 'Then');
  assert.equal(rowsOf([entry('a', 1, { type: 'done' })], { signals: now })[0]?.title, 'Now');
  const [later, earlier] = rowsOf([entry('a', 1, { type: 'claimed' }), entry('b', 2, { type: 'done' }, { about })]);
  assert.deepEqual([earlier?.title, later?.title], ['Then', 'Then']);
  assert.equal(rowsOf([entry('a', 1, { type: 'done' })])[0]?.title, undefined);
  const [issue] = rowsOf([entry('a', 1, converted)]);
  assert.deepEqual([issue?.home, issue?.url], [undefined, converted.url]);
});

test('no entry is lost and none is told twice, and rows stand in order of time, whatever the journal holds', () => {
  fc.assert(
    fc.property(arbitraryJournal, (journal) => {
      const rows = rowsOf(journal);
      assert.deepEqual(rows.flatMap(({ entryIds }) => entryIds).sort(), journal.map(({ id }) => id).sort());
      const times = rows.map(({ at }) => at);
      assert.deepEqual(
        times,
        times.toSorted((a, b) => b - a),
      );
    }),
  );
});

test('the same journal makes the same rows, and what comes later moves none of those before it', () => {
  fc.assert(
    fc.property(arbitraryJournal, (journal) => {
      const rows = rowsOf(journal);
      assert.deepEqual(rowsOf(journal), rows);
      const later = rowsOf([...journal, entry('later', 9, { type: 'reopened' })]);
      assert.deepEqual(later.slice(1), rows);
    }),
  );
});
