import { callsOf } from './calls.ts';
import type { Grouping } from './grouping.ts';
import type { Item } from './item.ts';
import { type Day, type ItemState, type Phase, stateOf } from './itemState.ts';
import { PRIORITIES } from './priority.ts';
import { collapseReviews, type ReviewBundle } from './reviews.ts';
import type { Signal } from './signal.ts';
import { hasTrouble, type SourceStatus } from './sourceStatus.ts';
import { fairTopOf, peopleOf, type Ranked, reasonOf, recencyOf, topOf, urgencyOf } from './urgency.ts';
import type { QueueBundle, QueueGroup, QueueItem, QueueView } from './view.ts';

/** Rows handed to VS Code for one group; more are asked for by the person. */
export const ROWS_PER_GROUP = 200;

/** A filter that was read, under the words by which a person knows it: its query, or its name. */
export interface QueueFilter {
  readonly name: string;
  readonly matches: (state: ItemState) => boolean;
}

export interface QueueInput {
  readonly items: Iterable<Item>;
  /** In the order in which the groups are shown. */
  readonly statuses: readonly SourceStatus[];
  readonly day: Day;
  readonly dayMinutes: number;
  readonly grouping?: Grouping;
  /** Row limits that a person raised, by group id. */
  readonly limits?: ReadonlyMap<string, number>;
  /** Only what it lets through is shown; all that waits on us is counted. */
  readonly filter?: QueueFilter | undefined;
  /** What the badge counts, when that is not what waits on us. */
  readonly badge?: QueueFilter | undefined;
}

/** The groups by turn, in order; the group of a phase is its own unless said otherwise. */
const TURN_GROUPS = ['us', 'inProgress', 'them', 'snoozed', 'owned', 'done'] as const;

/** What stands in groups of its own, whatever the others are made by: it needs nothing now. */
const ASIDE: ReadonlySet<Phase> = new Set(['snoozed', 'done', 'converted']);

/**
 * The queue as it is shown. Groups by turn (with what is silenced among the snoozed), or by source, priority or place with
 * what is snoozed, done or converted behind them. What waits on us comes first and by urgency, no place filling the
 * top; the rest follows, latest first. A filter narrows the groups, and so what is next, and nothing else.
 */
export function projectQueue(input: QueueInput): QueueView {
  const { day, statuses, dayMinutes, grouping = 'turn' } = input;
  const watched = new Set(statuses.map(({ id }) => id));
  const ranked: Ranked[] = [];
  for (const item of input.items) {
    const state = stateOf(item, day);
    // A window on another version of the team file may watch more than this one.
    if (state !== undefined && watched.has(state.lead.source)) ranked.push({ state, rank: rankOf(state, day.now) });
  }
  const states = ranked.map(({ state }) => state);
  const bundles = collapseReviews(states, day);
  const bundled = new Set(bundles.flatMap((bundle) => bundle.states));
  const alone = bundled.size === 0 ? ranked : ranked.filter(({ state }) => !bundled.has(state));
  const waiting = alone.filter(isWaiting);
  const shown = narrowed({ ranked, alone, bundles }, input.filter);
  // The first of the fair order is the first of the plain one.
  const [next, second] = topOf(shown.alone === alone ? waiting : shown.alone.filter(isWaiting), 2).map(
    ({ state }) => state,
  );
  return {
    groups: grouping === 'turn' ? byTurn(input, shown) : bySomethingElse(input, shown.ranked, grouping),
    troubles: grouping === 'source' ? [] : statuses.filter(hasTrouble),
    waiting: waiting.length,
    late: waiting.filter(({ state }) => state.clock?.state === 'late').length,
    calls: callsOf(waiting, day.journal),
    next: next === undefined ? undefined : { id: next.item.id, because: reasonOf(next, second, day.now) },
    dayMinutes,
    filter: input.filter && { name: input.filter.name, count: shown.ranked.length, total: ranked.length },
    badge: input.badge && { name: input.badge.name, count: states.filter(input.badge.matches).length },
  };
}

function isWaiting({ state }: Ranked): boolean {
  return state.phase === 'us';
}

/** All items, those of them that are in no bundle, and the bundles. */
interface Shown {
  readonly ranked: readonly Ranked[];
  readonly alone: readonly Ranked[];
  readonly bundles: readonly ReviewBundle[];
}

function narrowed(all: Shown, filter: QueueFilter | undefined): Shown {
  if (filter === undefined) return all;
  const { bundles } = all;
  const ranked = all.ranked.filter(({ state }) => filter.matches(state));
  if (bundles.length === 0) return { ranked, alone: ranked, bundles };
  const alone = new Set(all.alone);
  const matching = new Set(ranked.map(({ state }) => state));
  return {
    ranked,
    alone: ranked.filter((entry) => alone.has(entry)),
    bundles: bundles
      .map((bundle) => ({ ...bundle, states: bundle.states.filter((state) => matching.has(state)) }))
      .filter(({ states }) => states.length > 0),
  };
}

