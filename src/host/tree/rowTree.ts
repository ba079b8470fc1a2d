import * as vscode from 'vscode';
import { changedRows, type Row } from './row.ts';

/** VS Code debounces tree events by 200 ms on both edges and starves when they come faster. */
const REFRESH_MS = 250;

/** Paints rows as a tree: only rows that changed are refreshed, at most one refresh in 250 ms, none while hidden. */
export class RowTree implements vscode.TreeDataProvider<string>, vscode.Disposable {
  readonly #changes = new vscode.EventEmitter<string[] | undefined>();
  readonly onDidChangeTreeData = this.#changes.event;
  /** What VS Code has been given. */
  #painted: readonly Row[] = [];
  /** What it should show. */
  #wanted: readonly Row[] = [];
  #byId = new Map<string, Row>();
  #parents = new Map<string, string>();
  readonly #redrawn = new Set<string>();
  #visible = true;
  #timer: NodeJS.Timeout | undefined;
  readonly #openRow: string;

  /** `openRow` is the command that opens the selected row. */
  constructor(openRow: string) {
    this.#openRow = openRow;
  }

  show(rows: readonly Row[]): void {
    this.#wanted = rows;
    if (this.#visible) this.#timer ??= setTimeout(() => this.#refresh(), REFRESH_MS);
  }

  /** Shows at once what is still to be shown. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#refresh();
  }

  setVisible(visible: boolean): void {
    this.#visible = visible;
    if (visible) this.show(this.#wanted);
  }

  /** Shows rows anew with the next refresh, though they stay the same: VS Code ticks a box before anybody agreed. */
  redraw(ids: readonly string[]): void {
    for (const id of ids) this.#redrawn.add(id);
    this.show(this.#wanted);
  }

  row(id: string): Row | undefined {
    return this.#byId.get(id);
  }

  getTreeItem(id: string): vscode.TreeItem {
    const row = this.#byId.get(id);
    return row === undefined ? new vscode.TreeItem('') : toTreeItem(row, this.#openRow);
  }

  resolveTreeItem(item: vscode.TreeItem, id: string): vscode.TreeItem {
    // A string is shown as it is: nothing in remote text becomes a link, a command or an image.
    item.tooltip = this.#byId.get(id)?.tooltip.join('\n\n') ?? '';
    return item;
  }

  getChildren(id?: string): string[] {
    if (id === undefined && this.#byId.size === 0) this.#take(this.#wanted);
    const rows = id === undefined ? this.#painted : (this.#byId.get(id)?.children ?? []);
    return rows.map((row) => row.id);
  }

  getParent(id: string): string | undefined {
    return this.#parents.get(id);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#changes.dispose();
  }

  #refresh(): void {
    this.#timer = undefined;
    const changed = changedRows(this.#painted, this.#wanted);
    const ids = [...new Set([...(changed ?? []), ...this.#redrawn])];
    this.#redrawn.clear();
    this.#take(this.#wanted);
    if (changed === undefined) this.#changes.fire(undefined);
    else if (ids.length > 0) this.#changes.fire(ids.filter((id) => this.#byId.has(id)));
  }

  #take(rows: readonly Row[]): void {
    this.#painted = rows;
    this.#byId = new Map();
    this.#parents = new Map();
    this.#register(rows, undefined);
  }

  #register(rows: readonly Row[], parent: string | undefined): void {
    for (const row of rows) {
      this.#byId.set(row.id, row);
      if (parent !== undefined) this.#parents.set(row.id, parent);
      this.#register(row.children, row.id);
    }
  }
}

function toTreeItem(row: Row, openRow: string): vscode.TreeItem {
  const item = new vscode.TreeItem(row.label);
  item.id = row.id;
  item.description = row.description;
  const color = row.icon.color === undefined ? undefined : new vscode.ThemeColor(row.icon.color);
  item.iconPath = new vscode.ThemeIcon(row.icon.name, color);
  item.contextValue = row.contextValue;
  item.accessibilityInformation = { label: row.accessible };
  item.collapsibleState = collapsibleState(row);
  if (row.checkbox !== undefined) item.checkboxState = checkboxState(row.checkbox, row.label);
  // Without arguments: those that VS Code was given are forgotten when it asks for the row anew, and a click that comes before
  // the answer would open nothing.
  if (row.command !== undefined) item.command = { command: openRow, title: row.command.title };
  return item;
}

function checkboxState(
  { isChecked, tooltip }: NonNullable<Row['checkbox']>,
  label: string,
): NonNullable<vscode.TreeItem['checkboxState']> {
  const { Checked, Unchecked } = vscode.TreeItemCheckboxState;
  return {
    state: isChecked ? Checked : Unchecked,
    tooltip,
    accessibilityInformation: { label: `${label}, ${tooltip}`, role: 'checkbox' },
  };
}

function collapsibleState(row: Row): vscode.TreeItemCollapsibleState {
  // VS Code remembers by id that a row had no children: a group is open from its first paint.
  if (row.contextValue === 'group' && row.isFolded !== true) return vscode.TreeItemCollapsibleState.Expanded;
  return row.children.length === 0 ? vscode.TreeItemCollapsibleState.None : vscode.TreeItemCollapsibleState.Collapsed;
}
