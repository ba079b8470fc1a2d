import { afterWorking, type DutyHours, workedBetween } from './dutyHours.ts';
import type { Item } from './item.ts';
import type { ItemRecord } from './itemRecord.ts';
import { holderOf } from './ownership.ts';
import type { Roster } from './roster.ts';
import type { Team } from './team.ts';
import { isResponse, type Turn, type Word, wordsOf } from './turn.ts';

/** The response clock of an item. Minutes are working minutes; times are epoch milliseconds. */
export type Clock =
  /** No target, nothing asked, or not our turn although nobody responded (silenced, put off). */
  | { readonly state: 'none' }
  | RunningClock
  /** Somebody of the team responded. `stoppedAt` and what was left are unknown for a 👀 or an assignment. */
  | {
      readonly state: 'stopped';
      readonly stoppedBy: string;
      readonly stoppedAt: number | undefined;
      readonly leftMinutes: number | undefined;
    };

export interface RunningClock {
  /** `warning` from three quarters of the target on; `late` once it has passed. */
  readonly state: 'running' | 'warning' | 'late';
  /** Stands still off hours; negative when late, and at least as late when it began before the layout of the hours. */
  readonly leftMinutes: number;
  /** Undefined when it lies beyond the layout of the hours. */
  readonly dueAt: number | undefined;
}

export interface ClockInput {
  readonly turn: Turn;
  readonly roster: Roster;
  readonly record?: ItemRecord | undefined;
  /** See {@link targetsOf}. */
  readonly targets: ReadonlyMap<string, number>;
  readonly hours: DutyHours;
  /** Epoch milliseconds. */
  readonly now: number;
}

const MINUTE = 60_000;
const WARNING_SHARE = 0.75;

/** `respondWithin` in working minutes by watch id. */
export function targetsOf(team: Team): ReadonlyMap<string, number> {
  const targets = new Map<string, number>();
  for (const { id, respondWithinMinutes } of team.watch)
    if (respondWithinMinutes !== undefined) targets.set(id, respondWithinMinutes);
  return targets;
}

/**
 * The clock of the first response. It starts with the first thing that needed one: an alert, a review request, a word of
 * somebody outside the team, a report without one. The team's first word after that (not the reporter's own), a claim, a
 * 👀 or an assignment stops it for good. The strictest target of the item's watch entries counts.
 */
export function clockOf(item: Item, input: ClockInput): Clock {
  const target = strictestTarget(item, input.targets);
  if (target === undefined) return NONE;
  const words = wordsOf(item, input.roster);
  const startedAt = startOf(item, words);
  if (startedAt === undefined) return NONE;
  const leftAt = (at: number): number => target - workedBetween(input.hours, startedAt, at) / MINUTE;
  const response = firstResponse(item, firstAnswer(words, startedAt), input);
  if (response !== undefined) {
    const { who, at } = response;
    return { state: 'stopped', stoppedBy: who, stoppedAt: at, leftMinutes: at === undefined ? undefined : leftAt(at) };
  }
  if (input.turn.turn !== 'us') return NONE;
  const leftMinutes = leftAt(input.now);
  const state = leftMinutes < 0 ? 'late' : leftMinutes <= target * (1 - WARNING_SHARE) ? 'warning' : 'running';
  return { state, leftMinutes, dueAt: afterWorking(input.hours, startedAt, target * MINUTE) };
}

const NONE: Clock = { state: 'none' };

function strictestTarget(item: Item, targets: ReadonlyMap<string, number>): number | undefined {
  let strictest: number | undefined;
  if (targets.size === 0) return undefined;
  for (const signal of item.signals) {
    if (signal.state === 'closed') continue;
    for (const id of signal.watchIds) {
      const target = targets.get(id);
      if (target !== undefined && (strictest === undefined || target < strictest)) strictest = target;
    }
  }
  return strictest;
}

/** When a response was first needed; undefined when only the team itself spoke. */
function startOf(item: Item, words: readonly Word[]): number | undefined {
  const starts = words.filter((word) => !word.isTeam).map((word) => word.firstAt);
  for (const { kind, startedAt } of item.signals)
    if (kind === 'alert' || kind === 'reviewRequest') starts.push(startedAt);
  if (words.length === 0) starts.push(item.signals[0].startedAt);
  return starts.length === 0 ? undefined : starts.reduce((a, b) => Math.min(a, b));
}

interface Response {
  readonly who: string;
  readonly at: number | undefined;
}

function firstResponse(item: Item, word: Answer | undefined, { roster, record }: ClockInput): Response | undefined {
  const claimedAt = record?.claimedAt;
  if (claimedAt !== undefined && claimedAt < (word?.at ?? Number.POSITIVE_INFINITY))
    return { who: roster.me?.name ?? '', at: claimedAt };
  if (word !== undefined) return word;
  const holder = holderOf(item, roster, record);
  return holder === undefined ? undefined : { who: holder.name, at: undefined };
}

type Answer = Response & { readonly at: number };

function firstAnswer(words: readonly Word[], startedAt: number): Answer | undefined {
  let first: Answer | undefined;
  for (const word of words) {
    if (!isResponse(word) || word.lastAt < startedAt) continue;
    // Of one person's words only the first and the last are known.
    const at = word.firstAt >= startedAt ? word.firstAt : word.lastAt;
    if (first === undefined || at < first.at) first = { who: word.who, at };
  }
  return first;
}
