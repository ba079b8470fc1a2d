import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HANDOFF_SECTIONS, type HandoffDraft } from '../../../src/core/handoff.ts';
import { draftHandoff } from '../../../src/core/handoffDraft.ts';
import type { Item } from '../../../src/core/item.ts';
import type { JournalEntry, JournalEvent } from '../../../src/core/journal.ts';
import type { Priority } from '../../../src/core/priority.ts';
import type { Signal } from '../../../src/core/signal.ts';
import type { Shift } from '../../../src/core/team.ts';
import { signal, team } from '../../support/build.ts';
import { entriesOf, idsOf } from './handoffSamples.ts';

const MONDAY = Date.UTC(2026, 10, 16, 8);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const shift: Shift = { from: MONDAY, to: MONDAY + 7 * DAY, name: 'Noor', shadow: undefined };
const next: Shift = { from: shift.to, to: shift.to + 7 * DAY, name: 'Kai', shadow: undefined };
const now = MONDAY + 4 * DAY;

function item(...signals: [Signal, ...Signal[]]): Item {
  return { id: signals[0].id, signals };
}

function one(over: Partial<Signal>): Item {
  return item(signal(over));
}

function handoff(
  items: readonly Item[],
  journal: readonly JournalEntry[] = [],
  me: readonly string[] = [],
): HandoffDraft {
  return draftHandoff({ items, journal, team: team(), shift, next, now, me });
}

function converted(
  signalIds: readonly string[],
  over: { at?: number; priority?: Priority; number?: number } = {},
): JournalEntry {
  const { at = now - HOUR, priority = 'medium', number = 12 } = over;
  const url = `https://github.example/acme/app/issues/${number}`;
  const event: JournalEvent = {
    type: 'converted',
    repository: 'acme/app',
    number,
    url,
    title: `Issue ${number}`,
    timeboxMinutes: 240,
    priority,
  };
  return { id: `entry:${at}`, at, signalIds, event };
}

test('each item stands in the one section whose rule it meets', () => {
  const rows: readonly [string, Item, string | undefined][] = [
    ['nobody has it', one({ id: 'github:a' }), 'open'],
    ['a login of the team has it', one({ id: 'github:b', assignees: ['mika-sample'] }), 'inProgress'],
    ['a stranger has it', one({ id: 'github:c', assignees: ['rio-sample'] }), 'open'],
    ['closed during the shift', one({ id: 'github:d', state: 'closed', updatedAt: now - DAY }), 'resolved'],
    ['closed before the shift', one({ id: 'github:e', state: 'closed', updatedAt: MONDAY - DAY }), undefined],
    ['silenced', one({ id: 'alertmanager:f', service: 'alertmanager', kind: 'alert', state: 'quiet' }), 'keepInMind'],
    ['firing', one({ id: 'alertmanager:g', service: 'alertmanager', kind: 'alert' }), 'startHere'],
    ['a bot said in Slack that it fired', one({ id: 'slack:g', service: 'slack', kind: 'alert' }), 'open'],
    [
      'one signal closed, one open',
      item(signal({ id: 'slack:h' }), signal({ id: 'github:h', state: 'closed' })),
      'open',
    ],
    [
      'one signal closed, one silenced',
      item(signal({ id: 'slack:i', state: 'closed' }), signal({ id: 'github:i', state: 'quiet' })),
      'keepInMind',
    ],
  ];

  for (const [why, subject, section] of rows) {
    const notes = handoff([subject]);
    const found = HANDOFF_SECTIONS.filter((id) => idsOf(notes, id).includes(subject.id));
    assert.deepEqual(found, section === undefined ? [] : [section], why);
  }
});

test('what the person closed is resolved until something new happens to it', () => {
  const closed: JournalEntry = { id: 'entry', at: now - HOUR, signalIds: ['slack:a'], event: { type: 'done' } };

  assert.deepEqual(idsOf(handoff([one({ id: 'slack:a', updatedAt: now - DAY })], [closed]), 'resolved'), ['slack:a']);
  assert.deepEqual(idsOf(handoff([one({ id: 'slack:a', updatedAt: now })], [closed]), 'open'), ['slack:a']);
});

test('an account that is signed in counts as the team', () => {
  const notes = handoff([one({ id: 'github:a', assignees: ['rio-sample'] })], [], ['rio-sample']);

  assert.equal(entriesOf(notes, 'inProgress')[0]?.detail, 'acme/app · with rio-sample · since Mon 10:00');
});

