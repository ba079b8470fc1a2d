import type { JournalEntry } from './journal.ts';
import { runOf, spentInBox } from './timeboxRun.ts';
import { undoEntries } from './undo.ts';

const MINUTE = 60_000;

export interface UndoTimeInput {
  /** Of the undo; the entries' ids begin with it. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** What is kept with time that is logged. */
  readonly reason: string;
}

/**
 * What is to be recorded when `started` is undone after the timebox ran for a minute or more: work that was done stays
 * counted, as time that is logged, and a timebox that it had paused goes on from now and not from then.
 */
export function keptTime(
  journal: readonly JournalEntry[],
  started: JournalEntry,
  { id, at, reason }: UndoTimeInput,
): readonly JournalEntry[] {
  const minutes = Math.floor(spentInBox(journal, started.id, at) / MINUTE);
  if (minutes < 1) return [];
  const entryOf = (part: string, entry: Omit<JournalEntry, 'id'>): JournalEntry => ({
    id: `${id}-${part}/0`,
    ...entry,
  });
  const logged = entryOf('time', { at, signalIds: started.signalIds, event: { type: 'timeLogged', minutes, reason } });
  const without = runOf([...journal, ...undoEntries([started], { id, at })]);
  const wasPaused = without?.runningSince !== undefined && without.runningSince <= started.at;
  if (!wasPaused) return [logged];
  const { signalIds } = without;
  return [
    logged,
    entryOf('paused', { at: started.at, signalIds, event: { type: 'paused' } }),
    entryOf('resumed', { at, signalIds, event: { type: 'resumed' } }),
  ];
}
