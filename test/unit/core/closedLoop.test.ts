import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  closedEvent,
  closingEntryId,
  dueClosings,
  isToldBySignal,
  type KnownEnds,
  plannedIssues,
  wasTold,
} from '../../../src/core/closedLoop.ts';
import type { Closing } from '../../../src/core/closing.ts';
import type { JournalEntry } from '../../../src/core/journal.ts';
import { rosterOf } from '../../../src/core/roster.ts';
import { team } from '../../support/build.ts';

const roster = rosterOf(team(), { github: 'noor-sample', slack: 'U02NOO' });
const AFTER = 1000;

function closing(number: number, closedAt: number): Closing {
  return {
    issueId: `github:acme/app#${number}`,
    repository: 'acme/app',
    number,
    url: `https://github.example/acme/app/issues/${number}`,
    title: 'Sync stops',
    closedAt,
    reason: 'completed',
    fix: undefined,
    version: undefined,
    words: undefined,
    markers: [],
  };
}

function toldOf(one: Closing, drafts = 1): JournalEntry {
  return { id: closingEntryId(one), at: 1, signalIds: [], event: closedEvent(one, { drafts }) };
}

test('a closing is new until the journal tells of it, also when nobody had to be told', () => {
  const [one, other] = [closing(1, 20), closing(2, 10)];
  const ends: KnownEnds = new Map<string, Closing | 'open'>([
    [one.issueId, one],
    [other.issueId, other],
    ['github:acme/app#3', 'open'],
  ]);
  const due = (journal: readonly JournalEntry[], from: number): readonly Closing[] =>
    dueClosings(ends, journal, from).map((each) => {
      assert.equal(each.left, undefined);
      return each.closing;
    });
  assert.deepEqual(due([], 0), [other, one]);
  assert.deepEqual(due([toldOf(other, 0)], 0), [one]);
  assert.deepEqual(due([], 15), [one]);
  assert.deepEqual(due([toldOf(closing(1, 19))], 15), [one], 'an earlier closing is another one');
});

test('a closing is due as long as a place of it could not be read, however old it is', () => {
  const one = closing(1, 20);
  const ends: KnownEnds = new Map([[one.issueId, one]]);
  const unread = ['slack:C1:1.2', 'github:acme/docs#3'].map((id) => ({ id, reason: 'offline' as const }));
  const first: JournalEntry = { ...toldOf(one), event: closedEvent(one, { drafts: 1, unread }) };
  const place = 'slack:C1:1.2';
  const later: JournalEntry = {
    ...toldOf(one),
    id: closingEntryId(one, place),
    event: closedEvent(one, { drafts: 1, place }),
  };
  assert.deepEqual(dueClosings(ends, [first], 99), [{ closing: one, left: unread.map(({ id }) => id) }]);
  assert.deepEqual(dueClosings(ends, [first, later], 99), [{ closing: one, left: ['github:acme/docs#3'] }]);
  const other = { ...one, closedAt: 21 };
  assert.deepEqual(dueClosings(new Map([[one.issueId, other]]), [first, later], 0), [
    { closing: other, left: undefined },
  ]);
  assert.deepEqual(dueClosings(new Map([[one.issueId, 'open']]), [first], 0), []);
});

test('whatever was closed and opened, each closing is new exactly once', () => {
  const step = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.option(fc.integer({ min: 1, max: 50 })));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const ends = new Map<string, Closing | 'open'>();
      const journal: JournalEntry[] = [];
      const drafted: string[] = [];
      const seen = new Set<string>();
      for (const [number, closedAt] of steps) {
        const one = closedAt === null ? 'open' : closing(number, closedAt);
        ends.set(`github:acme/app#${number}`, one);
        if (one !== 'open') seen.add(closingEntryId(one));
        for (const { closing: due } of dueClosings(ends, journal, 0)) {
          drafted.push(closingEntryId(due));
          journal.push(toldOf(due));
        }
      }
      assert.deepEqual(drafted.toSorted(), [...seen].toSorted());
    }),
  );
});

test('planned issues are where the team plans them, and where conversions went, the last first', () => {
  const converted = (id: string, repository: string, number: number): JournalEntry => ({
    id,
    at: 1,
    signalIds: ['slack:C1:1.2'],
    event: { type: 'converted', repository, number, url: '', title: '', timeboxMinutes: 120, priority: 'low' },
  });
  const journal: readonly JournalEntry[] = [
    converted('a', 'acme/old', 1),
    converted('b', 'Acme/App', 2),
    converted('c', 'acme/undone', 3),
    converted('d', 'acme/new', 4),
    { id: 'u', at: 2, signalIds: [], event: { type: 'undone', entryId: 'c' } },
  ];
  const { repositories, ids, since } = plannedIssues('acme/app', journal, AFTER);
  assert.deepEqual(repositories, ['acme/app', 'acme/new', 'acme/old']);
  assert.deepEqual([...ids].sort(), ['github:acme/app#2', 'github:acme/new#4', 'github:acme/old#1']);
  assert.equal(since, AFTER);
  assert.deepEqual(plannedIssues(undefined, [], AFTER).repositories, []);
});

for (const [name, who, at, isBot, expected] of [
  ['a teammate after the closing', 'U02KAI', AFTER + 1, false, true],
  ['the person of this machine', 'U02NOO', AFTER + 1, false, true],
  ['a teammate before the closing', 'U02KAI', AFTER, false, false],
  ['the reporter', 'U99INE', AFTER + 1, false, false],
  ['a bot that has a teammate’s id', 'U02KAI', AFTER + 1, true, false],
] as const)
  test(`somebody was told when ${name} spoke there: ${expected}`, () => {
    const message = { author: { id: who, name: who, isBot }, at, markdown: 'Fixed!', url: undefined };
    assert.equal(wasTold({ messages: [message], skipped: 0 }, 'slack', { roster, after: AFTER }), expected);
    if (isBot) return;
    const signal = { service: 'slack', voices: [{ id: who, name: who, firstAt: 1, lastAt: at }], markers: [] } as const;
    assert.equal(isToldBySignal(signal, 'loop', { roster, after: AFTER }), expected);
  });

test('a reply with the marker of the closing tells, whoever sent it', () => {
  const signal = { service: 'slack', voices: [], markers: ['other', 'loop'] } as const;
  assert.ok(isToldBySignal(signal, 'loop', { roster, after: AFTER }));
  assert.ok(!isToldBySignal(signal, 'another', { roster, after: AFTER }));
});