test('a conversion names issue, priority, timebox and where it came from', () => {
  const thread = one({ id: 'slack:a', service: 'slack', place: '#integrations' });
  const [entry] = entriesOf(handoff([thread], [converted(['slack:a'])]), 'converted');

  assert.deepEqual(entry, {
    id: 'slack:a',
    title: 'Issue 12',
    url: 'https://github.example/acme/app/issues/12',
    detail: 'acme/app#12 · 🟡 Medium · timebox 4 h · from #integrations',
    note: '',
  });
});

test('several items that became one issue are handed over once', () => {
  const notes = handoff([one({ id: 'slack:a' }), one({ id: 'slack:b' })], [converted(['slack:a', 'slack:b'])]);

  assert.deepEqual(idsOf(notes, 'converted'), ['slack:a']);
  assert.deepEqual(idsOf(notes, 'open'), []);
});

test('a conversion whose signals are gone is still handed over', () => {
  assert.deepEqual(idsOf(handoff([], [converted(['slack:gone'])]), 'converted'), ['slack:gone']);
});

test('what was converted before the shift is planned work and left out', () => {
  const notes = handoff([one({ id: 'slack:a' })], [converted(['slack:a'], { at: MONDAY - DAY })]);

  assert.ok(notes.sections.every(({ entries }) => entries.length === 0));
});

test('an issue is told of as the conversion that made it, however its repository is spelt', () => {
  const entry = converted(['slack:gone']);
  assert.ok(entry.event.type === 'converted');
  const spelt = { ...entry, event: { ...entry.event, repository: 'Acme/App' } };
  const notes = handoff([one({ id: 'github:acme/app#12' })], [spelt]);

  assert.deepEqual(idsOf(notes, 'converted'), ['github:acme/app#12']);
  assert.deepEqual(idsOf(notes, 'open'), []);
});

test('what was converted before the shift, and that taken back, is open', () => {
  const entry = converted(['slack:a'], { at: MONDAY - DAY });
  const undone: JournalEntry = { id: 'u', at: now, signalIds: [], event: { type: 'undone', entryId: entry.id } };

  assert.deepEqual(idsOf(handoff([one({ id: 'slack:a' })], [entry, undone]), 'open'), ['slack:a']);
});

test('a conversion of another machine is told by the marker of its issue', () => {
  const thread = signal({ id: 'slack:a', place: '#integrations', url: 'https://slack.example/1' });
  const issue = signal({
    id: 'github:acme/app#7',
    title: 'Planned',
    markers: ['slack:a'],
    startedAt: now,
    url: 'https://github.example/acme/app/issues/7',
  });

  const [entry] = entriesOf(handoff([item(thread, issue)]), 'converted');

  assert.equal(entry?.title, 'Planned');
  assert.equal(entry?.detail, 'acme/app#7 · from #integrations');
});

test('start here: firing alerts, oldest first, then critical, then high conversions; five at most', () => {
  const alert = (id: string, startedAt: number): Item => one({ id, service: 'alertmanager', kind: 'alert', startedAt });
  const ids = ['slack:critical', 'slack:high', 'slack:high2', 'slack:low'];
  const items = [
    alert('alertmanager:2', now - HOUR),
    alert('alertmanager:1', now - DAY),
    ...ids.map((id) => one({ id })),
  ];
  const journal = [
    converted(['slack:high'], { priority: 'high', number: 1 }),
    converted(['slack:critical'], { priority: 'critical', number: 2 }),
    converted(['slack:low'], { priority: 'low', number: 3 }),
    converted(['slack:high2'], { priority: 'high', number: 4 }),
  ];

  assert.deepEqual(idsOf(handoff(items, journal), 'startHere'), [
    'alertmanager:1',
    'alertmanager:2',
    'slack:critical',
    'slack:high',
    'slack:high2',
  ]);
  assert.deepEqual(idsOf(handoff(items, journal), 'converted'), ['slack:low']);
  const many = Array.from({ length: 9 }, (_, index) => alert(`alertmanager:${index}`, now - index));
  assert.equal(idsOf(handoff(many), 'startHere').length, 5);
  assert.equal(idsOf(handoff(many), 'open').length, 4);
});

