import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { splitMarkdown, toBlockText, toFallback } from '../../../../src/services/slack/messageParts.ts';

test('what fits is one part, unchanged', () => {
  assert.deepEqual(splitMarkdown('a\n\nb'), ['a\n\nb']);
  assert.deepEqual(splitMarkdown(''), ['']);
});

test('every part fits and no line is lost', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.string({ maxLength: 300 }).map((line) => line.replace(/[`~\n]/gu, 'x')),
        { minLength: 1 },
      ),
      (lines) => {
        const parts = splitMarkdown(lines.join('\n'), 400);

        assert.ok(parts.every((part) => part.length <= 400));
        assert.equal(parts.join('\n').trimEnd(), lines.join('\n').trimEnd());
      },
    ),
  );
});

test('a code block that is cut is closed and opened again', () => {
  const lines = Array.from({ length: 60 }, (_, index) => `line ${index}`);
  const parts = splitMarkdown(['```', ...lines, '```', 'after'].join('\n'), 200);

  assert.ok(parts.length > 2);
  for (const part of parts) assert.equal((part.match(/^```$/gmu) ?? []).length % 2, 0, part);
});

test('a line too long for a part is cut between characters', () => {
  const parts = splitMarkdown('😀'.repeat(1000), 500);

  assert.ok(parts.every((part) => part.length <= 500 && part.isWellFormed()));
});

test('a post calls nobody, in its block or in its fallback', () => {
  const text = 'hi <!channel> <@U1> <!subteam^S1> <#C1> & co';

  assert.doesNotMatch(toBlockText(text), /<[@#!]/u);
  assert.equal(toFallback(text).includes('<'), false);
  assert.match(toFallback(text), /&amp; co$/u);
});

test('the fallback never ends within an entity and is at most 4,000 long', () => {
  const fallback = toFallback('<'.repeat(5000));

  assert.ok(fallback.length <= 4000);
  assert.match(fallback, /^(?:&lt;)+$/u);
});
