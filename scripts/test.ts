// `npm test`: everything. `npm run test:unit`, `test:host`, `test:e2e`: one part, built first where it needs the build.
import { glob } from 'node:fs/promises';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { installAlertmanager } from '../test/support/install/alertmanager.ts';
import { installChromium } from '../test/support/install/chromium.ts';
import { repository } from '../test/support/paths.ts';
import { teamEnvironment, teamSettings } from '../test/support/sampleSignIn.ts';
import { runHostTests } from '../test/support/vscode/hostTests.ts';
import { installServer } from '../test/support/vscode/installServer.ts';
import { startSampleTeam } from '../test/team/sampleTeam.ts';
import { build, sizeReport } from './build.ts';
import { check } from './check.ts';
import type { PartResult } from './partResult.ts';

const parts: Readonly<Record<string, () => Promise<PartResult>>> = {
  check,
  install: installMissing,
  build: buildPart,
  unit: () => nodeTests('unit'),
  host: hostPart,
  e2e: () => nodeTests('e2e'),
};

/** What must have passed before a part makes sense; a part that cannot run has failed. */
const needs: Readonly<Record<string, readonly string[]>> = {
  unit: ['install'],
  host: ['install', 'build'],
  e2e: ['install', 'build'],
};

async function installMissing(): Promise<PartResult> {
  await installAlertmanager();
  await installChromium();
  await installServer();
  return { name: 'install', passed: 3, failed: 0 };
}

async function buildPart(): Promise<PartResult> {
  console.log(sizeReport(await build()));
  return { name: 'build', passed: 1, failed: 0 };
}

/** In a window on the sample team's folder, signed in. */
async function hostPart(): Promise<PartResult> {
  const team = await startSampleTeam();
  try {
    const options = { folder: team.folder, env: teamEnvironment(team), machineSettings: teamSettings(team) };
    const { passed, failed } = await runHostTests(options);
    return { name: 'host', passed, failed };
  } finally {
    await team.stop();
  }
}

/** Runs a folder's `*.test.ts` with Node's own runner: one file a process; journeys one after another. */
async function nodeTests(name: string): Promise<PartResult> {
  const files: string[] = [];
  for await (const file of glob(`test/${name}/**/*.test.ts`, { cwd: repository })) files.push(file);
  if (files.length === 0) throw new Error(`There is no test in test/${name}.`);
  const stream = run({ cwd: repository, files: files.toSorted(), concurrency: name === 'unit', timeout: 300_000 });
  let passed = 0;
  let failed = 0;
  stream.on('test:summary', ({ file, counts }) => {
    if (file !== undefined) return; // the last summary is of all files
    passed = counts.passed;
    failed = counts.tests - counts.passed;
  });
  for await (const text of stream.compose(new spec())) process.stdout.write(String(text));
  return { name, passed, failed };
}

async function runPart(name: string, done: readonly PartResult[]): Promise<PartResult> {
  console.log(`\n— ${name}`);
  const missing = (needs[name] ?? []).filter((need) => done.some((part) => part.name === need && part.failed > 0));
  if (missing.length > 0) {
    console.error(`${name} cannot run: ${missing.join(' and ')} failed`);
    return { name, passed: 0, failed: 1 };
  }
  return (
    (await parts[name]?.().catch((error: unknown) => failure(name, error))) ?? failure(name, 'there is no such part')
  );
}

function failure(name: string, error: unknown): PartResult {
  console.error(error);
  return { name, passed: 0, failed: 1 };
}

function wanted(argument: string | undefined): readonly string[] {
  return argument === undefined ? Object.keys(parts) : [...(needs[argument] ?? []), argument];
}

const results: PartResult[] = [];
for (const name of wanted(process.argv[2])) results.push(await runPart(name, results));

console.log('');
for (const part of results) console.log(`${part.name.padEnd(8)} ${part.passed} passed, ${part.failed} failed`);
const total = (of: 'passed' | 'failed'): number => results.reduce((sum, part) => sum + part[of], 0);
console.log(`${total('passed')} passed, ${total('failed')} failed`);
process.exitCode = total('failed') === 0 ? 0 : 1;
