import * as vscode from 'vscode';

/** What of an item in the status bar stays as it is. */
interface Frame {
  readonly id: string;
  /** As the menu of the status bar calls it. */
  readonly name: string;
  readonly command: string;
  readonly priority: number;
}

/** An item in the status bar whose words go out of date by themselves: it is painted again when they do. */
export class TimedStatusItem<View> implements vscode.Disposable {
  readonly #item: vscode.StatusBarItem;
  readonly #paintOn: (item: vscode.StatusBarItem, view: View) => number | undefined;
  #view: View | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** `paint` returns after how many milliseconds it is to be called again; undefined until there is another view. */
  constructor(frame: Frame, paint: (item: vscode.StatusBarItem, view: View) => number | undefined) {
    this.#item = vscode.window.createStatusBarItem(frame.id, vscode.StatusBarAlignment.Left, frame.priority);
    this.#item.name = frame.name;
    this.#item.command = frame.command;
    this.#paintOn = paint;
  }

  /** Shows `view`; hidden without one. */
  show(view: View | undefined): void {
    this.#view = view;
    this.#paint();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#item.dispose();
  }

  #paint(): void {
    clearTimeout(this.#timer);
    if (this.#view === undefined) {
      this.#item.hide();
      return;
    }
    const waitMs = this.#paintOn(this.#item, this.#view);
    this.#item.show();
    if (waitMs !== undefined) this.#timer = setTimeout(() => this.#paint(), waitMs);
  }
}
