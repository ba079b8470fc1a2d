import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readSections, writeSections } from '../../../src/host/sections.ts';

test('whatever the texts are, they are read back the same', () => {
  const line = fc.oneof(
    fc.string(),
    fc.constantFrom('', '# ── Reply ──', '# ─── Reply ───', '  # ── Body', '────', '# Reply', 'a\r\nb'),
  );
  const text = fc.array(line, { maxLength: 4 }).map((lines) =>
    lines
      .join('\n')
      .replaceAll(/\r\n?/gu, '\n')
      .replace(/^(?:[^\S\n]*\n)+/u, '')
      .trimEnd(),
  );
  const heading = fc.oneof(fc.string(), fc.constantFrom('Reply', 'Body'));
  const section = fc.record({ heading, text });
  fc.assert(
    fc.property(section, fc.array(section, { maxLength: 3 }), (first, others) => {
      const { content, lines } = writeSections([first, ...others]);
      assert.deepEqual(
        readSections(content, lines),
        [first, ...others].map((one) => one.text),
      );
    }),
  );
});

test('sections may be moved and their line ends changed; each text stays with its heading', () => {
  const { lines } = writeSections([
    { heading: 'A', text: 'a' },
    { heading: 'B', text: 'b' },
  ]);
  assert.deepEqual(lines, ['# ── A ──', '# ── B ──']);
  assert.deepEqual(readSections('# ── B ──\r\n\r\nnew b\r\n# ── A ──\r\nnew a\r\n', lines), ['new a', 'new b']);
});

test('what cannot be read back is told with its heading', () => {
  const { content, lines } = writeSections([
    { heading: 'A', text: 'a' },
    { heading: 'B', text: 'b' },
  ]);
  assert.deepEqual(readSections('# ── A ──\n\na', lines), { type: 'heading', heading: 'B' });
  assert.deepEqual(readSections(`${content}\n# ── A ──`, lines), { type: 'heading', heading: 'A' });
  assert.deepEqual(readSections(`Hello\n${content}`, lines), { type: 'above', heading: 'A' });
});

test('two texts for one place have a heading each', () => {
  const { lines } = writeSections([
    { heading: 'A', text: 'a' },
    { heading: 'A', text: 'b' },
  ]);
  assert.deepEqual(lines, ['# ── A ──', '# ── A (2) ──']);
});
