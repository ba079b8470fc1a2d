import type { Signal, SignalKind, SignalReason } from '../../core/signal.ts';
import type { GitHubWatch } from '../../core/team.ts';
import { sameSignal } from '../sameSignal.ts';
import type { Cycle } from './cycle.ts';
import type { ListMemory } from './listMemory.ts';

export type LabelWatch = Extract<GitHubWatch, { what: 'label' }>;

/** What a list says about the signals in it, for one watch entry. */
export interface WatchedList {
  readonly watchId: string;
  readonly list: ListMemory;
}

export interface Changes {
  readonly changed: readonly Signal[];
  readonly gone: readonly string[];
}

/** Puts together what all places said, by id: one matter is one signal, with the reasons and entries of each place. */
export function holding(
  cycle: Cycle,
  labels: readonly LabelWatch[],
  lists: readonly WatchedList[],
): ReadonlyMap<string, Signal> {
  const signals = [...cycle.ids()].map((id) => reportedSignal(cycle, id, { labels, lists }));
  return new Map(signals.filter((signal) => signal !== undefined).map((signal) => [signal.id, signal]));
}

/** How the signals that hold differ from what was known. */
export function changesOf(cycle: Cycle, signals: ReadonlyMap<string, Signal>): Changes {
  const { known } = cycle.request;
  return {
    changed: [...signals.values()].filter((signal) => !sameSignal(known.get(signal.id), signal)),
    gone: [...known.keys()].filter((id) => !signals.has(id)),
  };
}

interface Places {
  readonly labels: readonly LabelWatch[];
  readonly lists: readonly WatchedList[];
}

function reportedSignal(cycle: Cycle, id: string, { labels, lists }: Places): Signal | undefined {
  const newest = cycle.newest(id);
  if (newest === undefined) return undefined;
  // Closed before we knew it is no work; closed while we knew it stays as long as the shift looks back.
  if (newest.state === 'closed' && (!cycle.request.known.has(id) || newest.updatedAt < cycle.request.since)) {
    return undefined;
  }
  const watchIds = new Set<string>();
  const reasons = new Set<SignalReason>();
  for (const watch of labels) {
    if (!carries(newest, watch)) continue;
    watchIds.add(watch.id);
    reasons.add('label');
  }
  for (const { watchId, list } of lists) {
    for (const reason of list.found[id]?.reasons ?? []) {
      watchIds.add(watchId);
      reasons.add(reason);
    }
  }
  if (watchIds.size === 0) return undefined;
  return {
    ...newest,
    kind: kindOf(newest, reasons),
    watchIds: [...watchIds].sort(),
    reasons: [...reasons].sort(),
  };
}

/** GitHub's names of labels and repositories do not differ by case. */
function carries(signal: Signal, watch: LabelWatch): boolean {
  const place = signal.place.toLowerCase();
  const label = watch.label.toLowerCase();
  return (
    watch.repositories.some((repository) => repository.toLowerCase() === place) &&
    signal.labels.some((name) => name.toLowerCase() === label)
  );
}

function kindOf(signal: Signal, reasons: ReadonlySet<SignalReason>): SignalKind {
  if (reasons.has('reviewRequested')) return 'reviewRequest';
  if ([...reasons].every((reason) => reason === 'teamMention' || reason === 'mention')) return 'mention';
  return /\/pull\/\d+\/?$/u.test(signal.url) ? 'pullRequest' : 'issue';
}
