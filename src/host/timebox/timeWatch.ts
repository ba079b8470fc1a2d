import { type Budget, budgetAt } from '../../core/budget.ts';
import { TIMEBOX_MARKS, type TimeboxMark, timeboxAt } from '../../core/timeboxRun.ts';
import type { BudgetView, TimeboxView } from '../../core/view.ts';

/** How often a running timebox says that the machine is awake. */
const BEAT_MS = 30_000;
/** Longer without a beat, and the machine slept or VS Code was closed. */
const SLEEP_MS = 2 * 60_000;
/** Of the windows of a machine one asks; it gives way when it has not said so for so long. */
const LEASE_MS = 90_000;

/** Time that passed without a sign of this machine; epoch ms. */
export interface Silence {
  readonly from: number;
  readonly to: number;
}

export interface TimeWatchPorts {
  readonly timebox: () => TimeboxView | undefined;
  /** Undefined also while it is not to be spoken of. */
  readonly budget: () => BudgetView | undefined;
  /** Takes the silence off the timebox and asks whether it counts after all. */
  readonly askSilence: (view: TimeboxView, silence: Silence) => void;
  readonly askMark: (view: TimeboxView, mark: TimeboxMark) => void;
  readonly sayBudget: (budget: Budget) => void;
  /** Small values of this team that outlive a reload and a crash, shared by all windows. */
  readonly memory: { readonly get: (key: string) => unknown; readonly set: (key: string, value: unknown) => void };
  /** Whether this window is the one that asks; takes or renews that right. */
  readonly takeLease: (ttlMs: number) => boolean;
  /** Calls `run` after `ms`; returns what prevents it. */
  readonly later: (run: () => void, ms: number) => () => void;
  /** It could not look, because of that; it looks again by itself. */
  readonly failed: (error: unknown) => void;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * Watches a running timebox and the budget: notices sleep by a heartbeat, and asks once at each mark, in one window of
 * the machine. What was asked and when the machine was last awake outlives a crash.
 */
export class TimeWatch {
  readonly #ports: TimeWatchPorts;
  #awakeAt = 0;
  #writtenAt = 0;
  #cancel: (() => void) | undefined;

  constructor(ports: TimeWatchPorts) {
    this.#ports = ports;
  }

  /** To be called whenever timebox or budget may have changed; it looks again by itself while one runs. */
  look(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    // A store that another window keeps locked must not end the extension host: nobody is above a timer to catch it.
    try {
      this.#lookNow();
    } catch (error) {
      this.#cancel = this.#ports.later(() => this.look(), BEAT_MS);
      this.#ports.failed(error);
    }
  }

  dispose(): void {
    this.#cancel?.();
  }

  #lookNow(): void {
    const { now } = this.#ports;
    const view = this.#ports.timebox();
    if (view?.runningSince !== undefined) this.#watch(view, view.runningSince);
    const isBudgetUnsaid = this.#watchBudget();
    const nextMarkAt = view === undefined ? undefined : timeboxAt(view, view.limitMinutes, now()).nextMarkAt;
    if (view?.runningSince === undefined) {
      if (isBudgetUnsaid) this.#cancel = this.#ports.later(() => this.look(), LEASE_MS);
      return;
    }
    const wait = Math.min(BEAT_MS, (nextMarkAt ?? Number.POSITIVE_INFINITY) - now());
    this.#cancel = this.#ports.later(() => this.look(), Math.max(50, wait));
  }

  #watch(view: TimeboxView, runningSince: number): void {
    const { memory, takeLease } = this.#ports;
    const now = this.#ports.now();
    const written = memory.get('seenAt');
    const seenAt = Math.max(runningSince, this.#awakeAt, typeof written === 'number' ? written : 0);
    const mayAsk = takeLease(LEASE_MS);
    // Not before: when that throws, the next look still knows how long it was silent.
    this.#awakeAt = now;
    if (!mayAsk) return;
    if (now - seenAt > SLEEP_MS) this.#ports.askSilence(view, { from: seenAt, to: now });
    else this.#watchMark(view, now);
    if (now - this.#writtenAt < BEAT_MS && now >= this.#writtenAt) return;
    memory.set('seenAt', now);
    this.#writtenAt = now;
  }

  #watchMark(view: TimeboxView, now: number): void {
    const { mark } = timeboxAt(view, view.limitMinutes, now);
    // Extended, it has other marks to come to.
    const box = `${view.id} ${view.boxMinutes} `;
    const asked = this.#ports.memory.get('asked');
    const before = typeof asked === 'string' && asked.startsWith(box) ? asked.slice(box.length) : 'none';
    if (rank(mark) <= rank(before)) return;
    this.#ports.memory.set('asked', `${box}${mark}`);
    this.#ports.askMark(view, mark);
  }

  /** True when something is left to say: another window has the right to, and may have gone without a word. */
  #watchBudget(): boolean {
    const view = this.#ports.budget();
    if (view === undefined) return false;
    const budget = budgetAt(view, this.#ports.now());
    if (budget.warn === 'none') return false;
    const shift = `${view.shift.from} `;
    const said = this.#ports.memory.get('budgetSaid');
    if (said === `${shift}full` || said === `${shift}${budget.warn}`) return false;
    if (!this.#ports.takeLease(LEASE_MS)) return true;
    this.#ports.memory.set('budgetSaid', `${shift}${budget.warn}`);
    this.#ports.sayBudget(budget);
    return false;
  }
}

function rank(mark: string): number {
  return TIMEBOX_MARKS.findIndex((each) => each === mark);
}
