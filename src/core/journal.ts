import type { ClosingReason } from './closing.ts';
import type { Priority } from './priority.ts';
import type { ProposalKind, Write } from './proposal.ts';
import type { Signal } from './signal.ts';
import type { SourceFailure } from './sourceStatus.ts';

/** What happened to items on this machine; append-only. */
export interface JournalEntry {
  /** Unique; what `undone` names. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** The signals it happened to; empty for events of the shift itself. */
  readonly signalIds: readonly string[];
  readonly event: JournalEvent;
  /** What it happened to, as it was called then: signals go away. Missing where none of them was known. */
  readonly about?: About | undefined;
  /** Who did it, as the team file named them then. Missing where nobody did, and where nobody knew who was signed in. */
  readonly by?: string | undefined;
}

/** How a matter was called, and where it lives. */
export interface About {
  readonly title: string;
  readonly url: string;
}

export type JournalEvent =
  | {
      readonly type: 'converted';
      readonly repository: string;
      readonly number: number;
      readonly url: string;
      readonly title: string;
      readonly timeboxMinutes: number;
      readonly priority: Priority;
    }
  | { readonly type: 'claimed' }
  | { readonly type: 'released' }
  | { readonly type: 'done'; readonly seen?: Seen | undefined }
  | { readonly type: 'reopened' }
  | { readonly type: 'snoozed'; readonly until: SnoozeEnd; readonly seen?: Seen | undefined }
  | { readonly type: 'woken' }
  | { readonly type: 'prioritised'; readonly priority: Priority }
  | { readonly type: 'noted'; readonly text: string }
  | { readonly type: 'keptInMind'; readonly text: string }
  /** The timebox: one runs at a time, its span is from `started` or `resumed` to `paused` or `stopped`. */
  | { readonly type: 'started'; readonly minutes: number }
  | { readonly type: 'paused' }
  | { readonly type: 'resumed' }
  | { readonly type: 'extended'; readonly minutes: number; readonly reason: string }
  | { readonly type: 'stopped' }
  /** Time that was spent without a running timebox, or that is taken off again (negative). */
  | { readonly type: 'timeLogged'; readonly minutes: number; readonly reason: string }
  /** A watched place was checked; with signals, only those of it were looked at. */
  | { readonly type: 'checked'; readonly watchId: string }
  /** Its signals are one matter. */
  | { readonly type: 'merged' }
  /** Those of its signals that are in `off` are not the matter of the others. */
  | { readonly type: 'keptApart'; readonly off: readonly string[] }
  /** A review request that a teammate seemed to be on was taken over. */
  | { readonly type: 'reviewsTaken' }
  /** It stays with `who`, in the bundle of that id, until then (epoch ms). */
  | { readonly type: 'reviewsKept'; readonly bundle: string; readonly who: string; readonly until: number }
  | {
      readonly type: 'handoffPosted';
      readonly handoffId: string;
      readonly where: 'slack' | 'issue';
      readonly url: string;
    }
  /** One try of one step of a proposal; the record stays when the proposal is forgotten. */
  | {
      readonly type: 'attempted';
      readonly proposalId: string;
      readonly kind: ProposalKind;
      readonly title: string;
      /** From 0, of `steps`. */
      readonly step: number;
      readonly steps: number;
      readonly write: Write['type'];
      /** `found`: an earlier try had written it. */
      readonly result: 'done' | 'found' | 'failed';
      /** Of what it left outside. */
      readonly url: string | undefined;
      readonly reason: SourceFailure | undefined;
      /** The service's own words why not, one line. */
      readonly message?: string | undefined;
      /** Which of tries that failed alike it was, from 2; not each of those is told. */
      readonly tries?: number | undefined;
      /** It got no further than looking for what an earlier try may have written. */
      readonly isLook?: boolean | undefined;
    }
  /**
   * What stopped the clock: the team's first response, by `who`, at the entry's own time; kept for the statistics. In
   * working minutes; the target was met when it took no more than that.
   */
  | {
      readonly type: 'responded';
      readonly who: string;
      /** When the clock began, epoch ms. */
      readonly startedAt: number;
      readonly targetMinutes: number;
      readonly tookMinutes: number;
    }
  /**
   * An issue that its signals had become was closed; `drafts` replies to those who wait for it were proposed then. `unread`
   * are the places that could not be looked at: each has a later entry when it could, which names it as its `place`.
   */
  | {
      readonly type: 'issueClosed';
      readonly repository: string;
      readonly number: number;
      readonly url: string;
      readonly title: string;
      readonly reason: ClosingReason;
      readonly drafts: number;
      readonly unread?: readonly UnreadPlace[] | undefined;
      readonly place?: string | undefined;
    }
  /**
   * Takes an earlier entry back: it counts as if it had not happened. When it `givesBack` a claim, nothing of the item is
   * mine outside from then on, though its source shows it until it is read again.
   */
  | { readonly type: 'undone'; readonly entryId: string; readonly givesBack?: boolean | undefined };

