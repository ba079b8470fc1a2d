import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { resultsFolder } from '../paths.ts';
import { storageHolds } from './webStorage.ts';

/** Runs in the page: the clipboard's text as soon as there is one; empty when there is none in 15 s. */
const readFilledClipboard = `(async () => {
  const end = performance.now() + 15_000;
  for (;;) {
    const text = await navigator.clipboard.readText();
    if (text !== '' || performance.now() > end) return text;
    await new Promise(requestAnimationFrame);
  }
})()`;

/** One VS Code window, in the words of a person who uses it. All locators wait; none is bound to a moment. */
export class Workbench {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Waits until the workbench has been drawn and VS Code knows its extensions. */
  async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench .statusbar .statusbar-item').first().waitFor({ timeout: 60_000 });
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.ready();
  }

  /** Until the browser's database holds a text: a page that is reloaded at once loses what VS Code was about to write there. */
  async isStored(text: string): Promise<void> {
    await this.page.waitForFunction(storageHolds(text), undefined, { polling: 200 });
  }

  /** Runs a command by its title in the command palette, category included: "Responder: Refresh". */
  async command(title: string): Promise<void> {
    const palette = this.quickInput();
    await this.page.keyboard.press('F1');
    await palette.input.fill(`>${title}`);
    await palette.pick(title);
  }

  /** The item of the status bar whose id ends in this: the id that the extension gave it. */
  statusBar(id: string): Locator {
    return this.page.locator(`.statusbar-item[id$="${id}"]`);
  }

  /** A view container's place in the activity bar. */
  container(name: string): Locator {
    const link = this.page.locator(`a[aria-label^="${name}"]`);
    return this.page.locator('.activitybar .action-item', { has: link }).first();
  }

  /** Opens a view container by the name beside its icon in the activity bar, unless it is open. */
  async openContainer(name: string): Promise<void> {
    const item = this.container(name);
    await item.waitFor();
    const open = item.and(this.page.locator('.checked'));
    if ((await open.count()) === 0) {
      await item.click();
      // A window that comes back opens by itself what was open; a click in that moment closes it again.
      await open.waitFor({ timeout: 5000 }).catch(() => item.click());
      await open.waitFor();
    }
    // The icon's hover would lie over the rows.
    await this.page.mouse.move(700, 300);
  }

  /** The number on a container's icon, as the text that it shows. */
  badge(container: string): Locator {
    return this.container(container).locator('.badge-content');
  }

  /** A view by its title, open or not: its buttons, its message, its welcome text. */
  view(name: string): ViewPane {
    return new ViewPane(this.page, name);
  }

  /** Quick pick and input box. */
  quickInput(): QuickInput {
    return new QuickInput(this.page);
  }

  /** A notification toast that has this text. */
  toast(text: string | RegExp): Locator {
    return this.page.locator('.notification-toast', { hasText: text });
  }

  /** Presses the button of a toast whose name begins so. */
  async answerToast(text: string | RegExp, button: string): Promise<void> {
    const name = new RegExp(`^${button.replaceAll(/[.*+?^${}()|[\]\\]/gu, '\\$&')}`, 'u');
    await this.toast(text).getByRole('button', { name }).click();
  }

  /** The modal dialog; its text is in it, its buttons have their names. */
  dialog(): Locator {
    return this.page.locator('.monaco-dialog-box');
  }

  async answerDialog(button: string): Promise<void> {
    await this.dialog().getByRole('button', { name: button }).click();
    await this.dialog().waitFor({ state: 'detached' });
  }

  /** Says yes to VS Code's question whether to open a website. @returns the website's address */
  async openWebsite(): Promise<string> {
    const context = this.page.context();
    await this.dialog().waitFor();
    const website = context.waitForEvent('page');
    const asked = context.waitForEvent('request', (request) => request.isNavigationRequest());
    await this.answerDialog('Open');
    const [page, request] = await Promise.all([website, asked]);
    await page.close();
    return request.url();
  }

  /** What `action` puts on the clipboard. */
  async copiedBy(action: () => Promise<void>): Promise<string> {
    await this.page.evaluate('navigator.clipboard.writeText("")');
    await action();
    return String(await this.page.evaluate(readFilledClipboard));
  }

  /** An editor's tab by its title. */
  tab(title: string | RegExp): Locator {
    return this.page.locator('.tabs-container .tab', { hasText: title });
  }

  /** The text editor that has the focus or was opened last; its visible lines. */
  editor(): Locator {
    return this.page.locator('.editor-group-container.active .monaco-editor .view-lines').last();
  }

  /** The document of an extension's webview: our own, or `vscode.markdown-language-features` for a Markdown preview. */
  webview(extension = 'responder-duty.responder-duty'): FrameLocator {
    return this.page
      .frameLocator(`iframe.webview.ready[src*="extensionId=${extension}"]`)
      .frameLocator('iframe#active-frame');
  }

  /** Presses the keys of a chord after each other: `keys('Control+K', 'Control+W')`. */
  async keys(...chords: readonly string[]): Promise<void> {
    for (const chord of chords) await this.page.keyboard.press(chord);
  }

  /** Saves a picture of the window and returns its file. */
  async screenshot(name: string, folder: string = resultsFolder): Promise<string> {
    const file = path.join(folder, `${name}.png`);
    await mkdir(path.dirname(file), { recursive: true });
    await this.page.screenshot({ path: file });
    return file;
  }
}

