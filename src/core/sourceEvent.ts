/** What was done to a signal where it lives, and named nothing more. */
export type PlainDeed =
  | 'closed'
  | 'closedNotPlanned'
  | 'closedDuplicate'
  | 'reopened'
  | 'merged'
  | 'madeDraft'
  | 'madeReady'
  | 'approved'
  | 'changesRequested'
  | 'triggered'
  | 'acknowledged'
  | 'unacknowledged'
  | 'escalated'
  | 'snoozed'
  | 'resolved';

/** What was done with something that has a name: a login, a label, a title, an issue. */
export type NamedDeed =
  | 'assigned'
  | 'unassigned'
  | 'labeled'
  | 'unlabeled'
  | 'milestoned'
  | 'demilestoned'
  | 'renamed'
  | 'reviewRequested'
  | 'reviewNotRequested'
  | 'mentionedInIssue'
  | 'mentionedInPull'
  | 'mentionedInCommit';

export type SourceDeed =
  | { readonly type: PlainDeed }
  /** The name is one line of plain text. */
  | { readonly type: NamedDeed; readonly name: string };

/** Something that was done to a signal where it lives, and is no word that somebody said. */
export interface SourceEvent {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Undefined where the source does not say. */
  readonly who: string | undefined;
  readonly deed: SourceDeed;
  /** Where there is more of it; http(s) only. */
  readonly url: string | undefined;
}

/** What a source keeps of what was done to a signal. Read at the moment it is needed, never stored. */
export interface SourceEvents {
  readonly events: readonly SourceEvent[];
  /** Events that could not be read; shown, never silently dropped. */
  readonly skipped: number;
}

const CLOSING: ReadonlySet<SourceDeed['type']> = new Set<SourceDeed['type']>([
  'closed',
  'closedNotPlanned',
  'closedDuplicate',
  'merged',
  'resolved',
]);

/** Whether the last of some deeds that closed or reopened, in order of time, closed. */
export function endsClosed(deeds: readonly SourceDeed[]): boolean {
  const last = deeds.findLast(({ type }) => CLOSING.has(type) || type === 'reopened');
  return last !== undefined && CLOSING.has(last.type);
}
