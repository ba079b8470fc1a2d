// Runs the in-host suites: VS Code's extension host requires this file's bundle and calls run().
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';
import type { HostReport } from './hostReport.ts';

/** Called by VS Code. The report goes to the file that RESPONDER_HOST_REPORT names. @throws when a test failed */
export async function run(): Promise<void> {
  const report = process.env['RESPONDER_HOST_REPORT'];
  if (report === undefined) throw new Error('RESPONDER_HOST_REPORT is not set');
  const suites = path.join(__dirname, 'suites');
  const files = readdirSync(suites, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js'));
  const mocha = new Mocha({ ui: 'tdd', timeout: 20_000, reporter: 'min' });
  for (const file of files) mocha.addFile(path.join(suites, file));
  const found = await runMocha(mocha);
  writeFileSync(report, JSON.stringify(found));
  if (found.failed > 0) throw new Error(`${found.failed} in-host tests failed`);
}

function runMocha(mocha: Mocha): Promise<HostReport> {
  const lines: string[] = [];
  let passed = 0;
  let failed = 0;
  return new Promise((resolve) => {
    const runner = mocha.run(() => resolve({ passed, failed, lines, nodeVersion: process.version }));
    runner.on('pass', (test) => {
      passed += 1;
      lines.push(`✔ ${test.fullTitle()} (${test.duration ?? 0} ms)`);
    });
    runner.on('fail', (test, error: Error) => {
      failed += 1;
      lines.push(`✖ ${test.fullTitle()}`, error.stack ?? error.message);
    });
    runner.on('pending', (test) => {
      failed += 1;
      lines.push(`✖ ${test.fullTitle()}: skipped, and nothing may be`);
    });
  });
}
