import * as vscode from 'vscode';

/** Polls that answer at once need no bar. */
const PATIENCE_MS = 400;

/** The progress bar of a view, while something is busy. */
export class ViewProgress implements vscode.Disposable {
  readonly #viewId: string;
  #timer: NodeJS.Timeout | undefined;
  #finish: (() => void) | undefined;

  constructor(viewId: string) {
    this.#viewId = viewId;
  }

  set(busy: boolean): void {
    clearTimeout(this.#timer);
    if (busy) this.#timer = setTimeout(() => this.#begin(), PATIENCE_MS);
    else this.#end();
  }

  dispose(): void {
    this.set(false);
  }

  #begin(): void {
    if (this.#finish !== undefined) return;
    const location = { viewId: this.#viewId };
    void vscode.window.withProgress({ location }, () => new Promise<void>((resolve) => (this.#finish = resolve)));
  }

  #end(): void {
    this.#finish?.();
    this.#finish = undefined;
  }
}
