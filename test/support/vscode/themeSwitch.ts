import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { writeExtension } from './writeExtension.ts';

/** Looks often: this server is told of no change that is made outside its windows. */
const main = `const { readFileSync, watchFile } = require('node:fs');
const { workspace } = require('vscode');
exports.activate = () => {
  const file = require('node:path').join(__dirname, 'theme');
  watchFile(file, { interval: 50 }, () => {
    const theme = readFileSync(file, 'utf8');
    if (theme !== '') void workspace.getConfiguration('workbench').update('colorTheme', theme, true);
  });
};`;

/** Writes an extension that changes the theme without taking the focus from what is open. */
export async function writeThemeSwitch(folder: string): Promise<void> {
  await writeExtension(folder, { publisher: 'responder-test', name: 'theme-switch', main });
  await writeFile(path.join(folder, 'theme'), '');
}

/** @param theme as VS Code calls it */
export async function switchTheme(folder: string, theme: string): Promise<void> {
  await writeFile(path.join(folder, 'theme'), theme);
}
