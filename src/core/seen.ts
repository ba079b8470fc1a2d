import type { Item } from './item.ts';
import type { JournalEvent, Seen } from './journal.ts';
import type { Roster } from './roster.ts';
import type { Signal } from './signal.ts';
import { type Word, wordsIn } from './turn.ts';

/** Something that was done to an item at `at` (epoch ms), knowing what is in `seen`. */
export interface Look {
  readonly at: number;
  /** Undefined in what older versions wrote: then all that came before `at` counts as seen. */
  readonly seen?: Seen | undefined;
}

/** The event with what is known of the item now, where it matters what comes after. */
export function seeing<E extends JournalEvent>(event: E, item: Item): E {
  if (event.type !== 'done' && event.type !== 'snoozed') return event;
  return { ...event, seen: Object.fromEntries(item.signals.map(({ id, updatedAt }) => [id, updatedAt])) };
}

/**
 * Whether what came to a signal at `at` (epoch ms) was not known at the look. Sources are asked once a minute and their
 * clocks are not ours, so that the time of the look itself tells little.
 */
export function isNew({ id }: Signal, at: number, look: Look): boolean {
  const { seen } = look;
  if (seen === undefined) return at > look.at;
  // What joined since is as new as it is newer than all that was there.
  return at > (seen[id] ?? Math.max(...Object.values(seen)));
}

/** A word of somebody else that was not known at the look. */
export function newWord(item: Item, roster: Roster, look: Look): Word | undefined {
  for (const signal of item.signals)
    for (const word of wordsIn(signal, roster)) if (!word.isMe && isNew(signal, word.lastAt, look)) return word;
  return undefined;
}
