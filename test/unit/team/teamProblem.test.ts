import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeProblem, TEAM_PROBLEMS, type TeamProblemCode } from '../../../src/team/teamProblem.ts';

test('a template’s places are filled in order, and text that looks like a place stays', () => {
  assert.equal(
    describeProblem('unknownKeySimilar', ['wach', 'watch']),
    '`wach` is not known here and is ignored; did you mean `watch`?',
  );
  assert.equal(
    describeProblem('duration', ['respondWithin', '{0}']),
    '`respondWithin` must be a duration such as 15m, 4h or 1d',
  );
  assert.equal(describeProblem('unknownKey', ['$&{1}', 'x']), '`$&{1}` is not known here and is ignored');
});

test('every template is one sentence whose places begin at {0} and leave none out but for what is shown later', () => {
  for (const [code, template] of Object.entries(TEAM_PROBLEMS)) {
    assert.doesNotMatch(template, /\.$|\n/u, code);
    if (/\{\d\}/u.test(template)) assert.match(template, /\{0\}/u, code);
    const filled = describeProblem(code as TeamProblemCode, ['a', 'b', 'c']);
    assert.doesNotMatch(filled, /\{\d\}/u, code);
  }
});
