import type { ItemState } from './itemState.ts';
import type { Priority } from './priority.ts';

/** Why an item is on top; `minutes` are working minutes, `at` is epoch milliseconds. */
export type NextReason =
  | { readonly code: 'late'; readonly minutes: number }
  | { readonly code: 'warning'; readonly minutes: number }
  /** Undefined when it has none, and what comes next a low one. */
  | { readonly code: 'priority'; readonly priority: Priority | undefined }
  /** It touches more people than what comes next. */
  | { readonly code: 'people' }
  | { readonly code: 'waiting'; readonly at: number };

/** An item that takes part in a ranking: lower comes first. */
export interface Ranked {
  readonly state: ItemState;
  readonly rank: number;
}

const BAND = { late: 0, warning: 1, running: 2 } as const;
/** What has none stands with the medium ones. */
const PRIORITY_RANK: Readonly<Record<Priority, number>> = { critical: 0, high: 1, medium: 2, low: 3 };
const HOUR = 3_600_000;
const MINUTE = 60_000;
const MAX_WAIT = 2 ** 13 - 1;
const MAX_PEOPLE = 2 ** 6 - 1;
const MAX_MINUTE = 2 ** 26 - 1;
const RANKS = 2 ** 50;

/** In a stretch of this many rows … */
export const FAIR_WINDOW = 10;
/** … one place has at most so many, as long as another place has any left. */
export const FAIR_SHARE = 5;

/**
 * The rank of an item in one number, most urgent lowest: what is late, then what is about to be, then the rest; within
 * these by priority; then what is late or about to be by its clock, the rest by the longest wait in whole hours and by
 * how many people it touches; last by the minute since which it waits.
 */
export function urgencyOf(state: ItemState, now: number): number {
  const minute = clamp(waitsSince(state) / MINUTE, MAX_MINUTE);
  return ((bandOf(state) * 4 + priorityOf(state)) * NEEDS + needOf(state, now)) * (MAX_MINUTE + 1) + minute;
}

function bandOf({ clock }: ItemState): number {
  return BAND[clock?.state ?? 'running'];
}

function priorityOf({ record }: ItemState): number {
  return PRIORITY_RANK[record.priority ?? 'medium'];
}

const NEEDS = (MAX_WAIT + 1) * (MAX_PEOPLE + 1);

/** By the clock when it presses, otherwise by hours and people. */
function needOf(state: ItemState, now: number): number {
  const { clock } = state;
  if (clock !== undefined && clock.state !== 'running') return clamp(clock.leftMinutes + NEEDS / 2, NEEDS - 1);
  return (MAX_WAIT - hoursOf(state, now)) * (MAX_PEOPLE + 1) + MAX_PEOPLE - clamp(peopleOf(state), MAX_PEOPLE);
}

/** Of waiting. */
function hoursOf(state: ItemState, now: number): number {
  return clamp((now - waitsSince(state)) / HOUR, MAX_WAIT);
}

/** Behind everything urgent, latest first. */
export function recencyOf(state: ItemState): number {
  return 2 * RANKS - state.updatedAt;
}

/** Why this one comes first: the first thing in which it differs from the one that comes next, if any does. */
export function reasonOf(state: ItemState, next: ItemState | undefined, now: number): NextReason {
  const waiting: NextReason = { code: 'waiting', at: waitsSince(state) };
  const priority: NextReason = { code: 'priority', priority: state.record.priority };
  const byClock = clockReason(state);
  if (next === undefined) return byClock ?? (priorityOf(state) < PRIORITY_RANK.medium ? priority : waiting);
  if (byClock !== undefined && bandOf(state) !== bandOf(next)) return byClock;
  if (priorityOf(state) !== priorityOf(next)) return priority;
  if (needOf(state, now) === needOf(next, now)) return waiting;
  return byClock ?? (hoursOf(state, now) === hoursOf(next, now) ? { code: 'people' } : waiting);
}

function clockReason({ clock }: ItemState): NextReason | undefined {
  if (clock === undefined || clock.state === 'running') return undefined;
  return { code: clock.state, minutes: Math.abs(clock.leftMinutes) };
}

/** Those who spoke in it, or how often it was reported when that is more. */
export function peopleOf({ item }: ItemState): number {
  const [first] = item.signals;
  if (item.signals.length === 1) return Math.max(first.voices.length, first.count);
  const people = new Set<string>();
  let most = 0;
  for (const { voices, count } of item.signals) {
    for (const { id } of voices) people.add(id);
    most = Math.max(most, count);
  }
  return Math.max(most, people.size);
}

/** The `limit` first in order of their rank. */
export function topOf(ranked: readonly Ranked[], limit: number): readonly Ranked[] {
  // Whatever ranks behind `limit` others is dropped on the way, so that only few are ever put in order.
  const kept: Ranked[] = [];
  let bar = Number.POSITIVE_INFINITY;
  for (const entry of ranked) {
    if (entry.rank > bar) continue;
    kept.push(entry);
    if (kept.length < 2 * limit) continue;
    kept.sort(byRank).length = limit;
    bar = kept.at(-1)?.rank ?? bar;
  }
  return kept.sort(byRank).slice(0, limit);
}

/**
 * The `limit` first in order of their rank, but no place fills the top: in each ten rows a place has at most five while
 * other places still have some. Within a place the order stays.
 */
export function fairTopOf(ranked: readonly Ranked[], limit: number): readonly Ranked[] {
  const byPlace = Map.groupBy(ranked, ({ state }) => state.lead.place);
  if (byPlace.size <= 1) return topOf(ranked, limit);
  const places = Array.from(byPlace.values(), (entries) => ({ entries: topOf(entries, limit), taken: 0, inWindow: 0 }));
  const chosen: Ranked[] = [];
  while (chosen.length < Math.min(limit, ranked.length)) {
    if (chosen.length % FAIR_WINDOW === 0) for (const place of places) place.inWindow = 0;
    const fair = firstOf(places.filter(({ inWindow }) => inWindow < FAIR_SHARE)) ?? firstOf(places);
    const next = fair?.entries[fair.taken];
    if (fair === undefined || next === undefined) break;
    fair.taken += 1;
    fair.inWindow += 1;
    chosen.push(next);
  }
  return chosen;
}

interface Place {
  readonly entries: readonly Ranked[];
  taken: number;
  inWindow: number;
}

/** The place whose next entry ranks first. */
function firstOf(places: readonly Place[]): Place | undefined {
  let first: Place | undefined;
  let best: Ranked | undefined;
  for (const place of places) {
    const head = place.entries[place.taken];
    if (head !== undefined && (best === undefined || byRank(head, best) < 0)) [first, best] = [place, head];
  }
  return first;
}

function waitsSince({ turn, updatedAt }: ItemState): number {
  return turn.because.at ?? updatedAt;
}

/** What ranks alike stands in one order in every window, whatever order it was read in. */
function byRank(a: Ranked, b: Ranked): number {
  return a.rank - b.rank || (a.state.item.id < b.state.item.id ? -1 : 1);
}

function clamp(value: number, most: number): number {
  return Math.max(0, Math.min(most, Math.floor(value)));
}
