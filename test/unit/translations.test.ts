import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { repository } from '../support/paths.ts';

/** A string of a bundle; where the same English word means two things, it carries a comment for translators. */
type Entry = string | { readonly message: string };

const TRANSLATED = ['l10n/bundle.l10n.json', 'package.nls.json'];

function readTexts(file: string): ReadonlyMap<string, string> {
  const entries: Record<string, Entry> = JSON.parse(readFileSync(path.join(repository, file), 'utf8'));
  return new Map(
    Object.entries(entries).map(([key, entry]) => [key, typeof entry === 'string' ? entry : entry.message]),
  );
}

/** What the program or VS Code reads in a text, so no language may change it; sorted, as often as it stands there. */
function fixedParts(text: string): readonly string[] {
  return (text.match(/\{\d+\}|\$\([\w-]+\)|`[^`]*`|\]\(command:[^)]*\)/gu) ?? []).toSorted();
}

/** Two texts joined by the program need the spaces at their ends, and `…` says that a command asks first. */
function ends(text: string): readonly string[] {
  return [/^\s*/u.exec(text)?.[0] ?? '', /…?\s*$/u.exec(text)?.[0] ?? ''];
}

for (const sourceFile of TRANSLATED) {
  const source = readTexts(sourceFile);
  const translations = globSync(sourceFile.replace('.json', '.*.json'), { cwd: repository });

  test(`${sourceFile} is translated into one language at least`, () => {
    assert.notDeepEqual(translations, []);
  });

  for (const file of translations) {
    const texts = readTexts(file);

    test(`${file} translates every string of ${sourceFile}`, () => {
      assert.deepEqual(
        [...source.keys()].filter((key) => !texts.has(key)),
        [],
      );
    });

    test(`${file} has no string that ${sourceFile} has not`, () => {
      assert.deepEqual(
        [...texts.keys()].filter((key) => !source.has(key)),
        [],
      );
    });

    test(`${file} keeps placeholders, icons, code, command links and the ends of every string`, () => {
      for (const [key, text] of texts) {
        const original = source.get(key) ?? text;
        assert.deepEqual(fixedParts(text), fixedParts(original), key);
        assert.deepEqual(ends(text), ends(original), key);
        assert.equal(text.trim() === '', original.trim() === '', key);
      }
    });
  }
}

test('code and manifest speak the same languages', () => {
  const [code, manifest] = TRANSLATED.map(
    (file) =>
      new Set(globSync(file.replace('.json', '.*.json'), { cwd: repository }).map((found) => found.split('.').at(-2))),
  );

  assert.deepEqual(code, manifest);
});
