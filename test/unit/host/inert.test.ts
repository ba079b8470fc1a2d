import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { iconless, inertTitle, linkless } from '../../../src/host/inert.ts';

/** What VS Code reads as a link in a notification (its `linkedText.ts`). */
const LINK = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/iu;

test('nothing that somebody else wrote is a link in a notification', () => {
  for (const text of ['[Sign in](command:workbench.action.quit)', '[[a]](https://evil.example)', ']([x](file:///etc)'])
    assert.doesNotMatch(linkless(text), LINK);
  const parts = fc.constantFrom('[', ']', '(', ')', 'a', ' ', 'command:x', 'https://x.example');
  fc.assert(
    fc.property(fc.array(parts), (texts) => {
      assert.doesNotMatch(linkless(texts.join('')), LINK);
    }),
  );
});

test('other text stays as it is', () => {
  assert.equal(linkless('Sync [urgent] (again)'), 'Sync [urgent] (again)');
});

test('nothing that somebody else wrote is an icon in a label, and a title is cut', () => {
  assert.equal(iconless('$(flame) costs $$(5)'), '$ (flame) costs $$ (5)');
  assert.equal(inertTitle('$(flame) [a](command:b)'), '$ (flame) [a] (command:b)');
  assert.equal(inertTitle('Webhooks stop', 8), 'Webhook…');
});
