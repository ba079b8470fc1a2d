import type { Priority } from './priority.ts';

/** What happened to items on this machine; append-only. */
export interface JournalEntry {
  /** Epoch milliseconds. */
  readonly at: number;
  /** The signals it happened to; empty for events of the shift itself. */
  readonly signalIds: readonly string[];
  readonly event: JournalEvent;
}

export type JournalEvent =
  | { readonly type: 'seen' }
  | {
      readonly type: 'converted';
      readonly repository: string;
      readonly number: number;
      readonly url: string;
      readonly title: string;
      readonly timeboxMinutes: number;
      readonly priority: Priority;
    }
  | { readonly type: 'keptInMind'; readonly text: string }
  | {
      readonly type: 'handoffPosted';
      readonly handoffId: string;
      readonly where: 'slack' | 'issue';
      readonly url: string;
    }
  | { readonly type: 'closed' };
