import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { repository, resultsFolder } from '../paths.ts';
import { type BrowserOptions, openBrowser, type UserBrowser } from './browser.ts';
import { installServer } from './installServer.ts';
import { startServer, type VSCodeServer } from './server.ts';
import { type ThemeName, themes } from './settings.ts';
import type { Settings } from './userData.ts';
import { Workbench } from './workbench.ts';
import { workbenchAddress } from './workbenchAddress.ts';

export interface OpenOptions extends BrowserOptions {
  /** The folder of the window; none: an empty window. */
  readonly folder?: string;
  readonly settings?: Settings;
  /** Settings of machine scope, such as the API addresses. */
  readonly machineSettings?: Settings;
  /** The environment of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  readonly theme?: ThemeName;
  /** Folders of the extensions that are installed; the repository's own when left out. */
  readonly extensions?: readonly string[];
  /** Kept after the close when given, so that a later VS Code finds what this one stored. */
  readonly dataFolder?: string;
}

/** A running VS Code of one user, with one window or more. */
export interface VSCode {
  readonly server: VSCodeServer;
  readonly browser: UserBrowser;
  /** The first window. */
  readonly window: Workbench;
  /** One more window of the same user, on the same folder unless another is named. */
  openWindow(folder?: string): Promise<Workbench>;
  /** Saves pictures of all windows and all logs to `test-results/<name>/`. */
  saveEvidence(name: string): Promise<void>;
  close(): Promise<void>;
}

/** How long a locator waits, in ms. */
const patience = 15_000;

/** Starts a VS Code with the extension installed and waits for its window. The caller closes it. */
export async function openVSCode(options: OpenOptions = {}): Promise<VSCode> {
  await installServer();
  const theme = themes[options.theme ?? 'dark'];
  const server = await startServer({
    extensions: options.extensions ?? [repository],
    settings: { 'workbench.colorTheme': theme, ...options.settings },
    machineSettings: options.machineSettings ?? {},
    env: { TZ: options.timeZone ?? 'UTC', ...options.env },
    ...(options.dataFolder === undefined ? {} : { dataFolder: options.dataFolder }),
  });
  const browser = await openBrowser(options).catch(async (error: unknown) => {
    await server.stop();
    throw error;
  });
  const windows: Workbench[] = [];
  browser.context.setDefaultTimeout(patience);
  const openWindow = async (folder: string | undefined = options.folder): Promise<Workbench> => {
    const window = new Workbench(await browser.context.newPage());
    windows.push(window);
    await window.page.goto(workbenchAddress(server, folder === undefined ? {} : { folder }));
    await window.ready();
    return window;
  };
  const close = async (): Promise<void> => {
    await browser.close();
    await server.stop();
  };
  const saveEvidence = (name: string): Promise<void> => save(path.join(resultsFolder, name), { server, windows });
  try {
    return { server, browser, window: await openWindow(), openWindow, saveEvidence, close };
  } catch (error) {
    await saveEvidence('start-failed');
    await close();
    throw error;
  }
}

/** As {@link openVSCode}, for one test: closed at its end, and what it looked like is kept when the test failed. */
export async function openVSCodeFor(test: TestContext, options: OpenOptions = {}): Promise<VSCode> {
  const vscode = await openVSCode(options);
  test.after(async () => {
    if (!hasPassed(test)) await vscode.saveEvidence(fileName(test.name));
    await vscode.close();
  });
  return vscode;
}

/** Node's own property; its types do not have it yet. */
function hasPassed(test: TestContext): boolean {
  return (test as TestContext & { readonly passed: boolean }).passed;
}

interface Evidence {
  readonly server: VSCodeServer;
  readonly windows: readonly Workbench[];
}

async function save(folder: string, { server, windows }: Evidence): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'server.log'), server.output());
  for (const [index, window] of windows.entries()) {
    await window.screenshot(`window-${index + 1}`, folder).catch(() => undefined); // a page that crashed has no picture
  }
  await cp(server.logFolder, path.join(folder, 'logs'), { recursive: true }).catch(() => undefined);
  console.error(`Pictures and logs are in ${folder}`);
}

function fileName(title: string): string {
  return title.replaceAll(/[^\p{Letter}\p{Number}]+/gu, '-').slice(0, 80);
}
