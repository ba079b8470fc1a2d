import * as vscode from 'vscode';
import { isString, objectOf, optional } from '../../shared/guards.ts';

/** What of the work is open in this window; undefined and empty when nothing is known. */
export interface WorkspaceWork {
  readonly branch: string | undefined;
  /** Relative to the workspace, in the order of the tabs. */
  readonly files: readonly string[];
}

/** The branch as VS Code's own Git extension tells it, and the files of the workspace that are open in editors. */
export async function workspaceWork(): Promise<WorkspaceWork> {
  const uris = vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .flatMap(({ input }) => (input instanceof vscode.TabInputText ? [input.uri] : []))
    .filter((uri) => vscode.workspace.getWorkspaceFolder(uri) !== undefined);
  const files = [...new Set(uris.map((uri) => vscode.workspace.asRelativePath(uri)))];
  return { branch: await currentBranch(), files };
}

interface Repository {
  readonly state: { readonly HEAD: { readonly name: string | undefined } | undefined };
}

const isRepository = objectOf<Repository>({
  state: objectOf<Repository['state']>({
    HEAD: optional(objectOf<NonNullable<Repository['state']['HEAD']>>({ name: optional(isString) })),
  }),
});

/** The Git extension's API is another extension's word: whatever it is, it is looked at before it is believed. */
async function currentBranch(): Promise<string | undefined> {
  const git = vscode.extensions.getExtension<unknown>('vscode.git');
  if (git === undefined) return undefined;
  try {
    const api: unknown = callGetApi(await git.activate());
    const repositories = property(api, 'repositories');
    const [first] = Array.isArray(repositories) ? repositories.filter(isRepository) : [];
    return first?.state.HEAD?.name;
  } catch {
    // Git is switched off in the settings: then its API throws.
    return undefined;
  }
}

function callGetApi(exported: unknown): unknown {
  const getApi = property(exported, 'getAPI');
  return typeof getApi === 'function' ? Reflect.apply(getApi, exported, [1]) : undefined;
}

function property(object: unknown, key: string): unknown {
  return typeof object === 'object' && object !== null ? Reflect.get(object, key) : undefined;
}
