import { homedir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';

/** Where the team file is, or why none is read. */
export type TeamFileLocation =
  | { readonly type: 'file'; readonly uri: vscode.Uri }
  /** A file on GitHub: `https://github.com/acme/handbook/blob/main/responder.yml`. */
  | { readonly type: 'remote'; readonly url: string }
  | { readonly type: 'none' }
  | { readonly type: 'untrusted' };

const USUAL_PLACES = ['responder.yml', '.github/responder.yml'];

/**
 * The place that the setting `responder.teamFile` names, otherwise the usual places in the open folders. A folder that is
 * not trusted decides nothing: then only the user's own setting counts.
 */
export async function locateTeamFile(): Promise<TeamFileLocation> {
  const trusted = vscode.workspace.isTrusted;
  const named = settingValue(trusted);
  if (named !== undefined) return namedPlace(named, trusted);
  return trusted ? usualPlace() : { type: 'untrusted' };
}

function settingValue(trusted: boolean): string | undefined {
  const setting = vscode.workspace.getConfiguration('responder').inspect<unknown>('teamFile');
  const inFolder = trusted ? (setting?.workspaceFolderValue ?? setting?.workspaceValue) : undefined;
  const value = inFolder ?? setting?.globalValue;
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

async function usualPlace(): Promise<TeamFileLocation> {
  for (const folder of vscode.workspace.workspaceFolders ?? []) {
    for (const place of USUAL_PLACES) {
      const uri = vscode.Uri.joinPath(folder.uri, place);
      if (await exists(uri)) return { type: 'file', uri };
    }
  }
  return { type: 'none' };
}

async function namedPlace(named: string, trusted: boolean): Promise<TeamFileLocation> {
  if (/^https?:\/\//u.test(named)) return { type: 'remote', url: named };
  if (named.startsWith('~/')) return { type: 'file', uri: vscode.Uri.file(path.join(homedir(), named.slice(2))) };
  if (path.isAbsolute(named)) return { type: 'file', uri: vscode.Uri.file(named) };
  if (!trusted) return { type: 'untrusted' };
  const places = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => vscode.Uri.joinPath(uri, named));
  for (const uri of places) if (await exists(uri)) return { type: 'file', uri };
  // Where it is not yet, it is looked for in the first folder, and what is read says that it is missing.
  const [first] = places;
  return first === undefined ? { type: 'none' } : { type: 'file', uri: first };
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    return (await vscode.workspace.fs.stat(uri)).type !== vscode.FileType.Directory;
  } catch {
    return false;
  }
}
