import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cellText, nameInCell } from '../../../src/team/cellText.ts';

test('a name is read without its decoration', () => {
  const cases: readonly [string, string | undefined][] = [
    ['Kai', 'Kai'],
    ['**Kai**', 'Kai'],
    ['_Kai_ Sample', 'Kai Sample'],
    ['[Kai](https://people.example/kai)', 'Kai'],
    ['[**Kai**][1] 🎉', 'Kai'],
    ['Kai (@kai-sample)', 'Kai'],
    ['@kai-sample', 'kai-sample'],
    ['[@kai-sample](https://github.example/kai-sample)', 'kai-sample'],
    ['@kai_sample', 'kai_sample'],
    [':star: Kai :tada:', 'Kai'],
    ['👩🏽‍💻 Noor 🇩🇪', 'Noor'],
    ['<b>Mika</b><br>', 'Mika'],
    ['![](x.png) `Rio`', 'Rio'],
    ['Noor\u202e\u200b', 'Noor'],
    ['', undefined],
    ['—', undefined],
    ['TBD', undefined],
    ['🤷', undefined],
  ];
  for (const [cell, expected] of cases) assert.equal(nameInCell(cell), expected, cell);
});

test('a cell of a million brackets takes no time', () => {
  assert.ok(cellText('['.repeat(1_000_000)).length <= 200);
  assert.ok(cellText('<'.repeat(1_000_000)).length <= 200);
});
