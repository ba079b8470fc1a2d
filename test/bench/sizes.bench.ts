// What is installed: the file that VS Code loads at start, all code, and the package. Kilobytes of 1,000.
import { glob, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { packageExtension } from '../../scripts/package.ts';
import { repository } from '../support/paths.ts';
import type { BenchRow } from './benchRow.ts';

export async function rows(): Promise<readonly BenchRow[]> {
  let code = 0;
  for await (const file of glob('dist/**/*.js', { cwd: repository })) code += await size(file);
  const folder = await mkdtemp(path.join(tmpdir(), 'responder-bench-'));
  try {
    const packed = await packageExtension(path.join(folder, 'responder-duty.vsix'));
    return [
      sizeRow('main', await size('dist/extension.js'), 40),
      sizeRow('all code', code, 500),
      sizeRow('.vsix', packed, 400),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function size(file: string): Promise<number> {
  return (await stat(path.join(repository, file))).size;
}

function sizeRow(what: string, bytes: number, atMost: number): BenchRow {
  const kilobytes = bytes / 1000;
  return {
    bench: `size of ${what}`,
    measured: `${kilobytes.toFixed(1)} kB`,
    aim: `≤ ${atMost} kB`,
    passed: kilobytes <= atMost,
  };
}