test('what was to be kept in mind during the shift is, with the item it is about', () => {
  const kept = (at: number): JournalEntry => ({
    at,
    id: 'kept',
    signalIds: ['slack:a'],
    event: { type: 'keptInMind', text: 'Certificate ends on Friday' },
  });
  const notes = handoff([one({ id: 'slack:a', place: '#integrations' })], [kept(MONDAY - 1), kept(now)]);

  const entries = entriesOf(notes, 'keepInMind');
  assert.equal(entries.length, 1);
  assert.equal(entries[0]?.title, 'Certificate ends on Friday');
  assert.equal(entries[0]?.detail, '#integrations · Sync stops after a rename');
});

test('times are the team’s: weekday and hour within a week, the day before that', () => {
  const rows: readonly [number, string][] = [
    [Date.UTC(2026, 10, 18, 13, 52), 'since Wed 14:52'],
    [Date.UTC(2026, 10, 19, 23, 7), 'since Fri 00:07'],
    [Date.UTC(2026, 10, 1, 9), 'since Nov 1'],
  ];
  for (const [startedAt, said] of rows) {
    const [entry] = entriesOf(handoff([one({ startedAt, replies: 3 })]), 'open');
    assert.equal(entry?.detail, `acme/app · 3 replies · ${said}`);
  }
});

test('the order of the items never matters, and the draft says who hands over to whom', () => {
  const items = Array.from({ length: 8 }, (_, index) =>
    one({ id: `github:${index}`, startedAt: MONDAY + (index % 3) }),
  );

  assert.deepEqual(handoff(items.toReversed()), handoff(items));
  const { from, to, id } = handoff(items);
  assert.deepEqual([from, to, id], ['Noor', 'Kai', `handoff:Integrations:${MONDAY}:Noor`]);
  assert.equal(draftHandoff({ items, journal: [], team: team(), shift, next: undefined, now }).to, undefined);
});

test('what time was spent in the shift is said with converted, open and held items, and with nothing else', () => {
  const spent = (id: string, at: number, minutes: number): JournalEntry => {
    return { id: `spent:${id}:${at}`, at, signalIds: [id], event: { type: 'timeLogged', minutes, reason: 'by hand' } };
  };
  const notes = handoff(
    [one({ id: 'github:a' }), one({ id: 'github:b', assignees: ['mika-sample'] }), one({ id: 'github:c' })],
    [
      spent('github:a', MONDAY - HOUR, 300),
      spent('github:a', MONDAY + HOUR, 20),
      spent('github:b', MONDAY + HOUR, 95),
      spent('github:c', MONDAY + 2 * HOUR, 45),
      converted(['github:c']),
    ],
  );

  assert.equal(entriesOf(notes, 'open')[0]?.detail, 'acme/app · since Mon 10:00 · spent 20 min');
  assert.equal(entriesOf(notes, 'inProgress')[0]?.detail, 'acme/app · with Mika · since Mon 10:00 · spent 1 h 35 min');
  assert.match(entriesOf(notes, 'converted')[0]?.detail ?? '', /timebox 4 h · from acme\/app · spent 45 min$/u);
});

test('what was taken back or opened again is handed over as if it had never been done', () => {
  const id = 'github:a';
  const entry = (name: string, hour: number, event: JournalEvent): JournalEntry => {
    return { id: name, at: MONDAY + hour * HOUR, signalIds: [id], event };
  };
  const done = entry('done', 3, { type: 'done' });
  const open = (...journal: readonly JournalEntry[]) => idsOf(handoff([one({ id })], journal), 'open');
  assert.deepEqual(open(done), []);
  assert.deepEqual(open(done, entry('undo', 4, { type: 'undone', entryId: 'done' })), [id]);
  assert.deepEqual(open(done, entry('again', 4, { type: 'reopened' })), [id]);

  const kept = entry('kept', 3, { type: 'keptInMind', text: 'Watch it' });
  const undone = entry('undo', 4, { type: 'undone', entryId: 'kept' });
  assert.equal(entriesOf(handoff([one({ id })], [kept]), 'keepInMind').length, 1);
  assert.equal(entriesOf(handoff([one({ id })], [kept, undone]), 'keepInMind').length, 0);
});

test('what came before an item was done, and was not known then, is open', () => {
  const id = 'github:a';
  const seen = { [id]: MONDAY + HOUR };
  const done: JournalEntry = { id: 'done', at: MONDAY + 3 * HOUR, signalIds: [id], event: { type: 'done', seen } };
  const section = (updatedAt: number) => idsOf(handoff([one({ id, updatedAt })], [done]), 'open').length;
  assert.equal(section(MONDAY + HOUR), 0);
  assert.equal(section(MONDAY + 2 * HOUR), 1);
});