/** A place whose reporters wait to hear, by its signal id, and why it could not be read. */
export interface UnreadPlace {
  readonly id: string;
  readonly reason: SourceFailure;
}

/** The events to which a table says yes. It names every one, so that a new event is not forgotten. */
export type EventOf<Table extends Readonly<Record<JournalEvent['type'], boolean>>> = Extract<
  JournalEvent,
  { readonly type: { [Type in keyof Table]: Table[Type] extends true ? Type : never }[keyof Table] }
>;

/** What was known of an item when something was done to it: by signal id, its `updatedAt`. */
export type Seen = Readonly<Record<string, number>>;

/** When a snoozed item comes back: at a time (epoch ms), at the next human word, or when my shift ends. */
export type SnoozeEnd =
  | { readonly type: 'time'; readonly at: number }
  | { readonly type: 'reply' }
  | { readonly type: 'shiftEnd'; readonly at: number };

/** The entries that count: those that no later entry took back, and those that gave something back. */
export function standing(journal: readonly JournalEntry[]): readonly JournalEntry[] {
  const undone = new Set<string>();
  for (const { event } of journal) if (event.type === 'undone') undone.add(event.entryId);
  if (undone.size === 0) return journal;
  return journal.filter(({ id, event }) => (event.type === 'undone' ? event.givesBack === true : !undone.has(id)));
}

/** The entry with what its signals are called, where that is known and it does not say so itself. */
export function named(entry: JournalEntry, signals: ReadonlyMap<string, Signal>): JournalEntry {
  if (entry.about !== undefined) return entry;
  const about = aboutOf(entry.signalIds, signals);
  return about === undefined ? entry : { ...entry, about };
}

/** The entry with who did it; what the extension found out by itself is nobody's. */
export function signed(entry: JournalEntry, by: string | undefined, journal: readonly JournalEntry[]): JournalEntry {
  if (entry.by !== undefined || by === undefined || isFoundOut(entry.event)) return entry;
  const { event } = entry;
  const taken = event.type === 'undone' ? journal.find(({ id }) => id === event.entryId) : undefined;
  return taken !== undefined && isFoundOut(taken.event) ? entry : { ...entry, by };
}

/** Whether sources told of it, and nobody did it here. */
export function isFoundOut({ type }: Pick<JournalEvent, 'type'>): boolean {
  return type === 'responded' || type === 'issueClosed';
}

/** What stands for some signals: the first that still needs a look, otherwise the first that is known. */
export function aboutOf(ids: readonly string[], signals: ReadonlyMap<string, Signal>): About | undefined {
  const known = ids.flatMap((id) => signals.get(id) ?? []);
  const lead = known.find(({ state }) => state === 'open') ?? known[0];
  return lead && { title: lead.title, url: lead.url };
}
