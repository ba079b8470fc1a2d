import * as vscode from 'vscode';
import { isMyHour } from '../core/dutyLine.ts';
import { waitingForPerson } from '../core/proposalView.ts';
import type { QueueView, ResponderView } from '../core/view.ts';
import { badgeOf } from './badge.ts';
import { ContextKey, type QueueState } from './contextKeys.ts';
import { pausedText } from './dutyWords.ts';
import { filterMessage } from './filter/words.ts';
import { proposalsTitle } from './gate/words.ts';
import { isDryRun } from './gate/writeSettings.ts';
import { dutyStatusBar } from './statusBar.ts';
import { timeboxStatusBar } from './timebox/timeboxStatusBar.ts';
import { coverageRows } from './tree/coverageRows.ts';
import { handoffRows } from './tree/handoffRows.ts';
import { itemRowId, type QueueMoment } from './tree/itemRows.ts';
import { proposalRows } from './tree/proposalRows.ts';
import { queueRows } from './tree/queueRows.ts';
import { rotationRows } from './tree/rotationRows.ts';
import { RowView } from './tree/rowView.ts';

/** Ages in the rows grow by the minute. */
const AGE_TICK_MS = 60_000;

/** Everything a person sees all the time, painted from one plain view: the trees, the badge, the status bar. */
export class Painter implements vscode.Disposable {
  readonly #queue = new RowView('responder.queue', { canSelectMany: true, showCollapseAll: true });
  /** A place is checked by itself, not because its items are. */
  readonly #coverage = new RowView('responder.coverage', { manageCheckboxStateManually: true });
  readonly #proposals = new RowView('responder.proposals', { canSelectMany: true });
  readonly #handoffs = new RowView('responder.handoffs');
  readonly #rotation = new RowView('responder.rotation');
  readonly queue = this.#queue.view;
  readonly proposals = this.#proposals.view;
  readonly #statusBar: ReturnType<typeof dutyStatusBar>;
  readonly #timeboxBar: ReturnType<typeof timeboxStatusBar>;
  readonly #now: () => number;
  readonly #state = new ContextKey('responder.state');
  readonly #hasTeam = new ContextKey('responder.hasTeam');
  readonly #filtered = new ContextKey('responder.filtered');
  readonly #disposables: vscode.Disposable[];
  #view: ResponderView | undefined;
  #showsQueue = true;

  /** `now` is epoch milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
    this.#statusBar = dutyStatusBar(now);
    this.#timeboxBar = timeboxStatusBar(now);
    const tick = setInterval(() => this.#paintRows(), AGE_TICK_MS);
    this.#disposables = [
      this.#queue,
      this.#coverage,
      this.#proposals,
      this.#handoffs,
      this.#rotation,
      this.#statusBar,
      this.#timeboxBar,
      this.#coverage.view.onDidChangeCheckboxState(({ items }) => void this.#tick(items)),
      { dispose: () => clearInterval(tick) },
    ];
    this.#state.set('starting');
  }

  /** What was painted last. */
  get painted(): ResponderView | undefined {
    return this.#view;
  }

  /** Shows a view, or that there is none and why. */
  show(state: QueueState, view: ResponderView | undefined): void {
    this.#view = view;
    // A failure row for each source would say the same as the welcome text does once.
    this.#showsQueue = state !== 'signedOut';
    this.#state.set(state);
    this.#hasTeam.set(view !== undefined);
    this.#statusBar.show(view?.duty && { ...view, duty: view.duty });
    this.#timeboxBar.show(view?.timebox);
    this.#filtered.set(view?.queue.filter !== undefined);
    this.#showBadge(view?.queue);
    this.#nameProposals(view?.proposals ?? []);
    this.#paintRows();
  }

  /** Selects an item's row in the Queue and gives it the focus; the Queue itself has it without an item. */
  async reveal(itemId: string | undefined): Promise<void> {
    await vscode.commands.executeCommand('responder.queue.focus');
    if (itemId === undefined) return;
    const row = itemRowId(itemId);
    this.#queue.tree.flush();
    if (this.#queue.tree.row(row) !== undefined) await this.queue.reveal(row, { select: true, focus: true });
  }

  /** An empty tree shows its welcome text only without a message; that text speaks of the filter as well. */
  #showMessage(filter: QueueView['filter']): void {
    const message = filter === undefined ? '' : filterMessage(filter);
    if ((this.queue.message ?? '') !== message) this.queue.message = message;
  }

  #showBadge(queue: QueueView | undefined): void {
    const badge = queue === undefined ? undefined : badgeOf(queue);
    const { badge: shown } = this.queue;
    if (shown?.value !== badge?.value || shown?.tooltip !== badge?.tooltip) this.queue.badge = badge;
  }

  dispose(): void {
    for (const each of this.#disposables) each.dispose();
  }

  /**
   * The number is part of the title: of a folded view VS Code shows nothing else. A badge would be added to the Queue's on the
   * activity bar, which counts something else.
   */
  #nameProposals(proposals: ResponderView['proposals']): void {
    const title = proposalsTitle(waitingForPerson(proposals));
    if (this.proposals.title !== title) this.proposals.title = title;
    this.proposals.description = isDryRun() ? vscode.l10n.t('dry run') : '';
  }

  /** VS Code has ticked the boxes already; when that could not be kept, they go back. */
  async #tick(boxes: readonly (readonly [string, vscode.TreeItemCheckboxState])[]): Promise<void> {
    const ticks = boxes.map(([row, state]) => [row, state === vscode.TreeItemCheckboxState.Checked]);
    await vscode.commands.executeCommand('responder.checkPlaces', ticks);
    this.#coverage.tree.redraw(boxes.map(([row]) => row));
  }

  #moment({ queue, duty, timebox }: ResponderView, now: number): QueueMoment {
    return {
      now,
      timeZone: duty?.timeZone ?? 'UTC',
      dayMinutes: queue.dayMinutes,
      isOnDuty: duty !== undefined && isMyHour(duty, now),
      paused: duty === undefined ? undefined : pausedText(duty, now),
      timebox,
    };
  }

  #paintRows(): void {
    const view = this.#view;
    const now = this.#now();
    const moment = view === undefined ? undefined : this.#moment(view, now);
    this.#paintQueue(view, moment);
    this.#coverage.tree.show(view === undefined || moment === undefined ? [] : coverageRows(view.coverage, moment));
    this.#proposals.tree.show(proposalRows(view?.proposals ?? [], now));
    this.#rotation.tree.show(rotationRows(view?.duty, view?.budget, now));
    this.#handoffs.tree.show(view === undefined ? [] : handoffRows(view.handoffs, view.duty?.timeZone ?? 'UTC', now));
  }

  #paintQueue(view: ResponderView | undefined, moment: QueueMoment | undefined): void {
    const hasQueue = view !== undefined && moment !== undefined && this.#showsQueue;
    const rows = hasQueue ? queueRows(view.queue, moment) : [];
    this.#queue.tree.show(rows);
    this.#showMessage(rows.length === 0 ? undefined : view?.queue.filter);
  }
}
