import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { builtinExtensions, serverMain } from './installServer.ts';
import { quietSettings } from './settings.ts';
import { cleanEnvironment, linkExtensions, type Settings, writeSettings } from './userData.ts';

export interface ServerOptions {
  /** Kept after stop() when given; a temporary folder otherwise. */
  readonly dataFolder?: string;
  /** 0 or left out: a free one. */
  readonly port?: number;
  /** Folders of extensions that are installed. */
  readonly extensions?: readonly string[];
  readonly settings?: Settings;
  /** Settings of machine scope: a server does not take those from the user's. */
  readonly machineSettings?: Settings;
  /** For the extension host; TZ is UTC when it is not given here. */
  readonly env?: Readonly<Record<string, string>>;
  /** Lets a page load an extension under development and run its tests. Toasts are not shown then. */
  readonly development?: boolean;
}

export interface VSCodeServer {
  readonly origin: string;
  readonly port: number;
  /** The secret that a page needs. */
  readonly token: string;
  readonly dataFolder: string;
  /** The folder of all logs: the extension host's, and one a output channel. */
  readonly logFolder: string;
  /** Resolves when the server's process has ended, of itself or by stop(). */
  readonly ended: Promise<void>;
  /** What the server has printed. */
  output(): string;
  /** @param graceful waits until the extension host has deactivated its extensions (some seconds) */
  stop(options?: { readonly graceful?: boolean }): Promise<void>;
}

/** Starts VS Code's server on loopback and waits until it answers. @throws when it does not within a minute */
export async function startServer(options: ServerOptions = {}): Promise<VSCodeServer> {
  const dataFolder = options.dataFolder ?? (await mkdtemp(path.join(tmpdir(), 'responder-vscode-')));
  const extensionsFolder = path.join(dataFolder, 'extensions');
  await writeSettings(path.join(dataFolder, 'data/User'), { ...quietSettings, ...options.settings });
  await writeSettings(path.join(dataFolder, 'data/Machine'), options.machineSettings ?? {});
  await linkExtensions(extensionsFolder, options.extensions ?? []);
  const token = randomBytes(16).toString('hex');
  // A process group of its own, so that stop() ends the extension hosts too.
  const child = spawn(process.execPath, serverArguments({ ...options, dataFolder, extensionsFolder, token }), {
    cwd: dataFolder,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: serverEnvironment(dataFolder, options.env ?? {}),
  });
  const printed: string[] = [];
  child.stdout.on('data', (data: Buffer) => printed.push(data.toString()));
  child.stderr.on('data', (data: Buffer) => printed.push(data.toString()));
  const output = (): string => printed.join('');
  const endWithUs = (): void => killGroup(child);
  process.once('exit', endWithUs);
  const ended = once(child, 'exit').then(() => void process.off('exit', endWithUs));
  const stop = (how: { readonly graceful?: boolean } = {}): Promise<void> =>
    stopServer(child, {
      graceful: how.graceful ?? false,
      remove: options.dataFolder === undefined ? dataFolder : undefined,
    });
  try {
    const port = await listeningPort(child, output);
    const origin = `http://127.0.0.1:${port}`;
    return { origin, port, token, dataFolder, logFolder: path.join(dataFolder, 'data/logs'), ended, output, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Launch extends ServerOptions {
  readonly dataFolder: string;
  readonly extensionsFolder: string;
  readonly token: string;
}

function serverArguments(launch: Launch): readonly string[] {
  return [
    serverMain,
    '--host=127.0.0.1',
    `--port=${launch.port ?? 0}`,
    `--connection-token=${launch.token}`,
    `--server-data-dir=${launch.dataFolder}`,
    `--extensions-dir=${launch.extensionsFolder}`,
    `--builtin-extensions-dir=${builtinExtensions}`,
    '--accept-server-license-terms',
    '--disable-telemetry',
    '--telemetry-level=off',
    '--disable-workspace-trust',
    '--log=info',
    ...(launch.development === true ? ['--enable-smoke-test-driver'] : []),
  ];
}

function serverEnvironment(dataFolder: string, env: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return {
    ...cleanEnvironment(),
    HOME: dataFolder,
    XDG_CONFIG_HOME: path.join(dataFolder, 'xdg'),
    XDG_DATA_HOME: path.join(dataFolder, 'xdg'),
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    EXTENSIONS_GALLERY: '{}', // no marketplace: nothing leaves this machine
    ...env,
  };
}

async function listeningPort(child: ChildProcess, output: () => string): Promise<number> {
  const deadline = performance.now() + 60_000;
  while (performance.now() < deadline) {
    if (hasEnded(child)) throw new Error(`The VS Code server ended.\n${output()}`);
    const port = /Extension host agent listening on (\d+)/.exec(output())?.[1];
    if (port !== undefined && (await answers(`http://127.0.0.1:${port}/version`))) return Number(port);
    await delay(50);
  }
  throw new Error(`The VS Code server is not ready after a minute.\n${output()}`);
}

async function answers(address: string): Promise<boolean> {
  const reply = await fetch(address).catch(() => undefined);
  return reply?.ok === true;
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

interface Stop {
  readonly graceful: boolean;
  readonly remove: string | undefined;
}

async function stopServer(child: ChildProcess, { graceful, remove }: Stop): Promise<void> {
  if (!hasEnded(child)) {
    // The pipes close when the last process of the group has gone: the extension host outlives its server a little.
    const closed = once(child, 'close');
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await Promise.race([ended, delay(5000, undefined, { ref: false })]);
    if (graceful) await Promise.race([closed, delay(12_000, undefined, { ref: false })]);
    killGroup(child);
    await Promise.race([closed, delay(5000, undefined, { ref: false })]);
  }
  if (remove !== undefined) await rm(remove, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // None of the group is left.
  }
}
