import * as vscode from 'vscode';
import { formatMinutes } from '../../core/duration.ts';
import { timeboxAt } from '../../core/timeboxRun.ts';
import type { TimeboxView } from '../../core/view.ts';
import { inertTitle } from '../inert.ts';
import { spentText, standText } from './words.ts';

/** Minutes are shown: twice a minute is enough, and exactly when something is reached. */
const TICK_MS = 30_000;

/** The timebox, in the status bar, while there is one. */
export class TimeboxStatusBar implements vscode.Disposable {
  readonly #item: vscode.StatusBarItem;
  #view: TimeboxView | undefined;
  readonly #now: () => number;
  #timer: NodeJS.Timeout | undefined;

  /** `now` is epoch milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
    this.#item = vscode.window.createStatusBarItem('responder.timebox', vscode.StatusBarAlignment.Left, 19);
    this.#item.name = vscode.l10n.t('Responder Timebox');
    this.#item.command = 'responder.showTimebox';
  }

  /** Shows `view`; hidden without one. */
  show(view: TimeboxView | undefined): void {
    this.#view = view;
    this.#paint();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#item.dispose();
  }

  #paint(): void {
    clearTimeout(this.#timer);
    const view = this.#view;
    if (view === undefined) {
      this.#item.hide();
      return;
    }
    const now = this.#now();
    const reading = timeboxAt(view, view.limitMinutes, now);
    const stand = standText(view, reading);
    this.#item.text = `$(${reading.state === 'paused' ? 'debug-pause' : 'watch'}) ${stand} · ${inertTitle(view.title)}`;
    this.#item.accessibilityInformation = { label: vscode.l10n.t('Timebox: {0}, {1}', stand, view.title) };
    this.#item.tooltip = [
      view.title,
      vscode.l10n.t('{0} of {1} used', spentText(reading.spentMs), formatMinutes(view.boxMinutes)),
      ...(reading.mustConvert ? [vscode.l10n.t('The rest reaches the limit: convert it to an issue')] : []),
    ].join('\n');
    this.#item.show();
    if (reading.state === 'running')
      this.#timer = setTimeout(() => this.#paint(), Math.min(TICK_MS, (reading.nextMarkAt ?? now + TICK_MS) - now));
  }
}
