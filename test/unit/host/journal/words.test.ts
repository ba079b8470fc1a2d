import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JournalEntry, JournalEvent } from '../../../../src/core/journal.ts';
import { PROPOSAL_KINDS, WRITE_TYPES } from '../../../../src/core/proposal.ts';
import { fakeVscode } from '../../../support/fakeVscode.ts';
import { entry, tried } from '../../core/journalSamples.ts';
import { MINUTE, MONDAY, NOOR, rowsOf } from './journalOf.ts';

fakeVscode();
const { createTeller, rowText, searchText } = await import('../../../../src/host/journal/words.ts');
const { rowIcon } = await import('../../../../src/host/journal/toldWords.ts');

const teller = createTeller(NOOR);
const ABOUT = { title: 'Customer behind a proxy', url: 'https://slack.example/p1' };

function textOf(event: JournalEvent, over: Partial<JournalEntry> = {}): ReturnType<typeof rowText> {
  const [row] = rowsOf([entry('a', MONDAY, event, { about: ABOUT, ...over })]);
  assert.ok(row !== undefined);
  assert.match(rowIcon(row.told), /^[a-z-]+$/u);
  return rowText(row, teller);
}

test('every kind of event has its words', () => {
  const until = MONDAY + 3 * 24 * 60 * MINUTE;
  const cases: readonly (readonly [JournalEvent, string, string?])[] = [
    [{ type: 'claimed' }, 'Claimed'],
    [{ type: 'released' }, 'Released'],
    [{ type: 'done' }, 'Done'],
    [{ type: 'reopened' }, 'Reopened'],
    [{ type: 'snoozed', until: { type: 'reply' } }, 'Snoozed until someone replies'],
    [{ type: 'snoozed', until: { type: 'time', at: until } }, 'Snoozed until Thu 10:00'],
    [{ type: 'woken' }, 'Woken'],
    [{ type: 'prioritised', priority: 'high' }, 'Priority 🔴 High'],
    [{ type: 'noted', text: 'ask Ines' }, 'Note', 'ask Ines'],
    [{ type: 'keptInMind', text: 'ask Ines' }, 'Noted for the handoff', 'ask Ines'],
    [{ type: 'started', minutes: 90 }, 'Do It Now, 1 h 30 min'],
    [{ type: 'paused' }, 'Timebox paused'],
    [{ type: 'resumed' }, 'Timebox resumed'],
    [{ type: 'extended', minutes: 15, reason: 'nearly there' }, 'Timebox extended by 15 min', 'nearly there'],
    [{ type: 'stopped' }, 'Timebox stopped'],
    [{ type: 'timeLogged', minutes: 20, reason: '' }, '20 min logged'],
    [{ type: 'timeLogged', minutes: -20, reason: 'lunch' }, '20 min taken off', 'lunch'],
    [{ type: 'checked', watchId: 'w' }, 'Looked at'],
    [{ type: 'merged' }, 'Merged'],
    [{ type: 'keptApart', off: [] }, 'Kept apart'],
    [{ type: 'reviewsTaken' }, 'Taken over'],
    [{ type: 'reviewsKept', bundle: 'b', who: 'Kai', until }, 'Left with Kai'],
    [{ type: 'handoffPosted', handoffId: 'h', where: 'slack', url: '' }, 'Handoff posted to Slack'],
    [{ type: 'handoffPosted', handoffId: 'h', where: 'issue', url: '' }, 'Handoff posted as an issue'],
    [{ type: 'undone', entryId: 'gone' }, 'Undone'],
  ];
  for (const [event, what, more] of cases) {
    const text = textOf(event);
    assert.equal(text.what, what);
    assert.deepEqual(text.more, more === undefined ? [] : [more], what);
    assert.deepEqual([text.time, text.by, text.title], ['10:00', 'Noor', ABOUT.title]);
  }
});

test('an issue that was made or closed is named, and so is whoever answered first', () => {
  const issue = { repository: 'acme/app', number: 7, url: 'https://github.example/7', title: 'Publish the range' };
  const made = textOf({ type: 'converted', ...issue, timeboxMinutes: 120, priority: 'high' });
  assert.deepEqual([made.what, made.more], ['Converted to acme/app#7', ['Publish the range']]);
  const closed = textOf({ type: 'issueClosed', ...issue, reason: 'completed', drafts: 1 });
  assert.deepEqual([closed.what, closed.by], ['acme/app#7 was closed', '']);
  const unread = [{ id: 'slack:C1:1.2', reason: 'forbidden' }] as const;
  const open = textOf({ type: 'issueClosed', ...issue, reason: 'completed', drafts: 0, unread });
  assert.deepEqual(open.more, ['Publish the range', 'Not told at once: Slack does not allow this account to read']);
  const later = textOf({ type: 'issueClosed', ...issue, reason: 'completed', drafts: 1, place: unread[0].id });
  assert.equal(later.what, 'acme/app#7 was closed: looked again at a place');
  const answered = textOf({ type: 'responded', who: 'Kai', startedAt: 0, targetMinutes: 60, tookMinutes: 12 });
  assert.deepEqual([answered.what, answered.by], ['First response after 12 min', 'Kai']);
});

