import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Writes an extension that starts with the window. @param main its code, a CommonJS module */
export async function writeExtension(
  folder: string,
  { publisher, name, main }: { readonly publisher: string; readonly name: string; readonly main: string },
): Promise<void> {
  const manifest = {
    publisher,
    name,
    version: '1.0.0',
    engines: { vscode: '^1.101.0' },
    main: 'main.js',
    activationEvents: ['*'],
  };
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(path.join(folder, 'main.js'), main);
}
