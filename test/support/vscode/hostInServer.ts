import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { repository, resultsFolder } from '../paths.ts';
import { openBrowser } from './browser.ts';
import type { HostRun } from './hostTests.ts';
import { installServer, vscodeVersion } from './installServer.ts';
import { startServer } from './server.ts';
import { workbenchAddress } from './workbenchAddress.ts';

const patience = 300_000;

/** Runs the bundled suites in the extension host of a VS Code server. @returns which VS Code that was */
export async function runHostTestsInServer(run: HostRun): Promise<string> {
  await installServer();
  const server = await startServer({ ...run, development: true });
  try {
    const ended = await openAndWait(run, server);
    if (!ended) await keepLog('The in-host tests did not end.', server.output());
    return `VS Code server ${vscodeVersion}`;
  } finally {
    await server.stop();
  }
}

async function openAndWait(run: HostRun, server: Parameters<typeof workbenchAddress>[0]): Promise<boolean> {
  const browser = await openBrowser();
  try {
    const page = await browser.context.newPage();
    const { promise, resolve } = Promise.withResolvers<true>();
    // The workbench looks for these two on its window, tells what is logged, and when run() has ended.
    await page.exposeFunction('codeAutomationLog', () => undefined);
    await page.exposeFunction('codeAutomationExit', () => resolve(true));
    await page.goto(
      workbenchAddress(server, { folder: run.folder, development: { extension: repository, tests: run.tests } }),
    );
    return await Promise.race([promise, delay(patience, false, { ref: false })]);
  } finally {
    await browser.close();
  }
}

async function keepLog(what: string, log: string): Promise<void> {
  await mkdir(resultsFolder, { recursive: true });
  const file = path.join(resultsFolder, 'host.log');
  await writeFile(file, log);
  console.error(`${what} The server's log is in ${file}`);
}
