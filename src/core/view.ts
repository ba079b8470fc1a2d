import type { QueueCall } from './calls.ts';
import type { RunningClock } from './clock.ts';
import type { CreatedIssueRef } from './conversion.ts';
import type { PostedHandoff } from './handoff.ts';
import type { SnoozeEnd } from './journal.ts';
import type { Priority } from './priority.ts';
import type { ProposalView } from './proposalView.ts';
import type { ServiceName, SignalKind } from './signal.ts';
import type { SourceFailure, SourceStatus } from './sourceStatus.ts';
import type { Shift } from './team.ts';
import type { SpentTime, TimeboxRun } from './timeboxRun.ts';
import type { Turn } from './turn.ts';
import type { NextReason } from './urgency.ts';

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
  readonly coverage: CoverageView;
  /** What waits to be written. */
  readonly proposals: readonly ProposalView[];
}

export interface QueueView {
  readonly groups: readonly QueueGroup[];
  /** Sources with something wrong, when no group of their own shows it. */
  readonly troubles: readonly SourceStatus[];
  /** Items that wait on us and on nobody in particular: the badge, when no filter was chosen for it. */
  readonly waiting: number;
  /** Those of them whose clock has run out. */
  readonly late: number;
  /** Those of them that call for a person now, most urgent first. */
  readonly calls: readonly QueueCall[];
  /** The most urgent of them, and why it is. */
  readonly next: { readonly id: string; readonly because: NextReason } | undefined;
  /** The minutes of a working day, for words about clocks. */
  readonly dayMinutes: number;
  /** The filter that narrows the groups, as a person knows it, and how many of all items it lets through. */
  readonly filter: { readonly name: string; readonly count: number; readonly total: number } | undefined;
  /** What the badge counts, when it was chosen: a filter's name, and how many items it lets through. */
  readonly badge: { readonly name: string; readonly count: number } | undefined;
}

export interface QueueGroup {
  /** `turn:<phase>`, `source:<source id>`, `priority:<priority or none>`, `place:<place>` or `converted`; stable. */
  readonly id: string;
  readonly status: SourceStatus | undefined;
  /** How many items it has, shown or not, those in bundles with them. */
  readonly count: number;
  readonly bundles: readonly QueueBundle[];
  readonly items: readonly QueueItem[];
}

/** Review requests in one row, and the teammate who is on them. */
export interface QueueBundle {
  readonly id: string;
  readonly who: string;
  /** Whether I left them with that teammate. */
  readonly isKept: boolean;
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
  /** How many spoke in it, or how often it was reported when that is more. */
  readonly people: number;
  readonly quiet: boolean;
  readonly converted: CreatedIssueRef | undefined;
  readonly turn: Turn;
  /** The response clock while it runs. */
  readonly clock: RunningClock | undefined;
  /** Who of the team has it, when that is not me. */
  readonly owner: string | undefined;
  readonly priority: Priority | undefined;
  /** By me. */
  readonly isClaimed: boolean;
  readonly isDone: boolean;
  readonly isSnoozed: boolean;
  readonly snooze: SnoozeEnd | undefined;
  /** What brought it back after it was done; `who` is undefined for what is not a human word. */
  readonly returned: { readonly who: string | undefined; readonly at: number } | undefined;
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

/** The watched places and when each was last checked; `uncheckedCount` reads it at a moment. */
export interface CoverageView {
  /** The person's local day on which it was projected. */
  readonly today: { readonly from: number; readonly to: number };
  /** When the work of that day begins; undefined on a day off. */
  readonly dueFrom: number | undefined;
  /** In the order of the team file. */
  readonly places: readonly PlaceView[];
}

export interface PlaceView {
  /** `Watch.id`. */
  readonly id: string;
  readonly service: ServiceName;
  readonly kind: 'label' | 'team' | 'notifications' | 'channel' | 'mention' | 'alerts';
  readonly name: string;
  /** By a person, on this machine. */
  readonly checkedAt: number | undefined;
  /** How many items have something new since. */
  readonly unseen: number;
  /** The latest of them. */
  readonly items: readonly QueueItem[];
  /** Why it cannot be read now. */
  readonly failure: SourceFailure | undefined;
}
