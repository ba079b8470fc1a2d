import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fillSnippet, openNames } from '../../../src/core/snippet.ts';

const NOBODY = { author: undefined, owner: undefined, issue: undefined };

test('what is known is filled in everywhere; what is not stays as it is written', () => {
  const values = { author: '@ines-sample', owner: undefined, issue: 'acme/app#4' };
  assert.equal(
    fillSnippet('${author}, ${owner}: ${issue} ${issue} $author ${ author } ${other}', values),
    '@ines-sample, ${owner}: acme/app#4 acme/app#4 $author ${ author } ${other}',
  );
  assert.deepEqual(openNames('${owner} ${other} ${owner} $x {y}'), ['owner', 'other']);
});

test('a name that looks like a placeholder is not filled in again', () => {
  assert.equal(fillSnippet('${author}', { ...NOBODY, author: '${owner} $& $1', owner: 'Noor' }), '${owner} $& $1');
});

test('with nothing known no text changes', () => {
  fc.assert(fc.property(fc.string(), (text) => assert.equal(fillSnippet(text, NOBODY), text)));
});
