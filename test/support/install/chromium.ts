import { createRequire } from 'node:module';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { aptInstall } from './aptGet.ts';
import { findProgram, isExecutable, runCommand } from './command.ts';

/** Chromium or Chrome: the environment's CHROMIUM, one on the PATH, macOS's applications, or Playwright's own. */
export function findChromium(): string | undefined {
  const named = process.env['CHROMIUM'];
  if (named !== undefined && named !== '') return named;
  const application = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
  return (
    findProgram('chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser') ??
    [application, chromium.executablePath()].find(isExecutable)
  );
}

/**
 * Makes sure that there is a Chromium.
 * @returns the program's path
 * @throws when it cannot be installed here, naming what to install
 */
export async function installChromium(): Promise<string> {
  const found = findChromium();
  if (found !== undefined) return found;
  if (!(await aptInstall('chromium'))) await playwrightInstall();
  const installed = findChromium();
  if (installed !== undefined) return installed;
  throw new Error(
    'Chromium is missing and could not be installed. Install Chromium or Chrome, or set CHROMIUM to its program.',
  );
}

async function playwrightInstall(): Promise<void> {
  console.log('Installing Chromium (Playwright)…');
  const manifest = createRequire(import.meta.url).resolve('playwright-core/package.json');
  await runCommand(process.execPath, [path.join(path.dirname(manifest), 'cli.js'), 'install', 'chromium']);
}
