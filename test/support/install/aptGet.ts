import { findProgram, runCommand } from './command.ts';

/**
 * Installs a Debian or Ubuntu package, with the package lists brought up to date first.
 * @returns whether it is installed now; false where there is no apt-get or no right to use it.
 */
export async function aptInstall(name: string): Promise<boolean> {
  const apt = await aptCommand();
  if (apt === undefined) return false;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const [program, ...args] = apt;
  console.log(`Installing ${name} (apt-get)…`);
  await runCommand(program, [...args, 'update'], { env, quiet: true });
  const done = await runCommand(program, [...args, 'install', '-y', '--no-install-recommends', name], {
    env,
    quiet: true,
  });
  if (done.code !== 0) console.error(done.output.slice(-2000));
  return done.code === 0;
}

async function aptCommand(): Promise<readonly [string, ...string[]] | undefined> {
  const apt = findProgram('apt-get');
  if (apt === undefined) return undefined;
  if (process.getuid?.() === 0) return [apt];
  const sudo = findProgram('sudo');
  if (sudo === undefined) return undefined;
  const allowed = await runCommand(sudo, ['-n', 'true'], { quiet: true });
  return allowed.code === 0 ? [sudo, '-n', apt] : undefined;
}
