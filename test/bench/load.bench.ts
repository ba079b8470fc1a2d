// Loading `dist/extension.js` on plain Node, against an extension that does nothing. A process for each, as in a start.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { repository } from '../support/paths.ts';
import type { BenchRow } from './benchRow.ts';
import { median, ratioRow } from './measure.ts';

const REPETITIONS = 25;
const EMPTY =
  '"use strict";const vscode=require("vscode");exports.activate=()=>{vscode.window};exports.deactivate=()=>{};';
/** Stands in for `vscode`, and says how many milliseconds the `require` of its argument took. */
const LOADER = `
const Module = require('node:module');
const resolve = Module._resolveFilename;
Module._resolveFilename = (name, ...rest) => (name === 'vscode' ? name : resolve(name, ...rest));
require.cache.vscode = { id: 'vscode', loaded: true, exports: { EventEmitter: class {}, Disposable: class {} } };
const file = process.argv[2];
const before = performance.now();
require(file);
process.stdout.write(String(performance.now() - before));
`;

export async function rows(): Promise<readonly BenchRow[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'responder-bench-'));
  try {
    const loader = path.join(folder, 'loader.cjs');
    const empty = path.join(folder, 'empty.cjs');
    await writeFile(loader, LOADER);
    await writeFile(empty, EMPTY);
    const main = path.join(repository, 'dist/extension.js');
    const times = { ours: [] as number[], reference: [] as number[] };
    for (let turn = 0; turn < REPETITIONS; turn += 1) {
      times.ours.push(await load(loader, main));
      times.reference.push(await load(loader, empty));
    }
    const medians = { ours: median(times.ours), reference: median(times.reference) };
    return [ratioRow('load of main ÷ an empty extension', medians, 2.5)];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function load(loader: string, file: string): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, [loader, file]);
  return Number(stdout);
}
