import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { desktopForTests, runHostTestsOnDesktop } from './desktop.ts';
import { bundleHostTests, hostTests } from './hostBundle.ts';
import { runHostTestsInServer } from './hostInServer.ts';
import type { HostReport } from './hostReport.ts';
import type { Settings } from './userData.ts';

/** What one run of the in-host suites needs, on whichever VS Code. */
export interface HostRun {
  /** The bundled tests. */
  readonly tests: string;
  /** The folder of the window. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly settings: Settings;
  readonly machineSettings: Settings;
}

export interface HostOptions {
  readonly folder?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly settings?: Settings;
  readonly machineSettings?: Settings;
}

/**
 * Runs the in-host suites in a desktop VS Code when one is given (VSCODE_EXECUTABLE) or can be had, else in the server,
 * and prints which it was.
 */
export async function runHostTests(options: HostOptions = {}): Promise<HostReport> {
  await bundleHostTests();
  const scratch = await mkdtemp(path.join(tmpdir(), 'responder-host-'));
  const file = path.join(scratch, 'report.json');
  const run: HostRun = {
    tests: hostTests,
    folder: options.folder ?? scratch,
    env: { TZ: 'UTC', ...options.env, RESPONDER_HOST_REPORT: file },
    settings: options.settings ?? {},
    machineSettings: options.machineSettings ?? {},
  };
  try {
    const executable = await desktopForTests();
    const host =
      executable === undefined ? await runHostTestsInServer(run) : await runHostTestsOnDesktop(executable, run);
    const report = await readReport(file);
    for (const line of report.lines) console.log(line);
    console.log(`In-host tests ran in: ${host}, Node ${report.nodeVersion}`);
    return report;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function readReport(file: string): Promise<HostReport> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text !== undefined) return JSON.parse(text) as HostReport;
  return { passed: 0, failed: 1, lines: ['✖ the in-host tests left no report'], nodeVersion: 'unknown' };
}
