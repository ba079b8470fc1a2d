import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { Answers } from '../../../../src/host/convert/answers.ts';
import type { ConvertPorts } from '../../../../src/host/convert/convertPorts.ts';
import { settle } from '../../../support/fakeClock.ts';
import { fakeVscode } from '../../../support/fakeVscode.ts';
import { person } from '../../../support/vscodeStub.ts';
import { FakeGate } from '../gate/fakeGate.ts';
import { item, portsOf } from './answered.ts';

fakeVscode();
const { convertItems } = await import('../../../../src/host/convert/convertItems.ts');

beforeEach(() => {
  person.picks.length = 0;
});

/** What is kept of an item after somebody answered the first question and left at the second. */
async function leftAtTheSecond(label: string, kept: Answers, over: Partial<ConvertPorts> = {}): Promise<unknown> {
  let answers: unknown = kept;
  const ports = portsOf(new FakeGate(), {
    answers: { get: () => answers, set: (_, set) => void (answers = set) },
    follow: () => undefined,
    conversionOf: () => undefined,
    ...over,
  });
  const ended = convertItems([item], ports);
  await settle();
  const [first] = person.picks;
  first?.enter(first.items.findIndex((choice) => choice.label === label));
  await settle();
  person.picks.at(-1)?.escape();
  assert.deepEqual(await ended, []);
  assert.equal(person.picks.length, 2);
  // As it comes back from the store.
  return JSON.parse(JSON.stringify(answers));
}

test('what was answered before somebody left is kept for the next conversion of the item', async () => {
  assert.deepEqual(await leftAtTheSecond('1 day', { priority: 'low' }), { priority: 'low', timeboxMinutes: 480 });
});

test('whom an item was to be handed to, and how long they may take, is not kept for the next conversion', async () => {
  const transferTo = { name: 'Kai', login: 'kai-sample' };
  assert.deepEqual(await leftAtTheSecond('30 min', { priority: 'low' }, { transferTo }), { priority: 'low' });

  person.picks.length = 0;
  const own: Answers = { assignee: 'noor-sample', timeboxMinutes: 240 };
  assert.deepEqual(await leftAtTheSecond('30 min', own, { transferTo }), own);
});
