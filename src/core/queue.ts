import { type CreatedIssueRef, conversionOf } from './conversion.ts';
import { type Item, leadSignal } from './item.ts';
import type { Signal } from './signal.ts';
import type { SourceStatus } from './sourceStatus.ts';
import type { QueueGroup, QueueItem, QueueView } from './view.ts';

/** Rows handed to VS Code for one group; more are asked for by the person. */
export const ROWS_PER_GROUP = 200;

export interface QueueInput {
  readonly items: Iterable<Item>;
  /** In the order in which the groups are shown. */
  readonly statuses: readonly SourceStatus[];
  /** By signal id, see `conversionsOf`. */
  readonly conversions: ReadonlyMap<string, CreatedIssueRef>;
  /** Row limits that a person raised, by group id. */
  readonly limits?: ReadonlyMap<string, number>;
}

interface Ranked {
  readonly item: Item;
  readonly lead: Signal;
  /** Lower comes first. */
  readonly rank: number;
  readonly converted: CreatedIssueRef | undefined;
}

/**
 * The queue as it is shown: what needs a look, by the source of each item's lead signal, latest first; then what was
 * converted. Items whose every signal is closed at its source are left out.
 */
export function projectQueue(input: QueueInput): QueueView {
  const bySource = new Map<string, Ranked[]>(input.statuses.map((status) => [status.id, []]));
  const converted: Ranked[] = [];
  let waiting = 0;
  for (const item of input.items) {
    const lead = leadSignal(item);
    if (lead.state === 'closed' && item.signals.every((signal) => signal.state === 'closed')) continue;
    const ranked = { item, lead, rank: rankOf(item, lead), converted: conversionOf(item, input.conversions) };
    if (ranked.converted !== undefined) {
      converted.push(ranked);
      continue;
    }
    const group = bySource.get(lead.source);
    // A window on another version of the team file may watch more than this one.
    if (group === undefined) continue;
    group.push(ranked);
    if (lead.state === 'open') waiting += 1;
  }
  const limitOf = (id: string): number => input.limits?.get(id) ?? ROWS_PER_GROUP;
  const groups = input.statuses.map((status) => {
    const id = `source:${status.id}`;
    return toGroup(id, { status, ranked: bySource.get(status.id) ?? [], limit: limitOf(id) });
  });
  if (converted.length > 0)
    groups.push(toGroup('converted', { status: undefined, ranked: converted, limit: limitOf('converted') }));
  return { groups, waiting };
}

interface GroupInput {
  readonly status: SourceStatus | undefined;
  readonly ranked: Ranked[];
  readonly limit: number;
}

function toGroup(id: string, { status, ranked, limit }: GroupInput): QueueGroup {
  const items = top(ranked, limit).map(toQueueItem);
  return { id, status, count: ranked.length, items };
}

/** The `limit` latest, in order; what is silenced comes after what is not. */
function top(ranked: readonly Ranked[], limit: number): readonly Ranked[] {
  if (ranked.length <= limit) return ranked.toSorted(byRank);
  // Plain numbers sort without a comparator, many times faster; only what can be among the first is then put in order.
  const keys = new Float64Array(ranked.length);
  ranked.forEach((entry, index) => {
    keys[index] = entry.rank;
  });
  const last = keys.toSorted()[limit - 1] ?? 0;
  return ranked
    .filter((_, index) => (keys[index] ?? 0) <= last)
    .sort(byRank)
    .slice(0, limit);
}

function byRank(a: Ranked, b: Ranked): number {
  return a.rank - b.rank;
}

const QUIET_OFFSET = 2 ** 45;

function rankOf(item: Item, lead: Signal): number {
  return (lead.state === 'open' ? 0 : QUIET_OFFSET) - updatedAt(item);
}

function updatedAt(item: Item): number {
  let latest = item.signals[0].updatedAt;
  for (const signal of item.signals) if (signal.updatedAt > latest) latest = signal.updatedAt;
  return latest;
}

function toQueueItem({ item, lead, converted }: Ranked): QueueItem {
  return {
    id: item.id,
    kind: lead.kind,
    service: lead.service,
    title: lead.title,
    excerpt: lead.excerpt,
    url: lead.url,
    place: lead.place,
    author: lead.author?.name,
    updatedAt: updatedAt(item),
    replies: lead.replies,
    count: lead.count,
    quiet: lead.state === 'quiet',
    converted,
    signals: item.signals.length === 1 ? [] : item.signals.map(toQueueSignal),
  };
}

function toQueueSignal({ id, kind, title, url, place, updatedAt }: Signal): QueueItem['signals'][number] {
  return { id, kind, title, url, place, updatedAt };
}
