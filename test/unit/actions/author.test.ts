import assert from 'node:assert/strict';
import { test } from 'node:test';
import { authorOf } from '../../../src/actions/author.ts';

test('the person signs by their name in the team file; whom it does not know is named in words', () => {
  assert.equal(authorOf({ name: 'Noor' }), 'Noor');
  assert.equal(authorOf(undefined), 'the responder');
});
