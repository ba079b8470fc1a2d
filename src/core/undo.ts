import { type EventOf, type JournalEntry, type JournalEvent, standing } from './journal.ts';

const UNDOABLE = {
  claimed: true,
  released: true,
  done: true,
  reopened: true,
  snoozed: true,
  woken: true,
  prioritised: true,
  noted: true,
  keptInMind: true,
  timeLogged: true,
  // See `keptTime`.
  started: true,
  checked: true,
  merged: true,
  keptApart: true,
  reviewsTaken: true,
  reviewsKept: true,
  // Outside there is an issue, or notes that people have read.
  converted: false,
  handoffPosted: false,
  // What somebody else saw, or did.
  responded: false,
  issueClosed: false,
  // A timebox that runs has its own ways to be mended.
  paused: false,
  resumed: false,
  extended: false,
  stopped: false,
  undone: false,
  attempted: false,
} as const satisfies Record<JournalEvent['type'], boolean>;

/** What counts as if it had not happened once it is taken back. */
export type UndoableEvent = EventOf<typeof UNDOABLE>;

export interface UndoableEntry extends JournalEntry {
  readonly event: UndoableEvent;
}

/** What one command did to one item or to many: an entry each, taken back together. */
export interface Act {
  readonly id: string;
  readonly entries: readonly [UndoableEntry, ...UndoableEntry[]];
}

export interface ActInput {
  /** Unique; the entries' ids begin with it. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly event: UndoableEvent;
  /** The signals of each item that it happens to. */
  readonly items: readonly (readonly string[])[];
}

/** One entry for each item, so that each item's own record stays whole; their ids tell that they are one act. */
export function actEntries({ id, at, event, items }: ActInput): readonly UndoableEntry[] {
  return items.map((signalIds, index) => ({ id: `${id}/${index}`, at, signalIds, event }));
}

/** The act that an entry is part of; an entry on its own is an act of its own. */
export function actIdOf(entryId: string): string {
  return entryId.replace(/\/\d+$/u, '');
}

/** The entry by which what a proposal declined is done. */
export function declinedId(proposalId: string): string {
  return `${proposalId}:done`;
}

/** The proposal that declined what an entry says is done; undefined when it was done without one. */
export function declinedBy(entryId: string): string | undefined {
  return /^(.+):done$/u.exec(entryId)?.[1];
}

/** Which acts may be meant. */
export interface ActFilter {
  /** Only these acts. */
  readonly acts?: ReadonlySet<string>;
  /** Only acts that touched one of these signals. */
  readonly signalIds?: ReadonlySet<string>;
}

/** The last act that still counts and can be taken back here, whole; undefined when there is none. */
export function lastAct(journal: readonly JournalEntry[], { acts, signalIds }: ActFilter): Act | undefined {
  const entries = standing(journal).filter(isUndoable);
  const last = entries.findLast(
    (entry) =>
      (acts === undefined || acts.has(actIdOf(entry.id))) &&
      (signalIds === undefined || entry.signalIds.some((id) => signalIds.has(id))),
  );
  if (last === undefined) return undefined;
  const id = actIdOf(last.id);
  const [first = last, ...others] = entries.filter((entry) => actIdOf(entry.id) === id);
  return { id, entries: [first, ...others] };
}

interface Undoing {
  /** Unique; the entries' ids begin with it. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** The ids of the claims without which nothing of their item is mine outside. */
  readonly givingBack?: ReadonlySet<string>;
}

/** The entries that take some others back. */
export function undoEntries(
  entries: readonly JournalEntry[],
  { id, at, givingBack }: Undoing,
): readonly JournalEntry[] {
  return entries.map((entry, index) => ({
    id: `${id}/${index}`,
    at,
    signalIds: entry.signalIds,
    event: { type: 'undone', entryId: entry.id, ...(givingBack?.has(entry.id) === true ? { givesBack: true } : {}) },
  }));
}

/** Whether an entry tells of something that a person did here and can take back. */
export function isUndoable(entry: JournalEntry): entry is UndoableEntry {
  // Having looked at something is no act that anybody wants back.
  const isLook = entry.event.type === 'checked' && entry.signalIds.length > 0;
  return !isLook && UNDOABLE[entry.event.type];
}
