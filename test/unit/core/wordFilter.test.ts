import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { wordFilter } from '../../../src/core/wordFilter.ts';

const TEXT = 'Done · Customer behind a proxy · Noor · #integrations · Café';

test('all words and phrases must be there, what follows a minus must not', () => {
  const cases: readonly (readonly [string, boolean])[] = [
    ['', true],
    ['  ', true],
    ['-', true],
    ['""', true],
    ['proxy', true],
    ['PROXY noor', true],
    ['prox cust', true],
    ['"behind a"', true],
    ['"a behind"', false],
    ['proxy mika', false],
    ['-mika', true],
    ['-noor', false],
    ['-"behind a"', false],
    ['cafe', true],
    ['#integrations', true],
    ['.*', false],
    ['"customer', true],
  ];
  for (const [query, passes] of cases) assert.equal(wordFilter(query)(TEXT), passes, query);
});

test('a longer query lets no more through, in whatever order its words stand', () => {
  const words = fc.array(fc.stringMatching(/^-?[ab]{1,3}$/u), { maxLength: 4 });
  fc.assert(
    fc.property(words, words, fc.stringMatching(/^[abc ]{0,12}$/u), (some, more, text) => {
      const passes = (query: readonly string[]): boolean => wordFilter(query.join(' '))(text);
      assert.equal(passes([...some, ...more]), passes(some) && passes(more));
      assert.equal(passes([...more, ...some]), passes([...some, ...more]));
    }),
  );
});

test('no query makes it throw, however long', () => {
  fc.assert(fc.property(fc.string(), fc.string(), (query, text) => typeof wordFilter(query)(text) === 'boolean'));
  assert.equal(wordFilter('a'.repeat(10_000_000))('a'), false);
});
