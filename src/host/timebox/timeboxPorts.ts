import type { Item } from '../../core/item.ts';
import type { JournalEvent } from '../../core/journal.ts';
import type { TimeboxView } from '../../core/view.ts';

/** What the timebox needs from the rest of the extension. */
export interface TimeboxPorts {
  readonly limitMinutes: () => number;
  /** The timebox that runs or is paused, as the journal tells it now. */
  readonly timebox: () => TimeboxView | undefined;
  readonly item: (itemId: string) => Item | undefined;
  /** All time spent on these signals, in milliseconds. */
  readonly spentOn: (signalIds: readonly string[]) => number;
  /** Writes to the journal, as of `at` (epoch ms) or of now; returns the entry's id. */
  readonly record: (signalIds: readonly string[], event: JournalEvent, at?: number) => string;
  /** Starts a timebox and claims, reopens or wakes the item where that is not so yet, all as one act. */
  readonly start: (item: Item, minutes: number) => void;
  /** Says what was just done, with *Undo*. */
  readonly offerUndo: (text: string) => void;
  readonly done: (item: Item) => Promise<void>;
  readonly note: (item: Item) => Promise<void>;
  readonly open: (item: Item) => Promise<void>;
  /** Starts from a timebox of so many minutes. */
  readonly convert: (item: Item, timeboxMinutes: number) => Promise<void>;
  /** Of the person. */
  readonly timeZone: () => string;
  /** Minutes of a working day: what `1d` means. */
  readonly dayMinutes: () => number;
  /** Epoch milliseconds. */
  readonly now: () => number;
}
