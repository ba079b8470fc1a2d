import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { CommandWiring } from '../../../src/commands/commandWiring.ts';
import type { Item } from '../../../src/core/item.ts';
import { signal } from '../../support/build.ts';
import { fakeVscode } from '../../support/fakeVscode.ts';
import { person } from '../../support/vscodeStub.ts';

fakeVscode();
const { queueCommands } = await import('../../../src/commands/queueCommands.ts');

/** Its earliest signal is closed, so its row is called after the later one. */
const ITEM: Item = {
  id: 'a',
  signals: [
    signal({ id: 'a', state: 'closed', title: 'The thread that was answered' }),
    signal({ id: 'a2', title: 'The issue that is open' }),
  ],
};

beforeEach(() => {
  person.said.length = 0;
});

test('Next Item calls an item what the row is called that it shows', async () => {
  const revealed: string[] = [];
  const commands = queueCommands({
    session: () => ({ items: () => new Map([[ITEM.id, ITEM]]) }),
    repaint: () => ({ queue: { next: { id: ITEM.id, because: { code: 'late', minutes: 60 } }, dayMinutes: 480 } }),
    reveal: async (id: string) => void revealed.push(id),
    now: () => 0,
  } as unknown as CommandWiring);
  await commands['responder.nextItem']();

  assert.deepEqual(revealed, ['a']);
  assert.deepEqual(person.said, ['Next because it is 1 h late: The issue that is open']);
});

test('Next Item says when nothing waits, and goes nowhere', async () => {
  const commands = queueCommands({
    session: () => ({ items: () => new Map([[ITEM.id, ITEM]]) }),
    repaint: () => ({ queue: { next: undefined, dayMinutes: 480 } }),
    reveal: async () => assert.fail('there is no row to show'),
    now: () => 0,
  } as unknown as CommandWiring);
  await commands['responder.nextItem']();

  assert.deepEqual(person.said, ['Nothing waits on us.']);
});
