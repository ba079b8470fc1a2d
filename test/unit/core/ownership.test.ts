import assert from 'node:assert/strict';
import { test } from 'node:test';
import { holderOf } from '../../../src/core/ownership.ts';
import { rosterOf } from '../../../src/core/roster.ts';
import { signal, team } from '../../support/build.ts';

const roster = rosterOf(team(), { github: 'noor-sample', slack: 'U02NOO' });

function held(assignees: readonly string[], releasedAt: number | undefined, updatedAt = 10) {
  const one = signal({ assignees, updatedAt });
  return holderOf({ id: one.id, signals: [one] }, roster, { releasedAt })?.name;
}

test('what I released is not mine, though its source was not read since', () => {
  assert.equal(held(['noor-sample'], undefined), 'Noor');
  assert.equal(held(['noor-sample'], 10), undefined);
});

test('who assigns me again after that is heard', () => {
  assert.equal(held(['noor-sample'], 10, 11), 'Noor');
});

test('my release says nothing about a teammate', () => {
  assert.equal(held(['kai-sample'], 20), 'Kai');
});

test('what I gave back is a teammate’s who has it with me', () => {
  assert.equal(held(['noor-sample', 'kai-sample'], undefined), 'Noor');
  assert.equal(held(['noor-sample', 'kai-sample'], 20), 'Kai');
});
