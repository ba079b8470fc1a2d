import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { WEBVIEW_ALIAS } from '../../../scripts/build.ts';
import type { HandoffDraft } from '../../../src/core/handoff.ts';
import { webviewHtml } from '../../../src/host/panels/webviewHtml.ts';
import type { FromHandoff, HandoffStrings, ToHandoff } from '../../../src/shared/handoffMessages.ts';
import { findChromium } from '../../support/install/chromium.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** What the host would say, in English: read from its own source, so that the two cannot drift apart. */
async function hostStrings(): Promise<HandoffStrings> {
  const source = await readFile(`${root}src/host/panels/handoffStrings.ts`, 'utf8');
  const found = source.matchAll(/^ +(\w+): vscode\.l10n\.t\(\s*(?:\{ message: )?'([^']*)'/gmu);
  return Object.fromEntries(Array.from(found, ([, key, text]) => [key, text])) as unknown as HandoffStrings;
}

/** A page as VS Code would show it, with the test in the host's place. */
export interface OpenPage {
  readonly page: Page;
  /** What the page sent, oldest first. */
  sent(): Promise<readonly FromHandoff[]>;
  /** The newest draft it asked to save. */
  savedDraft(): Promise<HandoffDraft | undefined>;
  send(message: ToHandoff): Promise<void>;
  /** What it keeps for itself. */
  kept(): Promise<unknown>;
  /** Violations of the content security policy and uncaught errors. */
  readonly problems: readonly string[];
}

export interface OpenOptions {
  readonly init: Partial<Extract<ToHandoff, { readonly type: 'init' }>> & { readonly draft: HandoffDraft };
  readonly kept?: unknown;
  readonly theme?: keyof typeof THEMES;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** What the host answers to the first `ready` instead of the notes. */
  readonly unavailable?: string;
  /** Answers every save at once, as a host whose store works. */
  readonly saves?: boolean;
}

/** The built page behind a real server in a real Chromium. */
export class Harness {
  readonly #server: Server;
  readonly #browser: Browser;
  readonly #strings: HandoffStrings;
  readonly #contexts: BrowserContext[] = [];

  private constructor(server: Server, browser: Browser, strings: HandoffStrings) {
    this.#server = server;
    this.#browser = browser;
    this.#strings = strings;
  }

  static async start(): Promise<Harness> {
    const bundle = await esbuild.build({
      entryPoints: [`${root}webview/handoff/main.ts`],
      bundle: true,
      format: 'esm',
      target: 'chrome130',
      alias: WEBVIEW_ALIAS,
      write: false,
    });
    const script = bundle.outputFiles[0]?.text ?? '';
    const style = await readFile(`${root}webview/handoff/handoff.css`, 'utf8');
    const server = createServer((request, response) => {
      const { pathname, origin, searchParams } = new URL(request.url ?? '/', `http://${request.headers.host ?? ''}`);
      const answer = (type: string, body: string): void => void response.setHeader('content-type', type).end(body);
      if (pathname === '/handoff.js') answer('text/javascript', script);
      else if (pathname === '/handoff.css') answer('text/css', style);
      else if (pathname === '/theme.css') answer('text/css', THEMES[searchParams.get('theme') as keyof typeof THEMES]);
      else if (pathname === '/')
        answer(
          'text/html',
          webviewHtml({
            title: 'Handoff',
            language: 'en',
            nonce: 'dGVzdA',
            cspSource: origin,
            script: `${origin}/handoff.js`,
            style: `${origin}/handoff.css`,
          }).replace(
            '</title>',
            `</title><link rel="stylesheet" href="/theme.css${new URL(request.url ?? '/', origin).search}">`,
          ),
        );
      else response.writeHead(pathname === '/favicon.ico' ? 204 : 404).end();
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const executablePath = findChromium();
    if (executablePath === undefined) throw new Error('There is no Chromium: run npm test, or set CHROMIUM.');
    const browser = await chromium.launch({
      executablePath,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-dev-shm-usage',
        '--no-first-run',
        '--disable-background-networking',
      ],
    });
    return new Harness(server, browser, await hostStrings());
  }

  async open({
    init,
    kept,
    theme = 'dark',
    viewport = { width: 1280, height: 900 },
    saves = true,
    unavailable,
  }: OpenOptions): Promise<OpenPage> {
    const context = await this.#browser.newContext({ viewport, reducedMotion: 'reduce' });
    this.#contexts.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    await page.addInitScript(hostInPage, {
      kept,
      saves,
      unavailable,
      init: {
        type: 'init',
        fresh: undefined,
        strings: this.#strings,
        language: 'en',
        targets: TARGETS,
        posts: [],
        ...init,
      } satisfies ToHandoff,
    });
    const { port } = this.#server.address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${port}/?theme=${theme}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    const sent = (): Promise<readonly FromHandoff[]> =>
      page.evaluate(() => (globalThis as unknown as FakeHost).sentMessages);
    return {
      page,
      problems,
      sent,
      savedDraft: async () => (await sent()).findLast((message) => message.type === 'save')?.draft,
      send: (message) => page.evaluate((data) => (globalThis as unknown as FakeHost).postMessage(data), message),
      kept: () => page.evaluate(() => (globalThis as unknown as FakeHost).keptState),
    };
  }

  async closePages(): Promise<void> {
    await Promise.all(this.#contexts.splice(0).map((context) => context.close()));
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

interface FakeHost {
  sentMessages: readonly FromHandoff[];
  keptState: unknown;
  postMessage(data: unknown): void;
}

interface InPage {
  readonly kept: unknown;
  readonly init: ToHandoff;
  readonly saves: boolean;
  readonly unavailable: string | undefined;
}

/** Runs in the page before its script: a host that answers `ready` and, if it can, `save`. */
function hostInPage({ kept, init, saves, unavailable }: InPage): void {
  let refusal = unavailable;
  const sentMessages: FromHandoff[] = [];
  const world = globalThis as unknown as FakeHost & { acquireVsCodeApi: () => unknown };
  world.sentMessages = sentMessages;
  world.keptState = kept;
  // As VS Code does: everything between host and page goes through JSON.
  const clone = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
  world.acquireVsCodeApi = () => ({
    postMessage(message: FromHandoff) {
      sentMessages.push(clone(message));
      if (message.type === 'ready') {
        world.postMessage(
          refusal === undefined ? clone(init) : { type: 'unavailable', message: refusal, retry: 'Retry' },
        );
        refusal = undefined;
      }
      if (message.type === 'save' && saves) world.postMessage({ type: 'saved', revision: message.draft.revision });
    },
    getState: () => world.keptState,
    setState: (state: unknown) => {
      world.keptState = clone(state);
    },
  });
}

const TARGETS = [
  { where: 'slack', place: '#integrations-internal' },
  { where: 'issue', place: 'acme/team-notes' },
] as const;

const FONTS = `--vscode-font-family: system-ui, "Ubuntu", "DejaVu Sans", sans-serif; --vscode-font-size: 13px;
  --vscode-editor-font-family: "DejaVu Sans Mono", monospace; --vscode-editor-font-size: 13px; --vscode-font-weight: normal;`;

function themeOf(colors: Readonly<Record<string, string>>): string {
  const lines = Object.entries(colors).map(([name, value]) => `--vscode-${name}: ${value};`);
  return `:root { ${FONTS} ${lines.join(' ')} }`;
}

/** The colours that VS Code's default themes give a webview, as far as the page uses them. */
export const THEMES = {
  dark: themeOf({
    foreground: '#cccccc',
    'editor-background': '#1f1f1f',
    'editor-foreground': '#cccccc',
    descriptionForeground: '#9d9d9d',
    errorForeground: '#f85149',
    focusBorder: '#0078d4',
    'textLink-foreground': '#4daafc',
    'textLink-activeForeground': '#4daafc',
    'panel-border': '#2b2b2b',
    'textBlockQuote-background': '#2b2b2b',
    'textBlockQuote-border': '#616161',
    'input-background': '#313131',
    'input-foreground': '#cccccc',
    'input-border': '#3c3c3c',
    'settings-textInputBorder': '#3c3c3c',
    'dropdown-border': '#3c3c3c',
    'input-placeholderForeground': '#989898',
    'button-background': '#0078d4',
    'button-foreground': '#ffffff',
    'button-hoverBackground': '#026ec1',
    'button-border': 'transparent',
    'button-secondaryBackground': '#313131',
    'button-secondaryForeground': '#cccccc',
    'button-secondaryHoverBackground': '#3c3c3c',
    'list-hoverBackground': '#2a2d2e',
    'toolbar-hoverBackground': 'rgba(90,93,94,0.31)',
    'icon-foreground': '#cccccc',
    'panelTitle-activeForeground': '#cccccc',
    'panelTitle-activeBorder': '#0078d4',
    'panelTitle-inactiveForeground': '#9d9d9d',
    'panel-background': '#181818',
    'menu-background': '#1f1f1f',
    'menu-foreground': '#cccccc',
    'menu-border': '#454545',
    'menu-selectionBackground': '#0078d4',
    'menu-selectionForeground': '#ffffff',
    'notifications-background': '#1f1f1f',
    'notifications-foreground': '#cccccc',
    'notifications-border': '#2b2b2b',
    'widget-shadow': 'rgba(0,0,0,0.36)',
    'inputValidation-errorBackground': '#5a1d1d',
    'inputValidation-errorBorder': '#be1100',
    'scrollbarSlider-background': 'rgba(121,121,121,0.4)',
    'scrollbarSlider-hoverBackground': 'rgba(100,100,100,0.7)',
    'scrollbarSlider-activeBackground': 'rgba(191,191,191,0.4)',
  }),
  light: themeOf({
    foreground: '#3b3b3b',
    'editor-background': '#ffffff',
    'editor-foreground': '#3b3b3b',
    descriptionForeground: '#3b3b3b',
    errorForeground: '#f85149',
    focusBorder: '#005fb8',
    'textLink-foreground': '#005fb8',
    'textLink-activeForeground': '#005fb8',
    'panel-border': '#e5e5e5',
    'textBlockQuote-background': '#f8f8f8',
    'textBlockQuote-border': '#e5e5e5',
    'input-background': '#ffffff',
    'input-foreground': '#3b3b3b',
    'input-border': '#cecece',
    'settings-textInputBorder': '#cecece',
    'dropdown-border': '#cecece',
    'input-placeholderForeground': '#767676',
    'button-background': '#005fb8',
    'button-foreground': '#ffffff',
    'button-hoverBackground': '#0258a8',
    'button-border': 'transparent',
    'button-secondaryBackground': '#e5e5e5',
    'button-secondaryForeground': '#3b3b3b',
    'button-secondaryHoverBackground': '#cccccc',
    'list-hoverBackground': '#f2f2f2',
    'toolbar-hoverBackground': 'rgba(184,184,184,0.31)',
    'icon-foreground': '#3b3b3b',
    'panelTitle-activeForeground': '#3b3b3b',
    'panelTitle-activeBorder': '#005fb8',
    'panelTitle-inactiveForeground': '#3b3b3b',
    'panel-background': '#f8f8f8',
    'menu-background': '#ffffff',
    'menu-foreground': '#3b3b3b',
    'menu-border': '#cecece',
    'menu-selectionBackground': '#005fb8',
    'menu-selectionForeground': '#ffffff',
    'notifications-background': '#ffffff',
    'notifications-foreground': '#3b3b3b',
    'notifications-border': '#e5e5e5',
    'widget-shadow': 'rgba(0,0,0,0.16)',
    'inputValidation-errorBackground': '#f2dede',
    'inputValidation-errorBorder': '#be1100',
    'scrollbarSlider-background': 'rgba(100,100,100,0.4)',
    'scrollbarSlider-hoverBackground': 'rgba(100,100,100,0.7)',
    'scrollbarSlider-activeBackground': 'rgba(0,0,0,0.6)',
  }),
  highContrast: themeOf({
    foreground: '#ffffff',
    'editor-background': '#000000',
    'editor-foreground': '#ffffff',
    descriptionForeground: 'rgba(255,255,255,0.7)',
    errorForeground: '#f48771',
    focusBorder: '#f38518',
    contrastBorder: '#6fc3df',
    contrastActiveBorder: '#f38518',
    'textLink-foreground': '#21a6ff',
    'textLink-activeForeground': '#21a6ff',
    'panel-border': '#6fc3df',
    'textBlockQuote-border': '#ffffff',
    'input-background': '#000000',
    'input-foreground': '#ffffff',
    'input-border': '#6fc3df',
    'settings-textInputBorder': '#6fc3df',
    'dropdown-border': '#6fc3df',
    'input-placeholderForeground': 'rgba(255,255,255,0.7)',
    'button-background': '#000000',
    'button-foreground': '#ffffff',
    'button-border': '#6fc3df',
    'button-secondaryBackground': '#000000',
    'button-secondaryForeground': '#ffffff',
    'icon-foreground': '#ffffff',
    'panelTitle-activeForeground': '#ffffff',
    'panelTitle-activeBorder': '#6fc3df',
    'panelTitle-inactiveForeground': '#ffffff',
    'panel-background': '#000000',
    'menu-background': '#000000',
    'menu-foreground': '#ffffff',
    'menu-border': '#6fc3df',
    'menu-selectionBorder': '#f38518',
    'notifications-background': '#000000',
    'notifications-foreground': '#ffffff',
    'notifications-border': '#6fc3df',
    'inputValidation-errorBackground': '#5a1d1d',
    'inputValidation-errorBorder': '#be1100',
    'scrollbarSlider-background': 'rgba(111,195,223,0.6)',
    'scrollbarSlider-hoverBackground': 'rgba(111,195,223,0.8)',
    'scrollbarSlider-activeBackground': '#6fc3df',
  }),
} as const;
