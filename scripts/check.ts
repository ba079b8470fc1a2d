// Holds the code against its rules: types, lint, format, dead code. `npm run check`.
import path from 'node:path';
import { runCommand } from '../test/support/install/command.ts';
import { repository } from '../test/support/paths.ts';
import type { PartResult } from './partResult.ts';

interface Check {
  readonly name: string;
  /** Of node_modules/.bin, or `node`. */
  readonly program: string;
  readonly args: readonly string[];
}

const checks: readonly Check[] = [
  { name: 'types', program: 'tsc', args: ['-p', '.'] },
  { name: 'types of the webviews', program: 'tsc', args: ['-p', 'webview'] },
  { name: 'lint', program: 'oxlint', args: ['--type-aware', '--deny-warnings', 'src', 'webview', 'test', 'scripts'] },
  { name: 'format', program: 'biome', args: ['ci', '--colors=off', '.'] },
  { name: 'dead code', program: 'knip', args: ['--no-progress'] },
  { name: 'strings for translators', program: 'node', args: ['scripts/strings.ts', '--check'] },
];

/** Runs every check, whatever the others say, and prints what the failed ones found. */
export async function check(): Promise<PartResult> {
  let failed = 0;
  for (const { name, program, args } of checks) {
    const done = await runTool(program, args);
    console.log(`${done.code === 0 ? '✔' : '✖'} ${name}`);
    if (done.code === 0) continue;
    failed += 1;
    console.log(done.output);
  }
  return { name: 'check', passed: checks.length - failed, failed };
}

/** A tool of node_modules/.bin, on the Node that runs this. */
function runTool(name: string, args: readonly string[]): ReturnType<typeof runCommand> {
  if (name === 'node') return runCommand(process.execPath, args, { cwd: repository, quiet: true });
  const bin = path.join(repository, 'node_modules/.bin', name);
  const env = {
    ...process.env,
    PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env['PATH'] ?? ''}`,
  };
  return runCommand(process.platform === 'win32' ? `${bin}.cmd` : bin, args, { cwd: repository, env, quiet: true });
}

if (import.meta.main) {
  const { failed } = await check();
  process.exitCode = failed === 0 ? 0 : 1;
}
