import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import { findChromium } from '../install/chromium.ts';

export interface BrowserOptions {
  readonly viewport?: { readonly width: number; readonly height: number };
  /** An IANA zone for the page; UTC when left out. */
  readonly timeZone?: string;
}

/** One person's browser profile. Its pages share secrets and state, as the windows of one user do. */
export interface UserBrowser {
  readonly context: BrowserContext;
  /** Addresses outside this machine that a page asked for; none was let through. */
  readonly outside: readonly string[];
  close(): Promise<void>;
}

const quietArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-default-apps',
  '--disable-dev-shm-usage',
];

export async function openBrowser(options: BrowserOptions = {}): Promise<UserBrowser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('There is no Chromium: run npm test, or set CHROMIUM.');
  const browser = await chromium.launch({ executablePath, headless: true, args: quietArguments });
  const context = await newContext(browser, options);
  const outside: string[] = [];
  await keepInside(context, outside);
  await answerMintKey(context);
  return { context, outside, close: () => browser.close() };
}

function newContext(browser: Browser, options: BrowserOptions): Promise<BrowserContext> {
  return browser.newContext({
    viewport: options.viewport ?? { width: 1280, height: 800 },
    locale: 'en-US',
    timezoneId: options.timeZone ?? 'UTC',
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
}

async function keepInside(context: BrowserContext, outside: string[]): Promise<void> {
  const isOutside = (url: URL): boolean =>
    /^https?:$/.test(url.protocol) && !['127.0.0.1', 'localhost'].includes(url.hostname);
  await context.route(isOutside, async (route) => {
    outside.push(route.request().url());
    await route.abort();
  });
}

/** Half of the key that SecretStorage encrypts with; the bare server has no answer, and secrets would last only a page. */
async function answerMintKey(context: BrowserContext): Promise<void> {
  await context.route('**/mint-key', (route) => route.fulfill({ status: 200, body: Buffer.alloc(32, 7) }));
}
