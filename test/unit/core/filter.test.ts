import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Filter, FilterTexts, MAX_QUERY, matches, parseFilter } from '../../../src/core/filter.ts';
import { stateOf } from '../../../src/core/itemState.ts';
import type { JournalEvent } from '../../../src/core/journal.ts';
import type { Signal } from '../../../src/core/signal.ts';
import { day, signal } from '../../support/build.ts';
import { assertGrowsEvenly } from '../../support/growth.ts';

const texts = new FilterTexts();

interface Case {
  readonly over?: Partial<Signal>;
  readonly events?: readonly JournalEvent[];
}

function lets(query: string | Filter, { over = {}, events = [] }: Case = {}): boolean {
  const item = { id: 'a', signals: [signal({ id: 'a', ...over })] } as const;
  const now = Date.UTC(2026, 10, 18, 11);
  const journal = events.map((event, n) => ({ id: String(n), at: now - 1000 + n, signalIds: ['a'], event }));
  const today = day({ journal, now });
  const state = stateOf(item, today);
  assert.ok(state !== undefined);
  return matches(typeof query === 'string' ? parseFilter(query) : query, state, { ...today, texts });
}

const CAFE = { title: 'Café-Sync “stops” after a rename', excerpt: 'since [noon] (.*) of 2.1', author: undefined };

for (const [query, over, wanted] of [
  ['', CAFE, true],
  ['   ', CAFE, true],
  ['cafe SYNC', CAFE, true],
  ['rename stops', CAFE, true],
  ['"stops rename"', CAFE, false],
  ['"after a RENAME"', CAFE, true],
  ['"after a ren', CAFE, true],
  ['.*', CAFE, true],
  ['[noon]', CAFE, true],
  ['s.nc', CAFE, false],
  ['-rename', CAFE, false],
  ['-"after the rename"', CAFE, true],
  ['-', { title: 'sync' }, true],
  ['café', { title: 'cafe' }, true],
  ['acme/app', { place: 'acme/app' }, true],
  ['rio', {}, true],
  ['place:integ', { place: '#Integrations' }, true],
  ['place:#integrations', { place: '#Integrations' }, true],
  ['Place:"acme app"', { place: 'acme/app' }, false],
  ['place:docs,app', { place: 'acme/app' }, true],
  ['-place:docs,app', { place: 'acme/app' }, false],
  ['place:acme place:docs', { place: 'acme/app' }, false],
  ['place:', { place: 'acme/app' }, true],
  ['author:rio-s', {}, true],
  ['author:Rio', {}, true],
  ['author:kai', {}, false],
  ['author:rio', { author: undefined }, false],
  ['label:"good first"', { labels: ['bug', 'Good first issue'] }, true],
  ['label:"a,b"', { labels: ['a,b'] }, true],
  ['label:"a,b"', { labels: ['a'] }, false],
  ['is:waiting', {}, true],
  ['-is:waiting', {}, false],
  ['is:owned', { assignees: ['kai-sample'] }, true],
  ['is:claimed', { assignees: ['kai-sample'] }, true],
  ['is:mine', { assignees: ['kai-sample'] }, false],
  ['is:mine', { assignees: ['noor-sample'] }, true],
  ['is:silenced', { state: 'quiet' }, true],
  ['is:late', {}, false],
  ['is:done,waiting', {}, true],
  ['priority:none', {}, true],
  ['has:issue', {}, true],
  ['has:issue', { kind: 'thread' }, false],
  ['has:note', {}, false],
  ['has:timebox', {}, false],
  ['https://x.example/', {}, false],
] as const satisfies readonly (readonly [string, Partial<Signal>, boolean])[])
  test(`“${query}” ${wanted ? 'finds' : 'does not find'} ${JSON.stringify(over)}`, () => {
    assert.equal(lets(query, { over }), wanted);
  });

for (const [query, event] of [
  ['is:done', { type: 'done' }],
  ['is:snoozed', { type: 'snoozed', until: { type: 'reply' } }],
  ['is:mine', { type: 'claimed' }],
  ['priority:HIGH', { type: 'prioritised', priority: 'high' }],
  ['priority:critical,high', { type: 'prioritised', priority: 'high' }],
  ['has:priority', { type: 'prioritised', priority: 'low' }],
  ['has:note', { type: 'noted', text: 'ask Kai' }],
  ['"ask kai"', { type: 'noted', text: 'ask Kai' }],
  ['has:timebox', { type: 'started', minutes: 30 }],
] as const satisfies readonly (readonly [string, JournalEvent])[])
  test(`“${query}” finds what the journal says, and nothing else`, () => {
    assert.equal(lets(query, { events: [event] }), true);
    assert.equal(lets(query), false);
  });

test('late and warning are what the clock says', () => {
  const item = { id: 'a', signals: [signal({ id: 'a' })] } as const;
  const today = day();
  const state = stateOf(item, today);
  assert.ok(state !== undefined);
  for (const clock of ['late', 'warning'] as const)
    for (const asked of ['late', 'warning'] as const)
      assert.equal(
        matches(
          parseFilter(`is:${asked}`),
          {
            ...state,
            clock: { state: clock, signalId: 'a', startedAt: 0, targetMinutes: 60, leftMinutes: 0, dueAt: undefined },
          },
          { ...today, texts },
        ),
        clock === asked,
      );
});

test('what is wrong with a query is said, and the rest of it counts', () => {
  for (const [query, problems] of [
    ['colour:red rename', [{ code: 'unknownQualifier', qualifier: 'colour' }]],
    ['is:great rename', [{ code: 'unknownValue', qualifier: 'is', value: 'great' }]],
    ['priority:high,huge', [{ code: 'unknownValue', qualifier: 'priority', value: 'huge' }]],
    ['is:constructor', [{ code: 'unknownValue', qualifier: 'is', value: 'constructor' }]],
    ['"colour:red"', []],
    ['https://x.example/', []],
    ['12:30', []],
    ['x'.repeat(MAX_QUERY + 1), [{ code: 'tooLong' }]],
  ] as const)
    assert.deepEqual(parseFilter(query).problems, problems, query.slice(0, 40));
  assert.equal(lets('colour:red stops'), true);
  assert.equal(lets('colour:red begins'), false);
});

test('any text is a query, quickly, and never throws', () => {
  for (const part of ['"', '-', 'a:', '(a+)+$', '\\', ',', 'is:', '\u0301', '\ud800', 'İ', '-"', '[[['])
    assertGrowsEvenly((length) => lets(part.repeat(Math.ceil(length / part.length))), 10_000_000);
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (query) => void lets(query)));
});

test('a term and its opposite share all items between them', () => {
  const term = fc.constantFrom(
    'place:app',
    'is:waiting',
    'sync',
    '"after a"',
    'label:bug',
    'has:issue',
    'priority:none,low',
  );
  const over = fc.record({
    title: fc.constantFrom('Sync stops after a rename', 'Else'),
    place: fc.constantFrom('acme/app', '#integrations'),
    labels: fc.constantFrom([], ['Bug']),
  });
  fc.assert(
    fc.property(term, over, (query, each) => lets(query, { over: each }) !== lets(`-${query}`, { over: each })),
  );
});
