import * as vscode from 'vscode';

/** For so long after a write its *Undo* stands in the status bar; after that it is in the journal. */
const SHOWN_MS = 60_000;

/** One entry of the status bar that takes the last write back. */
export class UndoBar implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('responder.undo', vscode.StatusBarAlignment.Left, 98);
  #hiding: NodeJS.Timeout | undefined;

  /** Offers to take proposals back. */
  show(text: string, proposalIds: readonly string[]): void {
    const undo = vscode.l10n.t('Undo: {0}', text);
    this.#show(undo, { command: 'responder.undoWrite', title: vscode.l10n.t('Undo'), arguments: [proposalIds] });
  }

  /** Offers to take back the last act on items, which the key `u` of the Queue does as well. */
  showAct(text: string): void {
    // The key first, since the status bar cuts what is long at its end.
    const undo = vscode.l10n.t('Undo (u): {0}', text);
    this.#show(undo, { command: 'responder.undo', title: vscode.l10n.t('Undo') });
  }

  #show(text: string, command: vscode.Command): void {
    this.#item.name = vscode.l10n.t('Responder Duty: Undo');
    this.#item.text = `$(discard) ${text}`;
    this.#item.accessibilityInformation = { label: text, role: 'button' };
    this.#item.command = command;
    this.#item.show();
    clearTimeout(this.#hiding);
    this.#hiding = setTimeout(() => this.#item.hide(), SHOWN_MS);
  }

  hide(): void {
    clearTimeout(this.#hiding);
    this.#item.hide();
  }

  dispose(): void {
    clearTimeout(this.#hiding);
    this.#item.dispose();
  }
}
