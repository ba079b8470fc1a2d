import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeVscode } from '../../../support/fakeVscode.ts';

fakeVscode();
const { proposalsTitle } = await import('../../../../src/host/gate/words.ts');

test('the title of the Proposals view, which a folded view shows as well, says how many wait for a person', () => {
  assert.deepEqual([0, 1, 12].map(proposalsTitle), ['Proposals', 'Proposals (1)', 'Proposals (12)']);
});
