import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { linkless } from '../../../src/host/linkless.ts';

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
