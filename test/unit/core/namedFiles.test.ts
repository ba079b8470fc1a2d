import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { namedFiles } from '../../../src/core/namedFiles.ts';
import { assertGrowsEvenly } from '../../support/growth.ts';

const NAMED: readonly (readonly [string, readonly string[]])[] = [
  ['see https://github.com/acme/app/blob/main/src/Sync/queue.ts#L10-L20.', ['acme/app src/Sync/queue.ts']],
  ['(https://ghes.example/acme/app/blame/v1/docs/a%20b.md)', ['acme/app docs/a b.md']],
  ['    at run (src/sync/queue.ts:12:5)', ['src/sync/queue.ts']],
  ['    at run (/app/src/sync/queue.ts:12:5)', ['src/sync/queue.ts']],
  ['    at run (/usr/src/app/lib/queue.js:12:5)', ['lib/queue.js']],
  ['  File "/home/rio/work/app/models/sync.py", line 3', ['app/models/sync.py']],
  ['/home/runner/work/app/app/pkg/a.go:7', ['pkg/a.go']],
  ['at ./packages/web/index.tsx and ../lib/x.rb', ['packages/web/index.tsx', 'lib/x.rb']],
  ['node_modules/left/index.js and vendor/a/b.go', []],
  ['https://corp.example/src/a.ts is a page, not a file', []],
  ['either/or, 1/2.5, and/or.', []],
  ['webpack:///src/a.ts', []],
];

test('files are found in links and traces, and named as the repository has them', () => {
  for (const [text, expected] of NAMED) {
    const found = namedFiles(text).map(({ repository, path }) => (repository ? `${repository} ${path}` : path));
    assert.deepEqual(found, expected, text);
  }
});

test('links come first, each file once, at most ten', () => {
  const trace = Array.from({ length: 20 }, (_, index) => `at src/a${String(index % 15)}.ts:1`).join('\n');
  const found = namedFiles(`${trace}\nhttps://github.com/acme/app/blob/main/src/a3.ts`);
  assert.equal(found.length, 10);
  assert.deepEqual(found[0], { repository: 'acme/app', path: 'src/a3.ts' });
  assert.equal(found.filter(({ path }) => path === 'src/a3.ts').length, 1);
});

test('no text takes long, and no path leaves its repository', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 400 }), (text) => {
      for (const { path } of namedFiles(`a/${text}/b.ts`)) assert.ok(!path.split('/').includes('..'), path);
    }),
  );
  for (const part of ['a/', '/', 'a', `${'a.'.repeat(99)}/`])
    assertGrowsEvenly((length) => namedFiles(part.repeat(length / part.length)), 100_000);
});
