import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CommandWiring } from '../../../src/commands/commandWiring.ts';
import type { Item } from '../../../src/core/item.ts';
import { signal, team } from '../../support/build.ts';
import { settle } from '../../support/fakeClock.ts';
import { fakeVscode } from '../../support/fakeVscode.ts';
import { person } from '../../support/vscodeStub.ts';

fakeVscode();
const { claimAs } = await import('../../../src/commands/claimLife.ts');

test('a claim that begins Do It Now and cannot be recorded says so', async () => {
  const item: Item = { id: 'a', signals: [signal()] };
  const errors: string[] = [];
  const append = (): never => {
    throw new Error('database is locked');
  };
  const wiring = {
    acts: new Set(),
    session: () => ({ team: team(), me: team().people[0], store: { journal: () => [], append } }),
    gate: () => ({}),
    log: { error: (line: string) => void errors.push(line) },
    now: () => 0,
  } as unknown as CommandWiring;
  claimAs(wiring, item, 'act');
  await settle();

  assert.match(errors.join('\n'), /^claim: Error: database is locked/u);
  assert.match(person.said.join('\n'), /^Something went wrong/u);
});
