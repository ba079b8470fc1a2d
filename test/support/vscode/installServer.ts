import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runCommand } from '../install/command.ts';

/** The VS Code that the server is; a desktop VS Code is downloaded in the same version. */
export const vscodeVersion = '1.139.1';

/** The few of VS Code's 90 built-in extensions that a responder's work needs: themes, and the languages of our documents. */
const builtins = [
  'json',
  'json-language-features',
  'log',
  'markdown-basics',
  'markdown-language-features',
  'theme-defaults',
  'theme-seti',
  'yaml',
];

const folder = path.join(import.meta.dirname, 'server');
const modules = path.join(folder, 'node_modules');
const vscode = path.join(modules, 'code-server/lib/vscode');

export const serverMain = path.join(vscode, 'out/server-main.js');
export const builtinExtensions = path.join(folder, 'node_modules/.builtin-extensions');

/** Installs the VS Code server from npm, unless it is there and as its lock file says. No compiler is needed. */
export async function installServer(): Promise<void> {
  const wanted = (await readFile(path.join(folder, 'package-lock.json'), 'utf8')) + builtins.join();
  const stamp = path.join(modules, '.installed');
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === wanted) return;
  console.log('Installing the VS Code server (from npm, about 350 MB)…');
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const done = await runCommand('npm', ['ci', ...flags], { cwd: folder, quiet: true });
  if (done.code !== 0) throw new Error(`The VS Code server could not be installed.\n${done.output.slice(-4000)}`);
  await linkModules();
  await linkBuiltins();
  await writeFile(stamp, wanted);
}

/** Server, extension host and page all look for their modules in `lib/vscode/node_modules`: ours serve. */
async function linkModules(): Promise<void> {
  const link = path.join(vscode, 'node_modules');
  await rm(link, { recursive: true, force: true });
  await symlink(modules, link, 'junction');
}

async function linkBuiltins(): Promise<void> {
  await rm(builtinExtensions, { recursive: true, force: true });
  await mkdir(builtinExtensions, { recursive: true });
  for (const name of builtins) {
    await symlink(path.join(vscode, 'extensions', name), path.join(builtinExtensions, name), 'junction');
  }
}
