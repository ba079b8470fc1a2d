import * as vscode from 'vscode';
import type { JournalRow } from '../../core/journalView.ts';
import { wordFilter } from '../../core/wordFilter.ts';
import { inertTitle } from '../inert.ts';
import { say } from '../say.ts';
import type { JournalPorts } from './journalPorts.ts';
import { journalMarkdown } from './markdown.ts';
import { showTimeline } from './showTimeline.ts';
import { rowIcon } from './toldWords.ts';
import { entriesText, type RowText, rowText, searchText, type Teller } from './words.ts';

/** More make a list slow, and nobody scrolls so far; the rest is found by typing, or in the document. */
const MOST_ROWS = 500;
const TITLE_LENGTH = 48;
const MORE_LENGTH = 300;

type RowAction = 'open' | 'undo' | 'timeline';
type ListAction = 'copy' | 'document';

interface JournalPick extends vscode.QuickPickItem {
  /** Undefined for what stands for the rows that are not listed. */
  readonly row: JournalRow | undefined;
}

interface Told {
  readonly row: JournalRow;
  readonly text: RowText;
  readonly search: string;
}

/**
 * What was done, newest first, narrowed by what is typed. Enter shows the timeline of a row's item; a row's buttons open
 * what it is about and take it back, those of the title copy all that is listed or show it as a document.
 */
export async function showJournal(ports: JournalPorts): Promise<void> {
  if (ports.journal().length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('The journal is empty: nothing was done here yet.'));
    return;
  }
  const list = new JournalList(ports);
  try {
    await list.closed;
  } finally {
    list.dispose();
  }
}

class JournalList implements vscode.Disposable {
  /** Settles when the list is left; rejects when something that was asked of it fails. */
  readonly closed: Promise<void>;
  readonly #ports: JournalPorts;
  readonly #pick = vscode.window.createQuickPick<JournalPick>();
  readonly #rowButtons = rowButtons();
  readonly #listButtons = listButtons();
  readonly #listening: readonly vscode.Disposable[];
  #teller: Teller;
  #all: readonly Told[];
  #shown: readonly Told[] = [];

