import { createHash } from 'node:crypto';
import path from 'node:path';
import type * as vscode from 'vscode';

const TEAM_KEY = 'responder.teamFolder';
export const LAST_GOOD_KEY = 'responder.lastGoodTeam';
const CALENDARS_KEY = 'responder.holidayCalendars';
export const ANSWERS_PREFIX = 'responder.answers:';

/** Where this machine keeps what it knows of a team; all windows that watch the same team share it. */
export function teamFolder(context: vscode.ExtensionContext, folderName: string): string {
  return path.join(context.globalStorageUri.fsPath, folderName);
}

/** Remembers for the next start which team this workspace watches. */
export async function rememberTeam(context: vscode.ExtensionContext, folderName: string): Promise<void> {
  if (context.workspaceState.get<unknown>(TEAM_KEY) !== folderName)
    await context.workspaceState.update(TEAM_KEY, folderName);
}

/** The workspace's place for what was read of the calendars of holidays. */
export function keptCalendars({ workspaceState }: vscode.ExtensionContext) {
  return {
    read: (): unknown => workspaceState.get<unknown>(CALENDARS_KEY),
    write: (value: unknown) => workspaceState.update(CALENDARS_KEY, value),
  };
}

/** What a workspace keeps of what it read: unfinished answers, and the last good text of a team file on GitHub. */
export async function forgetWorkspace({ workspaceState }: vscode.ExtensionContext): Promise<void> {
  const kept = workspaceState
    .keys()
    .filter((key) => key === LAST_GOOD_KEY || key === CALENDARS_KEY || key.startsWith(ANSWERS_PREFIX));
  for (const key of kept) await workspaceState.update(key, undefined);
}

/** The snapshot of the team that this workspace watched last. */
export function snapshotFile(context: vscode.ExtensionContext): string | undefined {
  const folder: unknown = context.workspaceState.get<unknown>(TEAM_KEY);
  if (typeof folder !== 'string' || !/^[a-z0-9-]+$/u.test(folder)) return undefined;
  return path.join(teamFolder(context, folder), 'snapshot.json');
}

/** A folder name for a team: readable, and different for different names and homes of its file. */
export function folderNameOf(team: string, home: string): string {
  const slug = team
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^-+|-+$/gu, '')
    .slice(0, 40);
  return `${slug === '' ? 'team' : slug}-${createHash('sha256')
    .update(JSON.stringify([team, home]))
    .digest('hex')
    .slice(0, 8)}`;
}
