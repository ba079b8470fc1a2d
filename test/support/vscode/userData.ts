import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';

export type Settings = Readonly<Record<string, unknown>>;

/**
 * Writes the settings of a VS Code that is not running yet.
 * @param folder `User` or `Machine` of its data
 */
export async function writeSettings(folder: string, settings: Settings): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'settings.json'), JSON.stringify(settings, null, 2));
}

/**
 * Installs extensions by a link each, before VS Code's start: it scans the folder when there is no `extensions.json`.
 * @param extensions folders that hold a package.json
 */
export async function linkExtensions(extensionsFolder: string, extensions: readonly string[]): Promise<void> {
  await rm(extensionsFolder, { recursive: true, force: true });
  await mkdir(extensionsFolder, { recursive: true });
  for (const extension of extensions) {
    const manifest: unknown = JSON.parse(await readFile(path.join(extension, 'package.json'), 'utf8'));
    await symlink(extension, path.join(extensionsFolder, folderName(manifest)), 'junction');
  }
}

/** The folder name that VS Code expects of an installed extension. */
function folderName(manifest: unknown): string {
  const { publisher, name, version } = manifest as Readonly<Record<string, unknown>>;
  return `${String(publisher)}.${String(name)}-${String(version)}`;
}

/** The caller's environment without what VS Code, npm and Node's test runner would take for their own. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const foreign = /^(VSCODE_|ELECTRON_|npm_|NODE_OPTIONS$|NODE_TEST_CONTEXT$|NODE_V8_COVERAGE$|RESPONDER_)/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}
