import { Temporal } from 'temporal-polyfill';
import type { SnoozeEnd } from './journal.ts';
import type { Shift, WorkingHours } from './team.ts';
import { isWorkingTime, nextWorkingStart } from './workingHours.ts';

const HOUR = 3_600_000;
/** Lunch is over, and half of the afternoon is left. */
const AFTERNOON = '14:00';
const MORNING = '09:00';
const MAX_DAYS = 366;

export type SnoozeChoiceId = 'hour' | 'afternoon' | 'tomorrow' | 'nextWorkingDay' | 'reply' | 'shiftEnd';

export interface SnoozeChoice {
  readonly id: SnoozeChoiceId;
  readonly until: SnoozeEnd;
}

export interface SnoozeInput {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly workingHours: WorkingHours;
  /** Of whoever snoozes. */
  readonly timeZone: string;
  /** Theirs, when they are on duty now. */
  readonly shift: Shift | undefined;
}

/**
 * Until when an item may be out of sight, soonest first, then what has no time. None is past, no two are the same
 * moment, and none but the first falls on a day without work:
 * nobody would be there to see it come back.
 */
export function snoozeChoices(input: SnoozeInput): readonly SnoozeChoice[] {
  const { now, shift } = input;
  const tomorrow = startOfTomorrow(input);
  const morning = momentOn(dateOf(tomorrow, input), MORNING, input);
  const afternoon = momentOn(dateOf(now, input), AFTERNOON, input);
  const times: readonly (readonly [SnoozeChoiceId, number | undefined])[] = [
    ['hour', now + HOUR],
    ['afternoon', isWorking(afternoon, input) ? afternoon : undefined],
    ['tomorrow', worksOnDayOf(morning, input) ? morning : undefined],
    ['nextWorkingDay', nextWorkingDay(tomorrow, input)],
  ];
  const seen = new Set<number>();
  const choices = times.flatMap(([id, at]): SnoozeChoice[] => {
    if (at === undefined || at <= now || seen.has(at)) return [];
    seen.add(at);
    return [{ id, until: { type: 'time', at } }];
  });
  const shiftEnd: readonly SnoozeChoice[] =
    shift !== undefined && shift.from <= now && now < shift.to
      ? [{ id: 'shiftEnd', until: { type: 'shiftEnd', at: shift.to } }]
      : [];
  return [...choices, { id: 'reply', until: { type: 'reply' } }, ...shiftEnd];
}

const LENGTH = /^(\d{1,4})\s*(m|min|mins|minutes?|h|hrs?|hours?|d|days?)$/u;
const DATE_TIME = /^(?:(\d{4}-\d{2}-\d{2})(?:[t\s]+|$))?(?:(\d{1,2}):(\d{2}))?$/u;

/**
 * A moment (epoch ms) that a person types: `45m`, `3h`, `2 days`, `15:30` (tomorrow when it is past), `2026-11-24`
 * (at nine), `2026-11-24 14:00`. Undefined when it is none of these, is past, or more than a year away.
 */
export function parseSnoozeTime(
  text: string,
  { now, timeZone }: Pick<SnoozeInput, 'now' | 'timeZone'>,
): number | undefined {
  const trimmed = text.trim().toLowerCase();
  if (trimmed === '' || trimmed.length > 40) return undefined;
  const at = afterLength(trimmed, now, timeZone) ?? onDate(trimmed, now, timeZone);
  return at !== undefined && at > now && at <= now + MAX_DAYS * 24 * HOUR ? at : undefined;
}

function afterLength(text: string, now: number, timeZone: string): number | undefined {
  const [, amount, unit = ''] = LENGTH.exec(text) ?? [];
  if (amount === undefined) return undefined;
  if (unit.startsWith('m')) return now + Number(amount) * 60_000;
  if (unit.startsWith('h')) return now + Number(amount) * HOUR;
  return zoned(now, timeZone).add({ days: Number(amount) }).epochMilliseconds;
}

function onDate(text: string, now: number, timeZone: string): number | undefined {
  const [, day, hour, minute] = DATE_TIME.exec(text) ?? [];
  if (day === undefined && hour === undefined) return undefined;
  const time = hour === undefined ? MORNING : `${hour.padStart(2, '0')}:${minute ?? '00'}`;
  try {
    const date = day === undefined ? zoned(now, timeZone).toPlainDate() : Temporal.PlainDate.from(day);
    const at = momentOn(date, time, { timeZone });
    return day === undefined && at <= now ? momentOn(date.add({ days: 1 }), time, { timeZone }) : at;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

type Zone = Pick<SnoozeInput, 'timeZone'>;

function startOfTomorrow({ now, timeZone }: SnoozeInput): number {
  return zoned(now, timeZone).add({ days: 1 }).startOfDay().epochMilliseconds;
}

/** When work next begins on a day after today; undefined when nobody ever works. */
function nextWorkingDay(tomorrow: number, input: SnoozeInput): number | undefined {
  const at = nextWorkingStart(input.workingHours, input.timeZone, tomorrow);
  return isWorking(at, input) ? at : undefined;
}

function isWorking(at: number, { workingHours, timeZone }: SnoozeInput): boolean {
  return isWorkingTime(workingHours, timeZone, at);
}

/** Nine may be before or after the hours of a working day. */
function worksOnDayOf(at: number, input: SnoozeInput): boolean {
  const work = nextWorkingStart(input.workingHours, input.timeZone, startOfDay(at, input));
  return isWorking(work, input) && dateOf(work, input).equals(dateOf(at, input));
}

function startOfDay(at: number, { timeZone }: Zone): number {
  return zoned(at, timeZone).startOfDay().epochMilliseconds;
}

function dateOf(at: number, { timeZone }: Zone): Temporal.PlainDate {
  return zoned(at, timeZone).toPlainDate();
}

function momentOn(date: Temporal.PlainDate, time: string, { timeZone }: Zone): number {
  return date.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds;
}

function zoned(at: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
}
