import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeVscode } from '../../../support/fakeVscode.ts';
import { person } from '../../../support/vscodeStub.ts';

fakeVscode();
const { showKeys } = await import('../../../../src/host/working/keys.ts');

test('the keys that are listed are those of the view with the keyboard', async () => {
  person.answers.push(undefined, undefined);
  await showKeys('proposal:p1');
  await showKeys('item:github:acme/app#1');
  const [proposals = '', queue = ''] = person.said;
  assert.equal(proposals, 'Proposals Keyboard Shortcuts: a | e | d | ? | h | Enter');
  assert.match(queue, /^Queue Keyboard Shortcuts: c \| t \|.*Enter$/u);
});

test('choosing one does it, on what is selected there', async () => {
  person.answers.push('d', 'Enter');
  await showKeys('proposal:p1');
  await showKeys('proposal:p1');
  assert.deepEqual(person.ran.slice(-2), ['responder.dropProposal', 'responder.showProposal']);
});
