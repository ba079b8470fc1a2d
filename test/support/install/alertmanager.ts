import { createHash } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder } from '../paths.ts';
import { aptInstall } from './aptGet.ts';
import { findProgram, isExecutable, runCommand } from './command.ts';

const version = '0.25.0';

interface Release {
  readonly name: string;
  readonly sha256: string;
}

/** The official releases, by Node's `platform-arch`, with the checksums of the release's sha256sums.txt. */
const releases: Readonly<Record<string, Release>> = {
  'linux-x64': {
    name: `alertmanager-${version}.linux-amd64`,
    sha256: '206cf787c01921574ca171220bb9b48b043c3ad6e744017030fed586eb48e04b',
  },
  'linux-arm64': {
    name: `alertmanager-${version}.linux-arm64`,
    sha256: '20db5e4e12bcce8e2e419cc4c2bc35062ddbc14d2aacb77e4d5684c0eab7f0fe',
  },
  'darwin-x64': {
    name: `alertmanager-${version}.darwin-amd64`,
    sha256: 'e9fa07f094b8efa3f1f209dc7d51a7cf428574906c7fd8eac9a3aed08b03ed63',
  },
};

/** The Alertmanager to run: the environment's ALERTMANAGER, one on the PATH, or the one that we downloaded before. */
export function findAlertmanager(): string | undefined {
  const named = process.env['ALERTMANAGER'];
  if (named !== undefined && named !== '') return named;
  const downloaded = path.join(downloadFolder(), 'alertmanager');
  return findProgram('prometheus-alertmanager', 'alertmanager') ?? (isExecutable(downloaded) ? downloaded : undefined);
}

/**
 * Makes sure that there is an Alertmanager: Debian's package, elsewhere the official release.
 * @returns the program's path
 * @throws when it cannot be installed here, naming what to install
 */
export async function installAlertmanager(): Promise<string> {
  const found = findAlertmanager();
  if (found !== undefined) return found;
  await aptInstall('prometheus-alertmanager');
  const packaged = findAlertmanager();
  if (packaged !== undefined) return packaged;
  const release = releaseHere();
  if (release === undefined)
    throw new Error(missing(`there is no pinned release for ${process.platform} ${process.arch}`));
  await download(release).catch((error: unknown) => {
    throw new Error(missing(error instanceof Error ? error.message : String(error)), { cause: error });
  });
  return path.join(downloadFolder(), 'alertmanager');
}

function releaseHere(): Release | undefined {
  // An Apple silicon machine runs the Intel build.
  const platform = process.platform === 'darwin' ? 'darwin-x64' : `${process.platform}-${process.arch}`;
  return releases[platform];
}

async function download(release: Release): Promise<void> {
  const address = `https://github.com/prometheus/alertmanager/releases/download/v${version}/${release.name}.tar.gz`;
  console.log(`Downloading Alertmanager ${version}…`);
  const reply = await fetch(address, { signal: AbortSignal.timeout(120_000) });
  if (!reply.ok) throw new Error(`${address} answered ${reply.status}`);
  const archive = Buffer.from(await reply.arrayBuffer());
  const sha256 = createHash('sha256').update(archive).digest('hex');
  if (sha256 !== release.sha256) throw new Error(`the download has the checksum ${sha256}, not ${release.sha256}`);
  await unpack(archive, release.name);
}

async function unpack(archive: Buffer, name: string): Promise<void> {
  await mkdir(cacheFolder, { recursive: true });
  const file = path.join(cacheFolder, `${name}.tar.gz`);
  await writeFile(file, archive);
  const done = await runCommand('tar', ['-xzf', file, '-C', cacheFolder], { quiet: true });
  await rm(file);
  if (done.code !== 0) throw new Error(done.output);
  await rm(downloadFolder(), { recursive: true, force: true });
  await rename(path.join(cacheFolder, name), downloadFolder());
}

function downloadFolder(): string {
  return path.join(cacheFolder, `alertmanager-${version}`);
}

function missing(why: string): string {
  return (
    `Alertmanager is missing and could not be installed: ${why}. Install it (Debian: prometheus-alertmanager, ` +
    'Homebrew: alertmanager) or set ALERTMANAGER to its program.'
  );
}
