import type { VSCodeServer } from './server.ts';

export interface WorkbenchOptions {
  /** The folder to open; none: an empty window. */
  readonly folder?: string;
  /** An extension under development and the module that runs its tests; the server must allow development. */
  readonly development?: { readonly extension: string; readonly tests: string };
}

/** The address of a window of this server, with its secret in it. */
export function workbenchAddress(server: VSCodeServer, options: WorkbenchOptions): string {
  const remote = (file: string): string => `vscode-remote://127.0.0.1:${server.port}${file}`;
  const payload: (readonly [string, string])[] = [
    ['skipWelcome', 'true'],
    ['skipReleaseNotes', 'true'],
  ];
  if (options.development !== undefined) {
    payload.push(['extensionDevelopmentPath', remote(options.development.extension)]);
    payload.push(['extensionTestsPath', remote(options.development.tests)]);
  }
  const query = new URLSearchParams({ tkn: server.token, payload: JSON.stringify(payload) });
  if (options.folder === undefined) query.set('ew', 'true');
  else query.set('folder', options.folder);
  return `${server.origin}/?${query.toString()}`;
}
