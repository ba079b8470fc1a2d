import { type ChildProcess, spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { findProgram, isExecutable, runCommand } from '../install/command.ts';
import { cacheFolder, repository } from '../paths.ts';
import type { HostRun } from './hostTests.ts';
import { vscodeVersion } from './installServer.ts';
import { quietSettings } from './settings.ts';
import { cleanEnvironment, linkExtensions, type Settings, writeSettings } from './userData.ts';

const downloads = 'https://update.code.visualstudio.com/api/releases/stable';

/**
 * The desktop VS Code for the in-host tests: VSCODE_EXECUTABLE, or a download of the pinned version.
 * @returns undefined where none can be had or shown; the server serves then
 */
export async function desktopForTests(): Promise<string | undefined> {
  const named = process.env['VSCODE_EXECUTABLE'];
  if (named !== undefined && named !== '') return named;
  if (!canShow()) return undefined;
  return download();
}

/** The desktop VS Code for a person: the one that is installed, else a download. Needs a display. */
export async function desktopForPerson(): Promise<string | undefined> {
  if (!hasDisplay()) return undefined;
  const named = process.env['VSCODE_EXECUTABLE'];
  return named !== undefined && named !== '' ? named : (installedDesktop() ?? (await download()));
}

export function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true;
  return [process.env['DISPLAY'], process.env['WAYLAND_DISPLAY']].some((name) => name !== undefined && name !== '');
}

/** Electron will not start as root with its sandbox. */
function sandboxArguments(): readonly string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

/** Runs the bundled suites in a desktop VS Code. @returns which VS Code that was */
export async function runHostTestsOnDesktop(executable: string, run: HostRun): Promise<string> {
  const data = await mkdtemp(path.join(tmpdir(), 'responder-desktop-'));
  await writeSettings(path.join(data, 'user/User'), { ...quietSettings, ...run.settings, ...run.machineSettings });
  const args = [
    '--no-sandbox', // as VS Code's own test runner does: containers and CI machines allow none
    '--disable-gpu-sandbox',
    `--user-data-dir=${path.join(data, 'user')}`,
    `--extensions-dir=${path.join(data, 'extensions')}`,
    '--skip-welcome',
    '--skip-release-notes',
    '--disable-workspace-trust',
    '--disable-updates',
    '--disable-gpu',
    `--extensionDevelopmentPath=${repository}`,
    `--extensionTestsPath=${run.tests}`,
    run.folder,
  ];
  const [program, ...rest] = [...virtualDisplay(), executable, ...args];
  try {
    const done = await runCommand(program ?? executable, rest, {
      env: { ...cleanEnvironment(), ...run.env },
      quiet: true,
    });
    if (done.code !== 0) console.error(done.output.slice(-4000));
    return `desktop VS Code (${executable})`;
  } finally {
    await rm(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

export interface DesktopOptions {
  /** The folder of the window. */
  readonly folder: string;
  /** Kept between two starts. */
  readonly dataFolder: string;
  /** Folders of extensions that are installed. */
  readonly extensions: readonly string[];
  readonly settings: Settings;
  readonly env: Readonly<Record<string, string>>;
}

/** Starts a desktop VS Code for a person, with user data of its own. The caller ends the process. */
export async function startDesktop(executable: string, options: DesktopOptions): Promise<ChildProcess> {
  const userData = path.join(options.dataFolder, 'user');
  const extensions = path.join(options.dataFolder, 'extensions');
  await writeSettings(path.join(userData, 'User'), { ...quietSettings, ...options.settings });
  await linkExtensions(extensions, options.extensions);
  const args = [
    `--user-data-dir=${userData}`,
    `--extensions-dir=${extensions}`,
    '--disable-workspace-trust',
    '--new-window',
  ];
  return spawn(executable, [...sandboxArguments(), ...args, options.folder], {
    stdio: 'ignore',
    env: { ...cleanEnvironment(), ...options.env },
  });
}

function canShow(): boolean {
  return hasDisplay() || findProgram('xvfb-run') !== undefined;
}

function virtualDisplay(): readonly string[] {
  const xvfb = findProgram('xvfb-run');
  return hasDisplay() || xvfb === undefined ? [] : [xvfb, '-a'];
}

async function download(): Promise<string | undefined> {
  const probe = await fetch(downloads, { signal: AbortSignal.timeout(4000) }).catch(() => undefined);
  if (probe?.ok !== true) return undefined;
  return downloadAndUnzipVSCode({ version: vscodeVersion, cachePath: path.join(cacheFolder, 'vscode') }).catch(
    (error: unknown) => {
      console.error(`The desktop VS Code could not be downloaded: ${String(error)}`);
      return undefined;
    },
  );
}

/** The program behind `code` on the PATH: the command itself hands over to it and is gone, so that nobody could end it. */
function installedDesktop(): string | undefined {
  const command = findProgram('code');
  if (command === undefined) return undefined;
  const bin = path.dirname(realpathSync(command));
  return [path.join(bin, '../code'), path.join(bin, '../../../MacOS/Electron'), path.join(bin, '../Code.exe')].find(
    isExecutable,
  );
}
