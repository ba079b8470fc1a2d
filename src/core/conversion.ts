import type { Item } from './item.ts';
import { type JournalEntry, standing } from './journal.ts';
import { issueSignalId, type Signal } from './signal.ts';

/** The issue that an item became. */
export interface CreatedIssueRef {
  /** `owner/name`. */
  readonly repository: string;
  readonly number: number;
  readonly url: string;
}

/** By signal id: what became of it. `takenBack` is an issue of which all conversions were, though its marker stays. */
export type Conversions = ReadonlyMap<string, CreatedIssueRef | 'takenBack'>;

/**
 * By signal id, the issue it was converted to; read from this machine's journal. The last conversion wins that was not
 * taken back. The issue itself is among them: it outlives what it was made of, which its source stops reporting one day.
 */
export function conversionsOf(journal: readonly JournalEntry[]): Conversions {
  const conversions = new Map<string, CreatedIssueRef | 'takenBack'>();
  for (const { event } of journal) if (event.type === 'converted') conversions.set(issueSignalId(event), 'takenBack');
  for (const { event, signalIds } of standing(journal)) {
    if (event.type !== 'converted') continue;
    const { repository, number, url } = event;
    for (const id of [...signalIds, issueSignalId(event)]) conversions.set(id, { repository, number, url });
  }
  return conversions;
}

/**
 * The issue that an item was converted to: what the journal says, or a signal of it that carries the marker of another
 * one (converted on another machine, by somebody else, weeks ago).
 */
export function conversionOf(item: Item, conversions: Conversions): CreatedIssueRef | undefined {
  for (const signal of item.signals) {
    const recorded = conversions.get(signal.id);
    if (recorded !== undefined && recorded !== 'takenBack') return recorded;
  }
  // A marker counts only beside the signal that it names.
  if (item.signals.length === 1) return undefined;
  const counting = item.signals.filter(({ id }) => conversions.get(id) !== 'takenBack');
  return counting.map((signal) => markedIssue(signal, item)).find((issue) => issue !== undefined);
}

function markedIssue(signal: Signal, item: Item): CreatedIssueRef | undefined {
  if (!signal.markers.some((id) => id !== signal.id && item.signals.some((other) => other.id === id))) return undefined;
  const match = /^github:([^/]+\/[^#]+)#(\d+)$/u.exec(signal.id);
  const [, repository, number] = match ?? [];
  return repository === undefined || number === undefined
    ? undefined
    : { repository, number: Number(number), url: signal.url };
}