/** One view of a container. Rows are virtual: only those that fit are there. */
export class ViewPane {
  readonly #page: Page;
  readonly #name: string;

  constructor(page: Page, name: string) {
    this.#page = page;
    this.#name = name;
  }

  /** The whole pane: header, message, body. A container with one view shows no pane header. */
  pane(): Locator {
    const header = this.#page.locator(`.pane-header[aria-label^="${this.#name}"]`);
    return this.#page.locator('.sidebar .pane', { has: header });
  }

  rows(): Locator {
    return this.pane().locator('.monaco-list-row');
  }

  /** The rows that have this text in label or description. */
  row(text: string | RegExp): Locator {
    return this.rows().filter({ hasText: text });
  }

  /** A row by what a screen reader says of it. */
  treeItem(name: string | RegExp): Locator {
    return this.pane().getByRole('treeitem', { name });
  }

  /** Opens a row of the tree that has children; nothing happens to an open one. */
  async expand(text: string | RegExp): Promise<void> {
    // A row may get its children a moment after it was drawn.
    const row = this.row(text).and(this.#page.locator('[aria-expanded]')).first();
    if ((await row.getAttribute('aria-expanded')) === 'false') await row.locator('.monaco-tl-twistie').click();
  }

  async click(text: string | RegExp): Promise<void> {
    await this.row(text).first().locator('.monaco-icon-label').first().click();
  }

  /** Presses an inline action of a row by its name. */
  async inlineAction(text: string | RegExp, action: string): Promise<void> {
    const row = this.row(text).first();
    const button = row.locator(`.actions a.action-label[aria-label^="${action}"]`);
    await row.hover();
    await button.click({ timeout: 5000 }).catch(async () => {
      // Rows move while sources are read, and the hover of another may lie over this one by then.
      await this.#page.mouse.move(700, 300);
      await row.hover();
      await button.click();
    });
  }

  /** Picks an entry of a row's context menu by its name. */
  async menu(text: string | RegExp, entry: string | RegExp): Promise<void> {
    await this.row(text).first().click({ button: 'right' });
    const item = this.#page.locator('.context-view .monaco-menu').getByRole('menuitem', { name: entry });
    // A menu takes no mouse button in its first moments; the pointer moves its focus at once.
    await item.hover();
    await this.#page.keyboard.press('Enter');
    await item.waitFor({ state: 'detached' });
  }

  /** Presses a button in the view's title bar by its name. */
  async titleAction(name: string): Promise<void> {
    await this.pane().locator('.pane-header').hover();
    await this.pane().locator(`.pane-header .actions a.action-label[aria-label^="${name}"]`).click();
  }

  /** What an empty view says: text, links, buttons. */
  welcome(): Locator {
    return this.pane().locator('.welcome-view-content');
  }

  async welcomeButton(name: string): Promise<void> {
    await this.welcome().locator('a.monaco-button', { hasText: name }).click();
  }

  /** The tooltip that resting the pointer on a row brings. */
  async hover(text: string | RegExp): Promise<Locator> {
    await this.row(text).first().locator('.monaco-icon-label').first().hover();
    const hover = this.#page.locator('.monaco-hover:not(.hidden)').last();
    await hover.waitFor();
    return hover;
  }
}

/** Quick picks and input boxes, which VS Code shows in the same place. */
export class QuickInput {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get box(): Locator {
    return this.#page.locator('.quick-input-widget:not([style*="display: none"])');
  }

  get input(): Locator {
    return this.box.locator('.quick-input-filter input[type="text"], .quick-input-filter input.input');
  }

  get title(): Locator {
    return this.box.locator('.quick-input-title');
  }

  /** What stands below the input: the prompt, or why the value is refused. */
  get message(): Locator {
    return this.box.locator('.quick-input-message');
  }

  options(): Locator {
    return this.box.locator('.quick-input-list .monaco-list-row');
  }

  option(text: string | RegExp): Locator {
    return this.options().filter({ hasText: text });
  }

  /** Takes the option that has this label or, when there is none so called, the first that holds the text. */
  async pick(text: string): Promise<void> {
    const exact = this.options().filter({ has: this.#page.locator(`.label-name:text-is(${JSON.stringify(text)})`) });
    await this.option(text).first().waitFor();
    await ((await exact.count()) > 0 ? exact : this.option(text)).first().click();
  }

  /** Ticks the options with these texts in a pick of several, and confirms. */
  async pickSeveral(texts: readonly string[]): Promise<void> {
    for (const text of texts)
      await this.option(text).first().locator('input[type="checkbox"], .monaco-checkbox').first().click();
    await this.confirm();
  }

  /** Fills the input box and confirms. */
  async type(text: string): Promise<void> {
    await this.input.fill(text);
    await this.confirm();
  }

  async confirm(): Promise<void> {
    await this.input.press('Enter');
  }

  async cancel(): Promise<void> {
    await this.input.press('Escape');
  }
}
