import type { CreatedIssueRef } from './conversion.ts';
import type { PostedHandoff } from './handoff.ts';
import type { ServiceName, SignalKind } from './signal.ts';
import type { SourceStatus } from './sourceStatus.ts';
import type { Shift } from './team.ts';
import type { SpentTime, TimeboxRun } from './timeboxRun.ts';

/**
 * All that the views show, as plain data: the engine projects it, the host paints it, a snapshot of it is the first
 * paint of the next start. Times are epoch milliseconds; words are made by the host.
 */
export interface ResponderView {
  readonly queue: QueueView;
  readonly duty: DutyView | undefined;
  readonly handoffs: readonly PostedHandoff[];
  readonly timebox: TimeboxView | undefined;
  readonly budget: BudgetView | undefined;
}

export interface QueueView {
  readonly groups: readonly QueueGroup[];
  /** Items that need a look: the badge. */
  readonly waiting: number;
}

export interface QueueGroup {
  /** `source:<source id>` or `converted`; stable. */
  readonly id: string;
  readonly status: SourceStatus | undefined;
  /** How many items it has, shown or not. */
  readonly count: number;
  readonly items: readonly QueueItem[];
}

export interface QueueItem {
  readonly id: string;
  readonly kind: SignalKind;
  readonly service: ServiceName;
  readonly title: string;
  readonly excerpt: string;
  readonly url: string;
  readonly place: string;
  readonly author: string | undefined;
  readonly updatedAt: number;
  readonly replies: number;
  readonly count: number;
  readonly quiet: boolean;
  readonly converted: CreatedIssueRef | undefined;
  /** Every signal of the item when there are several; empty otherwise. */
  readonly signals: readonly QueueSignal[];
}

export interface QueueSignal {
  readonly id: string;
  readonly kind: SignalKind;
  readonly title: string;
  readonly url: string;
  readonly place: string;
  readonly updatedAt: number;
}

/** What the status bar and "who is on duty" need, worked out ahead so that painting needs no calendar. */
export interface DutyView {
  readonly team: string;
  /** The zone in which hours are said: mine when I am on the team, the team's otherwise. */
  readonly timeZone: string;
  /** My name on the team, when the signed-in account is in the team file. */
  readonly me: string | undefined;
  /** The shifts around now, in order, without overlaps. */
  readonly shifts: readonly Shift[];
  /** Working time of whoever is on duty, in order: outside it is off hours. */
  readonly working: readonly { readonly from: number; readonly to: number }[];
  /** Slack channel to ask in, without `#`. */
  readonly channel: string | undefined;
}

/** The timebox that runs or is paused; `timeboxAt` reads it at a moment. */
export interface TimeboxView extends TimeboxRun {
  /** Undefined when its source no longer reports the item. */
  readonly itemId: string | undefined;
  readonly title: string;
  readonly limitMinutes: number;
}

/** The duty budget of the shift that runs; `budgetAt` reads it at a moment. */
export interface BudgetView {
  readonly shift: { readonly from: number; readonly to: number };
  readonly budgetMs: number;
  /** The time by item; an empty id and title for what was logged for no item. */
  readonly items: readonly (Omit<SpentTime, 'signalIds'> & { readonly id: string; readonly title: string })[];
}
