import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseFilter } from '../../../src/core/filter.ts';
import { facetsOf, suggestionsFor } from '../../../src/core/filterSuggestions.ts';
import { signal } from '../../support/build.ts';

const FACETS = {
  place: ['#integrations', 'acme/app', 'acme/docs'],
  author: ['Ines Sample', 'Rio'],
  label: ['bug', 'needs "care"'],
};
const SAVED = new Map([['Late ones', 'is:late']]);

function suggested(query: string): readonly string[] {
  return suggestionsFor(query, FACETS, SAVED).map((each) => each.query);
}

for (const [query, wanted] of [
  ['', ['is:late', 'place:', 'author:', 'label:', 'priority:', 'is:', 'has:']],
  ['p', ['place:', 'priority:']],
  ['late', ['is:late']],
  ['-p', ['-place:', '-priority:']],
  ['sync p', ['sync place:', 'sync priority:']],
  ['sync ', ['sync place:', 'sync author:', 'sync label:', 'sync priority:', 'sync is:', 'sync has:']],
  ['place:acme', ['place:acme/app ', 'place:acme/docs ']],
  ['-place:DOCS', ['-place:acme/docs ']],
  ['x place:integ', ['x place:#integrations ']],
  ['author:ine', ['author:"Ines Sample" ']],
  ['author:"ines s', ['author:"Ines Sample" ']],
  ['label:care', ['label:"needs care" ']],
  ['priority:h', ['priority:high ']],
  ['priority:high', []],
  ['is:l', ['is:late ', 'is:claimed ', 'is:silenced ']],
  ['has:', ['has:timebox ', 'has:note ', 'has:issue ', 'has:priority ']],
  ['colour:r', []],
  ['zzz', []],
] as const)
  test(`“${query}” may go on as ${wanted.join(' or ') || 'nothing known'}`, () => {
    assert.deepEqual(suggested(query), wanted);
  });

test('whatever is suggested is a query without mistakes', () => {
  for (const query of ['', 'place:', 'author:', 'label:', 'priority:', 'is:', 'has:', 'x -is:'])
    for (const each of suggested(query)) assert.deepEqual(parseFilter(each).problems, [], each);
});

test('places, authors and labels are those of open signals, sorted, each once', () => {
  const items = [
    signal({ place: 'b', labels: ['z', 'A'] }),
    signal({ place: 'a', author: undefined, labels: ['z'] }),
    signal({ place: 'closed', state: 'closed' }),
  ].map((each) => ({ id: each.id, signals: [each] }) as const);
  assert.deepEqual(facetsOf(items), { place: ['a', 'b'], author: ['Rio'], label: ['A', 'z'] });
});
