import assert from 'node:assert/strict';
import { test } from 'node:test';
import { markdownLines, sectionOf, tablesIn } from '../../../src/team/markdownTable.ts';

function tables(markdown: string): readonly (readonly (readonly string[])[])[] {
  const lines = markdownLines(markdown);
  return tablesIn(lines, 0, lines.length).map(({ header, rows }) => [header.cells, ...rows.map(({ cells }) => cells)]);
}

test('outer pipes may be left out, escaped pipes stay in their cell', () => {
  const expected = [
    [
      ['Dates', 'Who'],
      ['a|b', 'Kai'],
    ],
  ];
  assert.deepEqual(tables('| Dates | Who |\n|:--|--:|\n| a\\|b | Kai |\n'), expected);
  assert.deepEqual(tables('Dates | Who\n--- | ---\na\\|b | Kai\n'), expected);
  assert.deepEqual(tables('\ufeff| Dates | Who |\r\n|:-:|-|\r\n| a\\|b | Kai |\r\n'), expected);
});

test('a table ends at a blank line, a heading or a quote', () => {
  for (const end of ['', '## Next', '> quoted', '---']) {
    assert.deepEqual(
      tables(`|a|b|\n|-|-|\n|c|d|\n${end}\n|e|f|\n`),
      [
        [
          ['a', 'b'],
          ['c', 'd'],
        ],
      ],
      end,
    );
  }
});

test('an empty last cell is a cell of its row', () => {
  assert.deepEqual(tables('|a|b|c|\n|-|-|-|\n|x|y||\n|x|||\n'), [
    [
      ['a', 'b', 'c'],
      ['x', 'y', ''],
      ['x', '', ''],
    ],
  ]);
});

test('the dashes must be as many as the titles', () => {
  assert.deepEqual(tables('|a|b|\n|-|\n|c|d|\n'), []);
});

test('code blocks and comments hold no tables, and lines keep their numbers', () => {
  const table = '|a|b|\n|-|-|\n|c|d|';
  assert.deepEqual(tables(`\`\`\`md\n${table}\n\`\`\`\n<!--\n${table}\n-->\n~~~\n${table}`), []);
  const lines = markdownLines(`<!-- one\ntwo -->\n\`\`\`\n# no\n\`\`\`\n${table}`);
  assert.equal(tablesIn(lines, 0, lines.length)[0]?.header.line, 5);
});

test('a section is found by its heading’s anchor and ends at the next of its level', () => {
  const lines = markdownLines(
    '# Duty\n## Old\nx\n## Current schedule 🎉 (2026)! ##\n### More\ny\nNext\n----\n## Old\n',
  );
  const cases: readonly [string, unknown][] = [
    ['duty', { from: 0, to: 10 }],
    ['old', { from: 1, to: 3 }],
    ['old-1', { from: 8, to: 10 }],
    ['current-schedule--2026', { from: 3, to: 6 }],
    ['Current-Schedule--2026', { from: 3, to: 6 }],
    ['next', { from: 6, to: 8 }],
    ['nothing', undefined],
    ['%', undefined],
  ];
  for (const [slug, expected] of cases) assert.deepEqual(sectionOf(lines, slug), expected, slug);
});
