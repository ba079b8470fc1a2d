import type { Item } from './item.ts';
import type { JournalEntry } from './journal.ts';
import type { Signal } from './signal.ts';

/** The issue that an item became. */
export interface CreatedIssueRef {
  /** `owner/name`. */
  readonly repository: string;
  readonly number: number;
  readonly url: string;
}

/**
 * By signal id, the issue it was converted to; read from this machine's journal. The last conversion wins. The issue
 * itself is among them: it outlives what it was made of, which its source stops reporting one day.
 */
export function conversionsOf(journal: readonly JournalEntry[]): ReadonlyMap<string, CreatedIssueRef> {
  const conversions = new Map<string, CreatedIssueRef>();
  for (const { event, signalIds } of journal) {
    if (event.type !== 'converted') continue;
    const { repository, number, url } = event;
    for (const id of [...signalIds, `github:${repository}#${number}`]) conversions.set(id, { repository, number, url });
  }
  return conversions;
}

/**
 * The issue that an item was converted to: what the journal says, or a signal of it that carries the marker of another
 * one (converted on another machine, by somebody else, weeks ago).
 */
export function conversionOf(
  item: Item,
  conversions: ReadonlyMap<string, CreatedIssueRef>,
): CreatedIssueRef | undefined {
  for (const signal of item.signals) {
    const recorded = conversions.get(signal.id);
    if (recorded !== undefined) return recorded;
  }
  // A marker counts only beside the signal that it names.
  if (item.signals.length === 1) return undefined;
  return item.signals.map((signal) => markedIssue(signal, item)).find((issue) => issue !== undefined);
}

function markedIssue(signal: Signal, item: Item): CreatedIssueRef | undefined {
  if (!signal.markers.some((id) => id !== signal.id && item.signals.some((other) => other.id === id))) return undefined;
  const match = /^github:([^/]+\/[^#]+)#(\d+)$/u.exec(signal.id);
  const [, repository, number] = match ?? [];
  return repository === undefined || number === undefined
    ? undefined
    : { repository, number: Number(number), url: signal.url };
}