test('a place that was checked is called by its name, a matter that nobody knows by its id', () => {
  const check = { type: 'checked', watchId: 'slack:channel:integrations' } as const;
  assert.equal(textOf(check, { signalIds: [], about: undefined }).title, '#integrations');
  assert.equal(textOf({ type: 'done' }, { about: undefined }).title, 'acme/app#1');
  assert.equal(createTellerWithout().by, 'You');
});

function createTellerWithout(): ReturnType<typeof rowText> {
  const [row] = rowsOf([entry('a', MONDAY, { type: 'done' })]);
  assert.ok(row !== undefined);
  return rowText(row, createTeller({ ...NOOR, me: undefined }));
}

test('every kind of write and every step of it has words, with result and reason', () => {
  for (const kind of PROPOSAL_KINDS) assert.notEqual(textOf(tried('p', { kind })).what, '', kind);
  for (const write of Object.values(WRITE_TYPES))
    assert.match(textOf(tried('p', { write })).more[0] ?? '', /^10:00 .+: sent$/u, write);
  const [row] = rowsOf([
    entry('a', MONDAY, tried('p', { result: 'failed', reason: 'offline' })),
    entry('b', MONDAY + MINUTE, tried('p', { result: 'failed', reason: 'forbidden' })),
    entry('c', MONDAY + 2 * MINUTE, tried('p', { result: 'failed', reason: 'serverError' })),
    entry('d', MONDAY + 3 * MINUTE, tried('p', { result: 'found' })),
    entry('e', MONDAY + 4 * MINUTE, { type: 'undone', entryId: 'p' }),
  ]).slice(1);
  assert.ok(row !== undefined);
  assert.deepEqual(rowText(row, teller).more, [
    '10:00 Reply in the thread: not known whether it was sent. Slack cannot be reached',
    '10:01 Reply in the thread: not sent. Slack does not allow this account to write',
    '10:02 Reply in the thread: not known whether it was sent. Slack reported a server error',
    '10:03 Reply in the thread: had already been sent',
    'Undone Mon 10:04',
  ]);
  assert.equal(textOf(tried('p', { result: 'failed', reason: 'refused' })).what, 'Reply (not sent)');
  assert.equal(textOf(tried('p', { steps: 2 })).what, 'Reply (partly sent)');
});

test('who did it is who was signed in then, whoever is now', () => {
  assert.equal(textOf({ type: 'done' }, { by: 'Kai' }).by, 'Kai');
  assert.equal(textOf({ type: 'undone', entryId: 'gone' }, { by: 'Kai' }).by, 'Kai');
  const answered = { type: 'responded', who: 'Rio', startedAt: 0, targetMinutes: 60, tookMinutes: 12 } as const;
  const [undone] = rowsOf([
    entry('r', MONDAY, answered),
    entry('u', MONDAY + MINUTE, { type: 'undone', entryId: 'r' }),
  ]);
  assert.ok(undone !== undefined);
  assert.equal(rowText(undone, teller).by, '', 'the clock runs again: nobody did that');
  const [wrote] = rowsOf([
    entry('a', MONDAY, tried('p', { result: 'failed', reason: 'offline' }), { by: 'Kai' }),
    entry('b', MONDAY + MINUTE, tried('p'), { by: 'Mika' }),
  ]);
  assert.ok(wrote !== undefined);
  assert.equal(rowText(wrote, teller).by, 'Mika');
});

test('a try that failed keeps the service’s words and its number; what was only looked for says so', () => {
  const failed = { result: 'failed', reason: 'offline' } as const;
  const [row] = rowsOf([
    entry('a', MONDAY, tried('p', { ...failed, message: 'chat.postMessage: no answer' })),
    entry('b', MONDAY + MINUTE, tried('p', { ...failed, message: 'a\u202eb', tries: 2, isLook: true })),
    entry('c', MONDAY + 2 * MINUTE, tried('p', { tries: 3 })),
  ]);
  assert.ok(row !== undefined);
  assert.deepEqual(rowText(row, teller).more, [
    '10:00 Reply in the thread: not known whether it was sent. Slack cannot be reached (chat.postMessage: no answer)',
    '10:01 Reply in the thread (try 2): not known whether it was sent. Slack cannot be reached (ab)',
    '10:02 Reply in the thread (try 3): sent',
  ]);
});

test('what is taken back is said with it', () => {
  const [row] = rowsOf([
    entry('a', MONDAY, { type: 'done' }, { about: ABOUT }),
    entry('u', MONDAY + MINUTE, { type: 'undone', entryId: 'a' }, { about: ABOUT }),
  ]);
  assert.ok(row !== undefined);
  assert.equal(rowText(row, teller).what, 'Undone: Done');
});

test('all that a row says can be looked for, and nothing of it disguises what it is', () => {
  const about = { title: 'Rio\u202e$(flame)\nsecond line', url: 'https://slack.example/p1' };
  const [row] = rowsOf([entry('a', MONDAY, { type: 'noted', text: 'ask\u0000 Ines\nand Rio' }, { about })]);
  assert.ok(row !== undefined);
  const text = rowText(row, teller);
  assert.deepEqual([text.title, text.more], ['Rio$(flame) second line', ['ask Ines and Rio']]);
  for (const part of ['Note', 'Rio', 'Noor', 'Monday, November 16, 2026', 'ask Ines', 'slack.example/p1', 'acme/app#1'])
    assert.ok(searchText(text, row).includes(part), part);
});
