import { afterWorking, type DutyHours, workedBetween } from './dutyHours.ts';
import type { Item } from './item.ts';
import type { ItemRecord } from './itemRecord.ts';
import { holderOf } from './ownership.ts';
import type { Roster } from './roster.ts';
import type { Signal } from './signal.ts';
import type { Team } from './team.ts';
import { isResponse, type Turn, type Word, wordsIn, wordsOf } from './turn.ts';

/** The response clock of an item. Minutes are working minutes; times are epoch milliseconds. */
export type Clock =
  /** No target, nothing asked, or not our turn although nobody responded (silenced, put off). */
  { readonly state: 'none' } | RunningClock | StoppedClock;

export interface RunningClock {
  /** `warning` from three quarters of the target on; `late` once it has passed. */
  readonly state: 'running' | 'warning' | 'late';
  /** Of the item's signals the one that has to be responded to first. */
  readonly signalId: string;
  readonly startedAt: number;
  readonly targetMinutes: number;
  /** Stands still off hours; negative when late, and at least as late when it began before the layout of the hours. */
  readonly leftMinutes: number;
  /** Undefined when it lies beyond the layout of the hours. */
  readonly dueAt: number | undefined;
}

/** Somebody of the team responded. `stoppedAt` and what was left are unknown for a 👀 or an assignment. */
export interface StoppedClock {
  readonly state: 'stopped';
  readonly stoppedBy: string;
  readonly startedAt: number;
  readonly stoppedAt: number | undefined;
  readonly targetMinutes: number;
  /** Negative when the target was missed. */
  readonly leftMinutes: number | undefined;
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
 * The clock of the first response. Each signal with a target has its own: it starts with the first thing there that
 * needed a response (an alert, a review request, a word of somebody outside the team, a report without one), and the
 * strictest target of its watch entries counts. The team's first word after that anywhere in the item (not the
 * reporter's own), a claim, a 👀 or an assignment stops it for good. Of those that run, the item's is the one due first.
 */
export function clockOf(item: Item, input: ClockInput): Clock {
  if (input.targets.size === 0) return NONE;
  const timers = timersOf(item, input);
  const [first, ...others] = timers.filter(({ signal, response }) => response === undefined && signal.state === 'open');
  if (first !== undefined) return input.turn.turn === 'us' ? runningClock(dueFirst(first, others), input) : NONE;
  const [stopped, ...rest] = timers.filter(({ response }) => response !== undefined);
  return stopped === undefined ? NONE : stoppedClock(begunLast(stopped, rest));
}

const NONE: Clock = { state: 'none' };

/** What one signal needs a response by. */
interface Timer {
  readonly signal: Signal;
  readonly startedAt: number;
  readonly targetMinutes: number;
  readonly response: Response | undefined;
  /** When somebody responded, or now. */
  readonly leftMinutes: number;
}

function timersOf(item: Item, input: ClockInput): readonly Timer[] {
  const { targets, hours, now } = input;
  let words: readonly Word[] | undefined;
  const timers: Timer[] = [];
  for (const signal of item.signals) {
    const targetMinutes = strictestTarget(signal, targets);
    if (targetMinutes === undefined) continue;
    const startedAt = startOf(signal, wordsIn(signal, input.roster));
    if (startedAt === undefined) continue;
    words ??= wordsOf(item, input.roster);
    const response = firstResponse(item, firstAnswer(words, startedAt), input);
    const leftMinutes = leftAt(hours, { startedAt, targetMinutes }, response?.at ?? now);
    timers.push({ signal, startedAt, targetMinutes, response, leftMinutes });
  }
  return timers;
}

function dueFirst(first: Timer, others: readonly Timer[]): Timer {
  return others.reduce((least, timer) => (timer.leftMinutes < least.leftMinutes ? timer : least), first);
}

/** What stopped earlier ones is kept already. */
function begunLast(first: Timer, others: readonly Timer[]): Timer {
  return others.reduce((latest, timer) => (timer.startedAt > latest.startedAt ? timer : latest), first);
}

function runningClock({ signal, startedAt, targetMinutes, leftMinutes }: Timer, { hours }: ClockInput): RunningClock {
  return {
    state: stateOf(leftMinutes, targetMinutes),
    signalId: signal.id,
    startedAt,
    targetMinutes,
    leftMinutes,
    dueAt: afterWorking(hours, startedAt, targetMinutes * MINUTE),
  };
}

/** The same clock at another moment (epoch ms) of the same layout of the hours, nothing having happened. */
export function clockAt(clock: RunningClock, hours: DutyHours, now: number): RunningClock {
  const { startedAt, targetMinutes } = clock;
  const leftMinutes = leftAt(hours, { startedAt, targetMinutes }, now);
  return { ...clock, state: stateOf(leftMinutes, targetMinutes), leftMinutes };
}

function leftAt(
  hours: DutyHours,
  { startedAt, targetMinutes }: Pick<Timer, 'startedAt' | 'targetMinutes'>,
  at: number,
) {
  return targetMinutes - workedBetween(hours, startedAt, at) / MINUTE;
}

function stateOf(leftMinutes: number, targetMinutes: number): RunningClock['state'] {
  if (leftMinutes < 0) return 'late';
  return leftMinutes <= targetMinutes * (1 - WARNING_SHARE) ? 'warning' : 'running';
}

function stoppedClock({ startedAt, targetMinutes, leftMinutes, response }: Timer): StoppedClock {
  const stoppedAt = response?.at;
  return {
    state: 'stopped',
    stoppedBy: response?.who ?? '',
    startedAt,
    stoppedAt,
    targetMinutes,
    leftMinutes: stoppedAt === undefined ? undefined : leftMinutes,
  };
}

function strictestTarget({ watchIds }: Signal, targets: ReadonlyMap<string, number>): number | undefined {
  let strictest: number | undefined;
  for (const id of watchIds) {
    const target = targets.get(id);
    if (target !== undefined && (strictest === undefined || target < strictest)) strictest = target;
  }
  return strictest;
}

/** When a response was first needed; undefined when only the team itself spoke. */
function startOf({ kind, startedAt }: Signal, words: readonly Word[]): number | undefined {
  const starts = words.filter((word) => !word.isTeam).map((word) => word.firstAt);
  if (kind === 'alert' || kind === 'reviewRequest' || words.length === 0) starts.push(startedAt);
  return starts.length === 0 ? undefined : Math.min(...starts);
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
