import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { labelChange, labelChoices } from '../../../src/actions/labelChoice.ts';

test('what the issues have comes first, then what their repository knows, by name; case does not count', () => {
  const choices = labelChoices({
    repositories: [['zeta', 'Bug', 'alpha', 'oauth']],
    issues: [['bug'], ['bug', 'oauth']],
  });
  assert.deepEqual(choices, [
    { name: 'Bug', on: 2 },
    { name: 'oauth', on: 1 },
    { name: 'alpha', on: 0 },
    { name: 'zeta', on: 0 },
  ]);
});

test('of several repositories only what all of them know is offered, and what is set somewhere', () => {
  const choices = labelChoices({
    repositories: [
      ['bug', 'ux'],
      ['docs', 'bug'],
    ],
    issues: [['ux'], []],
  });
  assert.deepEqual(
    choices.map(({ name }) => name),
    ['ux', 'bug'],
  );
});

test('what only some issues have stays where it is unless it is checked', () => {
  const choices = labelChoices({ repositories: [['bug', 'ux', 'new']], issues: [['bug', 'ux'], ['bug']] });
  assert.deepEqual(labelChange(choices, ['bug'], 2), { add: [], remove: [] });
  assert.deepEqual(labelChange(choices, ['ux', 'new'], 2), { add: ['ux', 'new'], remove: ['bug'] });
});

test('nothing is added that is set everywhere, nothing removed that is chosen, and leaving it as it was changes nothing', () => {
  const labels = fc.uniqueArray(fc.constantFrom<string>('a', 'b', 'c', 'd', 'e'));
  fc.assert(
    fc.property(fc.array(labels, { minLength: 1, maxLength: 4 }), labels, labels, (issues, known, picked) => {
      const choices = labelChoices({ repositories: [known], issues });
      const { add, remove } = labelChange(choices, picked, issues.length);
      for (const name of add) assert.ok(picked.includes(name) && issues.some((each) => !each.includes(name)));
      for (const name of remove) assert.ok(!picked.includes(name) && issues.every((each) => each.includes(name)));
      const asItWas = choices.filter(({ on }) => on === issues.length).map(({ name }) => name);
      assert.deepEqual(labelChange(choices, asItWas, issues.length), { add: [], remove: [] });
    }),
  );
});