function byTurn(input: QueueInput, { alone, bundles }: Shown): readonly QueueGroup[] {
  const byPhase = Map.groupBy(alone, ({ state: { phase } }) => (phase === 'silenced' ? 'snoozed' : phase));
  const groups = TURN_GROUPS.map((phase) =>
    toGroup(`turn:${phase}`, { input, ranked: byPhase.get(phase) ?? [], bundles: phase === 'owned' ? bundles : [] }),
  );
  return [...groups, toGroup('converted', { input, ranked: byPhase.get('converted') ?? [] })].filter(hasItems);
}

function bySomethingElse(
  input: QueueInput,
  ranked: readonly Ranked[],
  grouping: Exclude<Grouping, 'turn'>,
): readonly QueueGroup[] {
  const aside = Map.groupBy(ranked, ({ state: { phase } }) => (ASIDE.has(phase) ? phase : undefined));
  const asideGroups = [
    toGroup('turn:snoozed', { input, ranked: aside.get('snoozed') ?? [] }),
    toGroup('turn:done', { input, ranked: aside.get('done') ?? [] }),
    toGroup('converted', { input, ranked: aside.get('converted') ?? [] }),
  ];
  return [...mainGroups(input, aside.get(undefined) ?? [], grouping), ...asideGroups.filter(hasItems)];
}

function mainGroups(
  input: QueueInput,
  ranked: readonly Ranked[],
  grouping: Exclude<Grouping, 'turn'>,
): readonly QueueGroup[] {
  switch (grouping) {
    case 'source': {
      const bySource = Map.groupBy(ranked, ({ state }) => state.lead.source);
      // A source without items still has its group, so that its state can be seen.
      return input.statuses.map((status) =>
        toGroup(`source:${status.id}`, { input, ranked: bySource.get(status.id) ?? [], status }),
      );
    }
    case 'priority': {
      const byPriority = Map.groupBy(ranked, ({ state }) => state.record.priority ?? 'none');
      return [...PRIORITIES, 'none' as const]
        .map((priority) => toGroup(`priority:${priority}`, { input, ranked: byPriority.get(priority) ?? [] }))
        .filter(hasItems);
    }
    case 'place': {
      const byPlace = Map.groupBy(ranked, ({ state }) => state.lead.place);
      const places = [...byPlace].sort(([a], [b]) => (a < b ? -1 : 1));
      return places.map(([place, inIt]) => toGroup(`place:${place}`, { input, ranked: inIt }));
    }
  }
}

interface GroupInput {
  readonly input: QueueInput;
  readonly ranked: readonly Ranked[];
  readonly status?: SourceStatus;
  readonly bundles?: readonly ReviewBundle[];
}

function toGroup(id: string, { input, ranked, status, bundles = [] }: GroupInput): QueueGroup {
  const limit = input.limits?.get(id) ?? ROWS_PER_GROUP;
  const first = (id.startsWith('place:') ? topOf : fairTopOf)(ranked, limit);
  return {
    id,
    status,
    count: ranked.length + bundles.reduce((sum, bundle) => sum + bundle.states.length, 0),
    bundles: bundles.map((bundle) => toBundle(bundle, input.day.now)),
    items: first.map(({ state }) => toQueueItem(state)),
  };
}

function hasItems({ count }: QueueGroup): boolean {
  return count > 0;
}

const SILENCED_OFFSET = 2 ** 51;

/** What waits on us by urgency; behind it the rest, what is silenced last. */
function rankOf(state: ItemState, now: number): number {
  if (state.phase === 'us') return urgencyOf(state, now);
  return recencyOf(state) + (state.phase === 'silenced' ? SILENCED_OFFSET : 0);
}

function toBundle({ id, who, isKept, states }: ReviewBundle, now: number): QueueBundle {
  const ranked = states.map((state) => ({ state, rank: rankOf(state, now) }));
  return { id, who, isKept, items: topOf(ranked, ROWS_PER_GROUP).map(({ state }) => toQueueItem(state)) };
}

/** An item as its row shows it. */
export function toQueueItem(state: ItemState): QueueItem {
  const { item, lead, phase, record, holder } = state;
  return {
    id: item.id,
    kind: lead.kind,
    service: lead.service,
    title: lead.title,
    excerpt: lead.excerpt,
    url: lead.url,
    place: lead.place,
    author: lead.author?.name,
    updatedAt: state.updatedAt,
    replies: lead.replies,
    count: lead.count,
    people: peopleOf(state),
    quiet: lead.state === 'quiet',
    converted: state.converted,
    turn: state.turn,
    clock: state.clock,
    owner: holder?.isMe === false ? holder.name : undefined,
    priority: record.priority,
    isClaimed: record.claimedAt !== undefined || holder?.isMe === true,
    isDone: phase === 'done',
    isSnoozed: phase === 'snoozed',
    snooze: phase === 'snoozed' ? record.snooze?.until : undefined,
    returned: state.returned,
    signals: item.signals.length === 1 ? [] : item.signals.map(toQueueSignal),
  };
}

function toQueueSignal({ id, kind, title, url, place, updatedAt }: Signal): QueueItem['signals'][number] {
  return { id, kind, title, url, place, updatedAt };
}
