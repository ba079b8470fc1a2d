// `npm run package`: the .vsix, as it would be published.
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { runCommand } from '../test/support/install/command.ts';
import { repository } from '../test/support/paths.ts';
import { build } from './build.ts';

/**
 * Packs `dist/` and what else ships into a .vsix; build first.
 * @returns its size in bytes
 * @throws when vsce refuses
 */
export async function packageExtension(file: string): Promise<number> {
  const vsce = path.join(repository, 'node_modules/@vscode/vsce/vsce');
  // The README's pictures stay relative until the manifest names a public repository.
  const args = [vsce, 'package', '--no-dependencies', '--no-rewrite-relative-links', '--out', file];
  const done = await runCommand(process.execPath, args, { cwd: repository, quiet: true });
  if (done.code !== 0) throw new Error(done.output);
  return (await stat(file)).size;
}

if (import.meta.main) {
  const file = path.join(repository, 'responder-duty.vsix');
  await build();
  console.log(`${((await packageExtension(file)) / 1000).toFixed(1)} kB  ${path.relative(repository, file)}`);
}
