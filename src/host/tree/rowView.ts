import * as vscode from 'vscode';
import { RowTree } from './rowTree.ts';

/** A view of rows, and what opening one of them does. */
export class RowView implements vscode.Disposable {
  readonly tree: RowTree;
  readonly view: vscode.TreeView<string>;
  readonly #disposables: readonly vscode.Disposable[];

  constructor(id: string, options: Omit<vscode.TreeViewOptions<string>, 'treeDataProvider'> = {}) {
    const openRow = `${id}.openRow`;
    this.tree = new RowTree(openRow);
    this.view = vscode.window.createTreeView(id, { ...options, treeDataProvider: this.tree });
    this.#disposables = [
      this.view,
      this.tree,
      this.view.onDidChangeVisibility(({ visible }) => this.tree.setVisible(visible)),
      vscode.commands.registerCommand(openRow, () => this.#openSelected()),
    ];
  }

  dispose(): void {
    for (const each of this.#disposables) each.dispose();
  }

  /** VS Code selects the row that is opened before it asks for this. */
  async #openSelected(): Promise<void> {
    const [id] = this.view.selection;
    const command = id === undefined ? undefined : this.tree.row(id)?.command?.command;
    if (command !== undefined) await vscode.commands.executeCommand(command, id);
  }
}
