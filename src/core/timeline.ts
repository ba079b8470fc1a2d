import type { Conversation, Message } from './conversation.ts';
import type { Item } from './item.ts';
import type { JournalRow } from './journalView.ts';
import type { Signal } from './signal.ts';
import { endsClosed, type SourceEvent } from './sourceEvent.ts';

/** One thing that happened to an item, here or where it lives. Times are epoch milliseconds. */
export type TimelineEvent =
  /** A signal began; told where its conversation does not tell it. */
  | { readonly type: 'began'; readonly at: number; readonly signal: Signal }
  | { readonly type: 'said'; readonly at: number; readonly signal: Signal; readonly message: Message }
  /** Something was done to it there. */
  | { readonly type: 'happened'; readonly at: number; readonly signal: Signal; readonly event: SourceEvent }
  /** Somebody's first and last word, where what was said could not be read. */
  | { readonly type: 'spoke'; readonly at: number; readonly signal: Signal; readonly who: string }
  /** It was over at its source, told where no event tells it; `isBy`: by then, and nobody knows since when. */
  | { readonly type: 'closed'; readonly at: number; readonly signal: Signal; readonly isBy: boolean }
  | { readonly type: 'did'; readonly at: number; readonly row: JournalRow };

export interface TimelineInput {
  readonly item: Item;
  /** Of the whole journal, newest first. */
  readonly rows: readonly JournalRow[];
  /** What was said, as far as it was read, by signal id. */
  readonly conversations: ReadonlyMap<string, Conversation>;
  /** What was done, as far as it was read, by signal id. */
  readonly events: ReadonlyMap<string, readonly SourceEvent[]>;
}

/** All that happened to an item, oldest first; of one moment, what came from outside first. */
export function projectTimeline({ item, rows, conversations, events }: TimelineInput): readonly TimelineEvent[] {
  const ids = new Set(item.signals.map(({ id }) => id));
  const own = rows.filter(({ signalIds }) => signalIds.some((id) => ids.has(id)));
  const all: readonly TimelineEvent[] = [
    ...item.signals.flatMap((signal) => outsideOf(signal, conversations.get(signal.id), events.get(signal.id) ?? [])),
    ...own.toReversed().map((row) => ({ type: 'did', at: row.at, row }) as const),
  ];
  return all.toSorted((a, b) => a.at - b.at);
}

function outsideOf(
  signal: Signal,
  conversation: Conversation | undefined,
  events: readonly SourceEvent[],
): readonly TimelineEvent[] {
  const happened = events.map(
    (event) => ({ type: 'happened', at: timeOr(event.at, signal.startedAt), signal, event }) as const,
  );
  const said = (conversation?.messages ?? []).map(
    // A time that is none would be before and after everything.
    (message) => ({ type: 'said', at: timeOr(message.at, signal.startedAt), signal, message }) as const,
  );
  const deeds = [
    ...happened.map(({ at, event }) => ({ at, deed: event.deed })),
    ...said.flatMap(({ at, message: { deed } }) => (deed === undefined ? [] : [{ at, deed }])),
  ];
  const isTold = endsClosed(deeds.toSorted((a, b) => a.at - b.at).map(({ deed }) => deed));
  const closed = signal.state === 'closed' && !isTold ? [closedOf(signal, conversation)] : [];
  if (said.length > 0) return [...said, ...happened, ...closed];
  return [{ type: 'began', at: signal.startedAt, signal }, ...spoken(signal), ...happened, ...closed];
}

/** Without the time of it, it was over by the last change that is known: a later word moves that. */
function closedOf(signal: Signal, conversation: Conversation | undefined): TimelineEvent {
  const at = timeOr(conversation?.closedAt ?? Number.NaN, signal.updatedAt);
  return { type: 'closed', at, signal, isBy: conversation?.closedAt === undefined };
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
