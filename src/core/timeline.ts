import type { Conversation, Message } from './conversation.ts';
import type { Item } from './item.ts';
import type { JournalRow } from './journalView.ts';
import type { Signal } from './signal.ts';

/** One thing that happened to an item, here or where it lives. Times are epoch milliseconds. */
export type TimelineEvent =
  /** A signal began; told where its conversation does not tell it. */
  | { readonly type: 'began'; readonly at: number; readonly signal: Signal }
  | { readonly type: 'said'; readonly at: number; readonly signal: Signal; readonly message: Message }
  /** Somebody's first and last word, where what was said could not be read. */
  | { readonly type: 'spoke'; readonly at: number; readonly signal: Signal; readonly who: string }
  /** It was over at its source by then. */
  | { readonly type: 'closed'; readonly at: number; readonly signal: Signal }
  | { readonly type: 'did'; readonly at: number; readonly row: JournalRow };

export interface TimelineInput {
  readonly item: Item;
  /** Of the whole journal, newest first. */
  readonly rows: readonly JournalRow[];
  /** What was read, by signal id. */
  readonly conversations: ReadonlyMap<string, Conversation>;
}

/** All that happened to an item, oldest first; of one moment, what came from outside first. */
export function projectTimeline({ item, rows, conversations }: TimelineInput): readonly TimelineEvent[] {
  const ids = new Set(item.signals.map(({ id }) => id));
  const own = rows.filter(({ signalIds }) => signalIds.some((id) => ids.has(id)));
  const events: readonly TimelineEvent[] = [
    ...item.signals.flatMap((signal) => eventsOf(signal, conversations.get(signal.id))),
    ...own.toReversed().map((row) => ({ type: 'did', at: row.at, row }) as const),
  ];
  return events.toSorted((a, b) => a.at - b.at);
}

function eventsOf(signal: Signal, conversation: Conversation | undefined): readonly TimelineEvent[] {
  const said = (conversation?.messages ?? []).map(
    // A time that is none would be before and after everything.
    (message) => ({ type: 'said', at: timeOr(message.at, signal.startedAt), signal, message }) as const,
  );
  const closed: readonly TimelineEvent[] =
    signal.state === 'closed' ? [{ type: 'closed', at: signal.updatedAt, signal }] : [];
  if (said.length > 0) return [...said, ...closed];
  return [{ type: 'began', at: signal.startedAt, signal }, ...spoken(signal), ...closed];
}

function spoken(signal: Signal): readonly TimelineEvent[] {
  return signal.voices.flatMap(({ name, firstAt, lastAt }) =>
    [...new Set([firstAt, lastAt])]
      // The word that began it is told already.
      .filter((at) => at !== signal.startedAt)
      .map((at) => ({ type: 'spoke', at, signal, who: name }) as const),
  );
}

function timeOr(at: number, otherwise: number): number {
  return Number.isFinite(at) ? at : otherwise;
}
