// `npm run bench [name …]`: what things cost. A row fails on a ratio or a count, never on milliseconds.
import { glob } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BenchModule, BenchRow } from '../test/bench/benchRow.ts';
import { repository } from '../test/support/paths.ts';
import { build } from './build.ts';

await build();
const wanted = process.argv.slice(2);
const rows: BenchRow[] = [];
for await (const file of glob('test/bench/**/*.bench.ts', { cwd: repository })) {
  const name = path.basename(file, '.bench.ts');
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`— ${name}`);
  const module = (await import(pathToFileURL(path.join(repository, file)).href)) as BenchModule;
  rows.push(...(await module.rows()));
}
console.log(`\n${table(rows)}`);
const failed = rows.filter((row) => !row.passed).length;
console.log(`\n${rows.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 && rows.length > 0 ? 0 : 1;

function table(found: readonly BenchRow[]): string {
  const lines = [
    ['', 'bench', 'measured', 'aim'],
    ...found.map((row) => [row.passed ? '✔' : '✖', row.bench, row.measured, row.aim]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