  constructor(ports: JournalPorts) {
    this.#ports = ports;
    this.#teller = ports.teller();
    this.#all = tell(ports.rows(), this.#teller);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.closed = promise;
    const pick = this.#pick;
    const run = (work: Promise<void>): void => void work.catch(reject);
    this.#listening = [
      pick.onDidChangeValue(() => this.#fill()),
      pick.onDidAccept(() => run(this.#accept(pick.activeItems[0]))),
      pick.onDidTriggerItemButton(({ button, item }) => run(this.#act(actionOf(button, this.#rowButtons), item.row))),
      pick.onDidTriggerButton((button) => run(this.#actOnAll(actionOf(button, this.#listButtons)))),
      pick.onDidHide(() => resolve()),
      ports.onDidChange(() => this.#follow()),
    ];
    pick.placeholder = vscode.l10n.t('Type to filter: words, "phrases", and - for not. Enter shows the timeline.');
    pick.buttons = Object.values(this.#listButtons);
    pick.keepScrollPosition = true;
    this.#fill();
    pick.show();
  }

  dispose(): void {
    for (const each of [...this.#listening, this.#pick]) each.dispose();
  }

  /** The journal has grown: the row that has the keyboard keeps it. */
  #follow(): void {
    const active = this.#pick.activeItems[0]?.row?.id;
    this.#teller = this.#ports.teller();
    this.#all = tell(this.#ports.rows(), this.#teller);
    this.#fill();
    const again = this.#pick.items.find(({ row }) => row?.id === active);
    if (active !== undefined && again !== undefined) this.#pick.activeItems = [again];
  }

  #fill(): void {
    const { value } = this.#pick;
    const passes = wordFilter(value);
    this.#shown = this.#all.filter(({ search }) => passes(search));
    const [shown, total] = [this.#shown.length, this.#all.length];
    this.#pick.title =
      shown === total
        ? vscode.l10n.t('Journal: {0}', entriesText(total))
        : vscode.l10n.t('Journal: {0} of {1}', shown, entriesText(total));
    this.#pick.items = this.#items(value.trim() !== '');
  }

  /** VS Code hides separators while something is typed: then each row says its day. */
  #items(isFiltered: boolean): readonly JournalPick[] {
    const listed = this.#shown.slice(0, MOST_ROWS);
    const items = listed.flatMap(({ row, text }, index): readonly JournalPick[] => {
      const isNewDay = !isFiltered && text.day !== listed[index - 1]?.text.day;
      const separator = { label: text.day, kind: vscode.QuickPickItemKind.Separator, row: undefined };
      return [...(isNewDay ? [separator] : []), this.#item(row, text, isFiltered)];
    });
    const hidden = this.#shown.length - listed.length;
    if (hidden === 0) return items;
    const label = `$(ellipsis) ${vscode.l10n.t('{0} more: show all as a document', hidden)}`;
    return [...items, { label, alwaysShow: true, row: undefined }];
  }

  #item(row: JournalRow, { time, day, what, title, by, more }: RowText, isFiltered: boolean): JournalPick {
    const parts = [isFiltered ? day : '', what, inertTitle(title, TITLE_LENGTH), by].filter((part) => part !== '');
    return {
      label: `$(${rowIcon(row.told)}) ${time}`,
      // Not in the label: VS Code would put rows whose labels are like what is typed before all others.
      description: inertTitle(parts.join(' · '), MORE_LENGTH),
      ...(more.length === 0 ? {} : { detail: inertTitle(more.join(' · '), MORE_LENGTH) }),
      alwaysShow: true,
      buttons: this.#buttonsOf(row),
      row,
    };
  }

  #buttonsOf(row: JournalRow): readonly vscode.QuickInputButton[] {
    const { open, undo, timeline } = this.#rowButtons;
    return [
      ...(this.#ports.itemOf(row.signalIds) === undefined ? [] : [timeline]),
      ...(linkOf(row) === undefined ? [] : [open]),
      ...(row.undo === undefined ? [] : [undo]),
    ];
  }

  async #accept(chosen: JournalPick | undefined): Promise<void> {
    if (chosen === undefined) return;
    if (chosen.row === undefined) return this.#actOnAll('document');
    await this.#act(this.#ports.itemOf(chosen.row.signalIds) === undefined ? 'open' : 'timeline', chosen.row);
  }

  async #act(action: RowAction | undefined, row: JournalRow | undefined): Promise<void> {
    if (row === undefined) return;
    const { openUrl, undo, itemOf } = this.#ports;
    if (action === 'undo' && row.undo !== undefined) return undo(row.undo);
    const link = linkOf(row);
    if (action === 'open' && link !== undefined) return openUrl(link);
    const item = itemOf(row.signalIds);
    if (action !== 'timeline' || item === undefined) return;
    this.#pick.hide();
    await showTimeline(item, this.#ports);
  }

  async #actOnAll(action: ListAction | undefined): Promise<void> {
    if (action === undefined) return;
    const markdown = this.#markdown();
    if (action === 'copy') {
      await vscode.env.clipboard.writeText(markdown);
      say(vscode.l10n.t('Copied as Markdown: {0}', entriesText(this.#shown.length)));
      return;
    }
    this.#pick.hide();
    await this.#ports.preview.showText(vscode.l10n.t('Journal of {0}', this.#ports.team), markdown);
  }

  #markdown(): string {
    const { value, title = '' } = this.#pick;
    const filter = value.trim() === '' ? [] : [vscode.l10n.t('Filtered by: {0}', value.trim())];
    const facts = [title, ...filter, vscode.l10n.t('Times: {0}', this.#teller.timeZone)];
    const heading = vscode.l10n.t('Journal of {0}', this.#ports.team);
    return journalMarkdown(
      this.#shown.map(({ row }) => row),
      this.#teller,
      { heading, facts },
    );
  }
}

function tell(rows: readonly JournalRow[], teller: Teller): readonly Told[] {
  return rows.map((row) => {
    const text = rowText(row, teller);
    return { row, text, search: searchText(text, row) };
  });
}

/** What it left outside, otherwise where its matter lives. */
function linkOf({ url, home }: JournalRow): string | undefined {
  return url ?? home;
}

function actionOf<Action extends string>(
  button: vscode.QuickInputButton,
  buttons: Readonly<Record<Action, vscode.QuickInputButton>>,
): Action | undefined {
  for (const action in buttons) if (buttons[action] === button) return action;
  return undefined;
}

function rowButtons(): Readonly<Record<RowAction, vscode.QuickInputButton>> {
  return {
    timeline: { iconPath: new vscode.ThemeIcon('history'), tooltip: vscode.l10n.t('Show Timeline') },
    open: { iconPath: new vscode.ThemeIcon('link-external'), tooltip: vscode.l10n.t('Open in Browser') },
    undo: { iconPath: new vscode.ThemeIcon('discard'), tooltip: vscode.l10n.t('Undo') },
  };
}

function listButtons(): Readonly<Record<ListAction, vscode.QuickInputButton>> {
  return {
    copy: { iconPath: new vscode.ThemeIcon('copy'), tooltip: vscode.l10n.t('Copy as Markdown') },
    document: { iconPath: new vscode.ThemeIcon('go-to-file'), tooltip: vscode.l10n.t('Show as Document') },
  };
}
