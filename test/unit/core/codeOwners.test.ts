import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { defaultRule, parseCodeOwners, ruleFor } from '../../../src/core/codeOwners.ts';
import { assertGrowsEvenly } from '../../support/growth.ts';

/** The pattern, the files that it is about, and files that it is not about. */
const PATTERNS: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['*', ['a', 'a/b.js', 'a/b/c'], []],
  ['*.js', ['a.js', 'src/deep/a.js'], ['a.jsx', 'js']],
  ['/build/logs/', ['build/logs/a', 'build/logs/a/b'], ['x/build/logs/a', 'build/logs']],
  ['docs/*', ['docs/start.md'], ['docs/build/more.md', 'x/docs/start.md', 'docs']],
  ['apps/', ['apps/a', 'x/apps/a/b'], ['apps', 'x/apps']],
  ['/docs/', ['docs/a', 'docs/a/b'], ['x/docs/a']],
  ['**/logs', ['logs', 'logs/a', 'build/logs', 'deep/er/logs/a'], ['mylogs', 'logs2/a']],
  ['/apps/github', ['apps/github', 'apps/github/a'], ['x/apps/github', 'apps/githubs']],
  ['src', ['src', 'src/a', 'x/src/a/b'], ['srcs/a']],
  ['a/**/b', ['a/b', 'a/x/b', 'a/x/y/b', 'a/x/b/c'], ['x/a/b', 'a/xb']],
  ['a/**', ['a/b', 'a/b/c'], ['a', 'x/a/b']],
  ['**', ['a', 'a/b'], []],
  ['/*', ['a'], ['a/b']],
  ['/*.md', ['README.md'], ['docs/README.md']],
  ['file?.ts', ['file1.ts', 'x/fileA.ts'], ['file.ts', 'file12.ts']],
  ['/a*b*c/x', ['aXbYc/x', 'abc/x/y'], ['abx/x']],
  ['with\\ blank/', ['with blank/a'], ['with/a', 'blank/a']],
];

test('a pattern is about the files that GitHub says', () => {
  for (const [pattern, own, others] of PATTERNS) {
    const rules = parseCodeOwners(`${pattern} @noor-sample`);
    assert.equal(rules.length, 1, pattern);
    for (const path of own) assert.ok(ruleFor(path, rules), `${pattern} is about ${path}`);
    for (const path of others) assert.equal(ruleFor(path, rules), undefined, `${pattern} is not about ${path}`);
  }
});

test('the last rule that matches decides, also when it names nobody', () => {
  const rules = parseCodeOwners('* @acme/app\n\n/src/ @acme/core # the heart\n/src/gen/\n');
  assert.deepEqual(ruleFor('README.md', rules), { pattern: '*', owners: ['@acme/app'], line: 1 });
  assert.deepEqual(ruleFor('src/a.ts', rules), { pattern: '/src/', owners: ['@acme/core'], line: 3 });
  assert.deepEqual(ruleFor('src/gen/a.ts', rules)?.owners, []);
  assert.equal(defaultRule(rules)?.line, 1);
  assert.equal(defaultRule(parseCodeOwners('/* @noor-sample')), undefined);
});

test('owners are logins, teams and addresses; a line that GitHub does not take is no rule', () => {
  const rules = parseCodeOwners('*.a @noor-sample @acme/core kai@corp.example @noor-sample\r\n*.b @kai-sample#no\r\n');
  assert.deepEqual(
    rules.map(({ owners }) => owners),
    [['@noor-sample', '@acme/core', 'kai@corp.example']],
  );
  for (const line of ['# comment', '!/src @noor-sample', '[ab].js @noor-sample', '\\#a @noor-sample', 'a noor', ''])
    assert.deepEqual(parseCodeOwners(line), [], line);
  assert.deepEqual(parseCodeOwners(`/src @a-sample\n${'x'.repeat(3_000_000)}`), []);
});

test('paths are told apart by upper and lower case', () => {
  assert.equal(ruleFor('Src/a', parseCodeOwners('/src/ @noor-sample')), undefined);
});

test('no text throws, and no pattern takes long', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), fc.string({ maxLength: 100 }), (text, path) => {
      ruleFor(path, parseCodeOwners(text));
    }),
  );
  const rules = parseCodeOwners(`/${'a*'.repeat(500)}b/${'**/a/'.repeat(100)}b @noor-sample`);
  assertGrowsEvenly((length) => {
    assert.equal(ruleFor(`${'a'.repeat(length)}/${'a/'.repeat(length / 2)}c`, rules), undefined);
  }, 500);
});
