import type { Item } from './item.ts';
import { type EventOf, type JournalEntry, type JournalEvent, type Seen, type SnoozeEnd, standing } from './journal.ts';
import type { Priority } from './priority.ts';
import type { Look } from './seen.ts';

/** What the journal says of one item. Times are epoch milliseconds. */
export interface ItemRecord {
  /** Claimed here by me and not released. */
  readonly claimedAt: number | undefined;
  /** Given back here by me, also by undoing a claim, and not claimed since. */
  readonly releasedAt: number | undefined;
  readonly doneAt: number | undefined;
  /** What was known then. */
  readonly doneSeen: Seen | undefined;
  readonly snooze: (Look & { readonly until: SnoozeEnd }) | undefined;
  readonly priority: Priority | undefined;
  /** In order of time. */
  readonly notes: readonly string[];
  /** What was said of a review request that a teammate seemed to be on. */
  readonly review: ReviewChoice | undefined;
}

/** Taken over by me, or left with `who`, in the bundle of that id, until then (epoch ms). */
export type ReviewChoice =
  | { readonly type: 'taken' }
  | { readonly type: 'kept'; readonly bundle: string; readonly who: string; readonly until: number };

/** The standing entries, in order of time; those of one moment in the order they were written. */
export interface JournalIndex {
  readonly bySignal: ReadonlyMap<string, readonly JournalEntry[]>;
  /** Each entry's place in the journal. */
  readonly places: ReadonlyMap<JournalEntry, number>;
}

export function indexJournal(journal: readonly JournalEntry[]): JournalIndex {
  const bySignal = new Map<string, JournalEntry[]>();
  const places = new Map<JournalEntry, number>();
  for (const entry of standing(journal)) {
    places.set(entry, places.size);
    for (const id of entry.signalIds) {
      const entries = bySignal.get(id);
      if (entries === undefined) bySignal.set(id, [entry]);
      else entries.push(entry);
    }
  }
  return { bySignal, places };
}

const NO_ENTRIES: readonly JournalEntry[] = [];

/** The entries about any of an item's signals, each once, in the order of the journal. */
export function entriesOf(item: Item, { bySignal, places }: JournalIndex): readonly JournalEntry[] {
  if (bySignal.size === 0) return NO_ENTRIES;
  if (item.signals.length === 1) return bySignal.get(item.signals[0].id) ?? NO_ENTRIES;
  const entries = new Set(item.signals.flatMap(({ id }) => bySignal.get(id) ?? NO_ENTRIES));
  const placeOf = (entry: JournalEntry): number => places.get(entry) ?? 0;
  return [...entries].sort((a, b) => placeOf(a) - placeOf(b));
}

/** Plays an item's entries in order: a later word replaces an earlier one. */
export function recordOf(entries: readonly JournalEntry[]): ItemRecord {
  return entries.reduce((record, { at, event }) => {
    if (event.type === 'undone' && event.givesBack === true) return { ...record, releasedAt: at };
    return isItemEvent(event) ? play(record, at, event) : record;
  }, NOTHING);
}

const NOTHING: ItemRecord = {
  claimedAt: undefined,
  releasedAt: undefined,
  doneAt: undefined,
  doneSeen: undefined,
  snooze: undefined,
  priority: undefined,
  notes: [],
  review: undefined,
};

/** The events that say something of an item itself; the others are about time, places and the shift. */
const OF_ITEMS = {
  claimed: true,
  released: true,
  done: true,
  reopened: true,
  snoozed: true,
  woken: true,
  prioritised: true,
  converted: true,
  noted: true,
  reviewsTaken: true,
  reviewsKept: true,
  keptInMind: false,
  started: false,
  paused: false,
  resumed: false,
  extended: false,
  stopped: false,
  timeLogged: false,
  checked: false,
  merged: false,
  keptApart: false,
  handoffPosted: false,
  attempted: false,
  responded: false,
  issueClosed: false,
  // But for what gives a claim back, see `recordOf`.
  undone: false,
} as const satisfies Record<JournalEvent['type'], boolean>;

type ItemEvent = EventOf<typeof OF_ITEMS>;

function isItemEvent(event: JournalEvent): event is ItemEvent {
  return OF_ITEMS[event.type];
}

function play(record: ItemRecord, at: number, event: ItemEvent): ItemRecord {
  switch (event.type) {
    case 'claimed':
      return { ...record, claimedAt: at, releasedAt: undefined };
    case 'released':
      return { ...record, claimedAt: undefined, releasedAt: at };
    case 'done':
      return { ...record, doneAt: at, doneSeen: event.seen, snooze: undefined };
    case 'reopened':
      return { ...record, doneAt: undefined, doneSeen: undefined };
    case 'snoozed':
      return { ...record, snooze: { at, seen: event.seen, until: event.until } };
    case 'woken':
      return { ...record, snooze: undefined };
    case 'prioritised':
    case 'converted':
      return { ...record, priority: event.priority };
    case 'noted':
      return { ...record, notes: [...record.notes, event.text] };
    case 'reviewsTaken':
      return { ...record, review: { type: 'taken' } };
    case 'reviewsKept': {
      const { bundle, who, until } = event;
      return { ...record, review: { type: 'kept', bundle, who, until } };
    }
  }
}
