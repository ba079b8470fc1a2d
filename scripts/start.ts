// `npm start`: the sample team and a real VS Code that is signed in to it. Ctrl+C ends both. `--server` takes the VS Code
// server where a desktop VS Code could be had.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { installAlertmanager } from '../test/support/install/alertmanager.ts';
import { findChromium, installChromium } from '../test/support/install/chromium.ts';
import { findProgram } from '../test/support/install/command.ts';
import { cacheFolder, repository } from '../test/support/paths.ts';
import { teamEnvironment, teamSettings } from '../test/support/sampleSignIn.ts';
import { desktopForPerson, hasDisplay, startDesktop } from '../test/support/vscode/desktop.ts';
import { installServer } from '../test/support/vscode/installServer.ts';
import { startServer } from '../test/support/vscode/server.ts';
import { workbenchAddress } from '../test/support/vscode/workbenchAddress.ts';
import { type SampleTeam, startSampleTeam } from '../test/team/sampleTeam.ts';
import { build } from './build.ts';

/** Something that was started: `ended` resolves when a person has closed it. */
interface Running {
  readonly ended: Promise<unknown>;
  stop(): Promise<void>;
}

const interrupted = Promise.withResolvers<void>();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interrupted.resolve());

await main();

async function main(): Promise<void> {
  await installAlertmanager();
  console.log('Building…');
  await build();
  console.log('Starting the sample team…');
  const team = await startSampleTeam();
  try {
    const running = await startVSCode(team);
    console.log('Ctrl+C ends VS Code and the sample team.');
    await Promise.race([interrupted.promise, running.ended]);
    console.log('\nEnding…');
    await running.stop();
  } finally {
    await team.stop();
  }
}

async function startVSCode(team: SampleTeam): Promise<Running> {
  const executable = process.argv.includes('--server') ? undefined : await desktopForPerson();
  return executable === undefined ? startInServer(team) : startOnDesktop(executable, team);
}

async function startOnDesktop(executable: string, team: SampleTeam): Promise<Running> {
  const dataFolder = path.join(cacheFolder, 'start-desktop');
  await forgetLastTeam(path.join(dataFolder, 'user/User'));
  const child = await startDesktop(executable, {
    folder: team.folder,
    dataFolder,
    extensions: [repository],
    settings: teamSettings(team),
    env: teamEnvironment(team),
  });
  const ended = once(child, 'exit');
  console.log(`\nVS Code is open on ${team.folder} (${executable}).`);
  return {
    ended,
    stop: async () => {
      if (child.kill('SIGTERM')) await ended;
    },
  };
}

async function startInServer(team: SampleTeam): Promise<Running> {
  await installServer();
  await installChromium().catch((error: unknown) => console.warn(String(error))); // any other browser will do
  const dataFolder = path.join(cacheFolder, 'start-server');
  await forgetLastTeam(path.join(dataFolder, 'data/User'));
  const server = await startServer({
    dataFolder,
    extensions: [repository],
    machineSettings: teamSettings(team),
    env: { ...teamEnvironment(team), TZ: Intl.DateTimeFormat().resolvedOptions().timeZone },
  });
  const address = workbenchAddress(server, { folder: team.folder });
  console.log(`\nVS Code is running. Open this address in a browser:\n\n  ${address}\n`);
  if (hasDisplay()) openAddress(address);
  return { ended: server.ended, stop: () => server.stop({ graceful: true }) };
}

/** The sample team starts its week anew each time, so what the extension stored of the last one no longer holds. */
async function forgetLastTeam(userFolder: string): Promise<void> {
  await rm(path.join(userFolder, 'globalStorage/responder-duty.responder-duty'), { recursive: true, force: true });
}

function openAddress(address: string): void {
  const opener = { darwin: 'open', win32: 'explorer' }[String(process.platform)] ?? 'xdg-open';
  const program = findProgram(opener) ?? findChromium();
  if (program !== undefined) spawn(program, [address], { stdio: 'ignore', detached: true }).unref();
}
