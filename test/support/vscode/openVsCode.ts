import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { repository, resultsFolder } from '../paths.ts';
import { type BrowserOptions, openBrowser, type UserBrowser } from './browser.ts';
import { installServer } from './installServer.ts';
import { startServer, type VSCodeServer } from './server.ts';
import { type ThemeName, themeClasses, themes } from './settings.ts';
import { switchTheme, writeThemeSwitch } from './themeSwitch.ts';
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
  /** Whether {@link VSCode.setTheme} is used. */
  readonly changesTheme?: boolean;
  /** Folders of the extensions that are installed; the repository's own when left out. */
  readonly extensions?: readonly string[];
}

/** How long a locator waits, in ms. */
const patience = 15_000;

interface Opened {
  readonly window: Workbench;
  readonly folder: string | undefined;
}

/** A running VS Code of one user, with one window or more. */
export class VSCode {
  readonly browser: UserBrowser;
  readonly #options: OpenOptions;
  readonly #dataFolder: string;
  readonly #opened: Opened[] = [];
  #server: VSCodeServer;

  private constructor(options: OpenOptions, dataFolder: string, server: VSCodeServer, browser: UserBrowser) {
    this.#options = options;
    this.#dataFolder = dataFolder;
    this.#server = server;
    this.browser = browser;
    browser.context.setDefaultTimeout(patience);
  }

  /** Starts server and browser; no window is open yet. */
  static async start(options: OpenOptions): Promise<VSCode> {
    await installServer();
    const dataFolder = await mkdtemp(path.join(tmpdir(), 'responder-vscode-'));
    if (options.changesTheme === true) await writeThemeSwitch(themeSwitch(dataFolder));
    const server = await startServer(serverOptions(options, dataFolder));
    try {
      return new VSCode(options, dataFolder, server, await openBrowser(options));
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  get server(): VSCodeServer {
    return this.#server;
  }

  /** The first window. */
  get window(): Workbench {
    const [first] = this.#opened;
    if (first === undefined) throw new Error('No window is open.');
    return first.window;
  }

  /** One more window of the same user, on the same folder unless another is named. */
  async openWindow(folder: string | undefined = this.#options.folder): Promise<Workbench> {
    const opened = { window: new Workbench(await this.browser.context.newPage()), folder };
    this.#opened.push(opened);
    await this.#load(opened);
    return opened.window;
  }

  /** Closes one window; the others, and what the user stored, stay. */
  async closeWindow(window: Workbench): Promise<void> {
    const index = this.#opened.findIndex((opened) => opened.window === window);
    if (index >= 0) this.#opened.splice(index, 1);
    await window.page.close();
  }

  /**
   * Ends VS Code as a crash does and starts it again: same user, same windows, same stored data.
   * @param env in place of the environment that it had
   */
  async restart(env: Readonly<Record<string, string>> | undefined = this.#options.env): Promise<void> {
    const { port } = this.#server;
    await this.#server.stop();
    const options = serverOptions({ ...this.#options, ...(env === undefined ? {} : { env }) }, this.#dataFolder);
    this.#server = await startServer({ ...options, port });
    for (const opened of this.#opened) await this.#load(opened);
  }

  /** Changes the theme of all windows; only when that was asked for at the start. */
  async setTheme(theme: ThemeName): Promise<void> {
    await switchTheme(themeSwitch(this.#dataFolder), themes[theme]);
    for (const { window } of this.#opened)
      await window.page.locator(`.monaco-workbench.${themeClasses[theme]}`).waitFor();
  }

  /** Saves pictures of all windows and all logs to `test-results/<name>/`. */
  async saveEvidence(name: string): Promise<void> {
    const folder = path.join(resultsFolder, name);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'server.log'), this.#server.output());
    for (const [index, { window }] of this.#opened.entries()) {
      await window.screenshot(`window-${index + 1}`, folder).catch(() => undefined); // a page that crashed has no picture
    }
    await cp(this.#server.logFolder, path.join(folder, 'logs'), { recursive: true }).catch(() => undefined);
    console.error(`Pictures and logs are in ${folder}`);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.#server.stop();
    await rm(this.#dataFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  async #load({ window, folder }: Opened): Promise<void> {
    await window.page.goto(workbenchAddress(this.#server, folder === undefined ? {} : { folder }));
    await window.ready();
  }
}

function serverOptions(options: OpenOptions, dataFolder: string): Parameters<typeof startServer>[0] {
  return {
    dataFolder,
    extensions: [
      ...(options.extensions ?? [repository]),
      ...(options.changesTheme === true ? [themeSwitch(dataFolder)] : []),
    ],
    settings: { 'workbench.colorTheme': themes[options.theme ?? 'dark'], ...options.settings },
    machineSettings: options.machineSettings ?? {},
    env: { TZ: options.timeZone ?? 'UTC', ...options.env },
  };
}

function themeSwitch(dataFolder: string): string {
  return path.join(dataFolder, 'theme-switch');
}

/** Starts a VS Code with the extension installed and waits for its window. The caller closes it. */
export async function openVSCode(options: OpenOptions = {}): Promise<VSCode> {
  const vscode = await VSCode.start(options);
  try {
    await vscode.openWindow();
    return vscode;
  } catch (error) {
    await vscode.saveEvidence('start-failed');
    await vscode.close();
    throw error;
  }
}

/** As {@link openVSCode}, for one test: closed at its end, and what it looked like is kept when the test failed. */
export async function openVSCodeFor(test: TestContext, options: OpenOptions = {}): Promise<VSCode> {
  const vscode = await openVSCode(options);
  // A test learns of a failed part only after its own hooks.
  let allPartsPassed = true;
  test.afterEach((part) => {
    allPartsPassed &&= part instanceof Object && 'passed' in part && part.passed === true;
  });
  test.after(async () => {
    if (!allPartsPassed || !hasPassed(test)) await vscode.saveEvidence(fileName(test.name));
    await vscode.close();
  });
  return vscode;
}

/** Node's own property; its types do not have it yet. */
function hasPassed(test: TestContext): boolean {
  return (test as TestContext & { readonly passed: boolean }).passed;
}

function fileName(title: string): string {
  return title.replaceAll(/[^\p{Letter}\p{Number}]+/gu, '-').slice(0, 80);
}
