import { type JournalEntry, standing } from './journal.ts';

/** What the responder said of some signals: that they are one matter, or that some of them are not that of the others. */
export interface Tie {
  /** The journal entry's. */
  readonly id: string;
  readonly signalIds: readonly string[];
  /** Those that were split off from the others; undefined when all of them were merged. */
  readonly off: ReadonlySet<string> | undefined;
}

export interface Ties {
  /** The last one first: it counts more than those before it. */
  readonly latestFirst: readonly Tie[];
  readonly bySignal: ReadonlyMap<string, readonly Tie[]>;
}

export const NO_TIES: Ties = { latestFirst: [], bySignal: new Map() };

/** All that was merged and kept apart, and not undone. */
export function tiesOf(journal: readonly JournalEntry[]): Ties {
  const latestFirst = standing(journal).flatMap(toTie).reverse();
  if (latestFirst.length === 0) return NO_TIES;
  const bySignal = new Map<string, Tie[]>();
  for (const tie of latestFirst)
    for (const id of tie.signalIds) {
      const ties = bySignal.get(id);
      if (ties === undefined) bySignal.set(id, [tie]);
      else ties.push(tie);
    }
  return { latestFirst, bySignal };
}

function toTie({ id, signalIds, event }: JournalEntry): readonly Tie[] {
  if (event.type === 'merged') return [{ id, signalIds, off: undefined }];
  return event.type === 'keptApart' ? [{ id, signalIds, off: new Set(event.off) }] : [];
}
