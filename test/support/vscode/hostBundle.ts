import { glob, rm } from 'node:fs/promises';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { repository } from '../paths.ts';

const folder = path.join(repository, 'dist/test/host');

/** The module that VS Code is told to run the tests with. */
export const hostTests = path.join(folder, 'index.js');

/** Bundles the in-host suites, `test/host/**\/*.test.ts`, and what runs them, for the extension host: CommonJS. */
export async function bundleHostTests(): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  const entryPoints = [{ in: path.join(import.meta.dirname, 'hostRunner.ts'), out: 'index' }];
  for await (const file of glob('test/host/**/*.test.ts', { cwd: repository })) {
    entryPoints.push({
      in: path.join(repository, file),
      out: path.join('suites', path.relative('test/host', file).slice(0, -3)),
    });
  }
  await esbuild.build({
    absWorkingDir: repository,
    entryPoints,
    outdir: folder,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
}
