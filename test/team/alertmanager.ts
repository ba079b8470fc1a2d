import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findAlertmanager } from '../support/install/alertmanager.ts';

export interface RunningAlertmanager {
  /** `http://127.0.0.1:4711` */
  readonly origin: string;
  stop(): Promise<void>;
}

const CONFIG = `route: { receiver: none, group_by: [alertname, team], group_wait: 1s, group_interval: 1s, repeat_interval: 1h }
receivers: [{ name: none }]
`;

/** Starts a real Alertmanager with an empty store. @throws when none is installed. */
export async function startAlertmanager(): Promise<RunningAlertmanager> {
  const program = findAlertmanager();
  if (program === undefined) throw new Error('The sample team needs Alertmanager: npm test and npm start install it.');
  const folder = await mkdtemp(join(tmpdir(), 'responder-alertmanager-'));
  await writeFile(join(folder, 'alertmanager.yml'), CONFIG);
  const child = spawn(program, programArguments(folder), { stdio: ['ignore', 'ignore', 'pipe'] });
  await once(child, 'spawn');
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

function programArguments(folder: string): readonly string[] {
  return [
    `--config.file=${join(folder, 'alertmanager.yml')}`,
    `--storage.path=${join(folder, 'data')}`,
    '--web.listen-address=127.0.0.1:0',
    '--cluster.listen-address=', // no gossip, hence no second port
    '--log.level=info',
  ];
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
