import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface RunningAlertmanager {
  /** `http://127.0.0.1:4711` */
  readonly origin: string;
  stop(): Promise<void>;
}

const CONFIG = `route: { receiver: none, group_by: [alertname, team], group_wait: 1s, group_interval: 1s, repeat_interval: 1h }
receivers: [{ name: none }]
`;

/** Debian's name first, then that of the official release. */
const BINARIES = ['prometheus-alertmanager', 'alertmanager'];

/** Starts a real Alertmanager with an empty store. @throws when none is installed. */
export async function startAlertmanager(): Promise<RunningAlertmanager> {
  const folder = await mkdtemp(join(tmpdir(), 'responder-alertmanager-'));
  await writeFile(join(folder, 'alertmanager.yml'), CONFIG);
  for (const binary of BINARIES) {
    const child = await spawned(binary, [
      `--config.file=${join(folder, 'alertmanager.yml')}`,
      `--storage.path=${join(folder, 'data')}`,
      '--web.listen-address=127.0.0.1:0',
      // No gossip, hence no second port.
      '--cluster.listen-address=',
      '--log.level=info',
    ]);
    if (child === undefined) continue;
    // Should this process end without `stop`, the server must not outlive it.
    const kill = (): boolean => child.kill('SIGKILL');
    process.once('exit', kill);
    const stop = async (): Promise<void> => {
      process.off('exit', kill);
      await ended(child);
      await rm(folder, { recursive: true, force: true });
    };
    try {
      return { origin: await listeningAt(child), stop };
    } catch (error) {
      await stop();
      throw error;
    }
  }
  await rm(folder, { recursive: true, force: true });
  throw new Error(`The sample team needs Alertmanager: install ${BINARIES.join(' or ')}.`);
}

/** The process, or undefined when there is no such binary. */
async function spawned(binary: string, parts: readonly string[]): Promise<ChildProcess | undefined> {
  const child = spawn(binary, parts, { stdio: ['ignore', 'ignore', 'pipe'] });
  try {
    await once(child, 'spawn');
    return child;
  } catch {
    return undefined;
  }
}

/** It says on standard error where it listens. */
async function listeningAt(child: ChildProcess): Promise<string> {
  const said: string[] = [];
  if (child.stderr === null) throw new Error('Alertmanager without standard error');
  const lines = createInterface({ input: child.stderr });
  for await (const line of lines) {
    said.push(line);
    const address = /Listening on.*\baddress=(127\.0\.0\.1:\d+)/u.exec(line)?.[1];
    if (address === undefined) continue;
    lines.close();
    // Keep reading, or a full pipe would stop it.
    child.stderr.resume();
    return `http://${address}`;
  }
  throw new Error(`Alertmanager did not start:\n${said.join('\n')}`);
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}
