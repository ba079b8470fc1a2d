import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UNCHECKED_ID, uncheckedEntry } from '../../../src/core/handoffCoverage.ts';
import { draftHandoff } from '../../../src/core/handoffDraft.ts';
import { removeEntry, setNote } from '../../../src/core/handoffEdits.ts';
import { refillHandoff } from '../../../src/core/handoffRefill.ts';
import type { JournalEntry } from '../../../src/core/journal.ts';
import type { Shift, Watch } from '../../../src/core/team.ts';
import { team } from '../../support/build.ts';
import { entriesOf, idsOf } from './handoffSamples.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MONDAY = Date.UTC(2026, 10, 16, 8);
const shift: Shift = { from: MONDAY, to: MONDAY + 7 * DAY, name: 'Noor', shadow: undefined };

function channel(name: string): Watch {
  const id = `slack:channel:${name}`;
  return { id, service: 'slack', what: 'channel', channel: name, alerts: false, respondWithinMinutes: undefined };
}

const watching = team({ watch: ['a', 'b', 'c'].map(channel) });

function checked(name: string, day: number): JournalEntry {
  const event = { type: 'checked', watchId: `slack:channel:${name}` } as const;
  return { id: `${name}${day}`, at: MONDAY + day * DAY + HOUR, signalIds: [], event };
}

/** All but what is left out, `a1`: channel and day. */
function allBut(...left: readonly string[]): readonly JournalEntry[] {
  return [0, 1, 2, 3, 4]
    .flatMap((day) => ['a', 'b', 'c'].map((name) => checked(name, day)))
    .filter(({ id }) => !left.includes(id));
}

const rows: readonly [string, readonly JournalEntry[], string | undefined, string][] = [
  ['nothing was left out', allBut(), undefined, ''],
  ['one place on one day', allBut('b1'), 'Places not checked on 1 working day', 'Tue: #b'],
  ['one place on two days', allBut('b1', 'b3'), 'Places not checked on 2 working days', 'Tue, Thu: #b'],
  ['several', allBut('b1', 'c1', 'c4'), 'Places not checked on 2 working days', 'Tue: #b, #c · Fri: #c'],
  ['all on one day', allBut('a0', 'b0', 'c0'), 'Places not checked on 1 working day', 'Mon: all 3 places'],
];

for (const [what, journal, title, detail] of rows)
  test(`the notes say in one line what was left out: ${what}`, () => {
    const said = uncheckedEntry({ team: watching, shift, journal, now: shift.to });
    assert.equal(said?.title, title);
    assert.equal(said?.detail ?? '', detail);
  });

test('in a shift of two weeks a day has its date', () => {
  const long = { ...shift, to: shift.to + 7 * DAY };
  const said = uncheckedEntry({ team: watching, shift: long, journal: allBut('b1'), now: shift.to });
  assert.equal(said?.detail, 'Tue, Nov 17: #b');
});

function draft(journal: readonly JournalEntry[], now = shift.to) {
  return draftHandoff({ items: [], journal, team: watching, shift, next: undefined, now });
}

test('it stands last in what is to be kept in mind', () => {
  const kept: JournalEntry = { id: 'k', at: MONDAY + HOUR, signalIds: [], event: { type: 'keptInMind', text: 'x' } };
  const ids = idsOf(draft([kept, ...allBut('b1')]), 'keepInMind');
  assert.deepEqual([ids.length, ids.at(-1)], [2, UNCHECKED_ID]);
});

test('a refill brings it up to date and keeps the person’s note', () => {
  const edited = setNote(draft(allBut('b1')), UNCHECKED_ID, 'b was down');
  const [said] = entriesOf(refillHandoff(edited, draft(allBut('b1', 'c2'))), 'keepInMind');
  assert.deepEqual([said?.detail, said?.note], ['Tue: #b · Wed: #c', 'b was down']);
});

test('what a person removed stays away, whatever is left out later', () => {
  const edited = removeEntry(draft(allBut('b1')), UNCHECKED_ID);
  assert.deepEqual(idsOf(refillHandoff(edited, draft(allBut('b1', 'c2'))), 'keepInMind'), []);
});

test('a team that watches nothing left nothing out', () => {
  assert.equal(uncheckedEntry({ team: team(), shift, journal: [], now: shift.to }), undefined);
});
