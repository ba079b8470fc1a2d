import { Temporal } from 'temporal-polyfill';
import type { Weekday, WorkingHours } from './team.ts';

const WEEKDAYS: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

// Every working week has a working day; a second week covers a day that a clock change swallowed whole. Holidays are not
// counted: a team may have more of them in a row, and they come to an end by themselves.
const SEARCH_DAYS = 15;

/** A stretch of working time; epoch ms, half open. */
export interface WorkingSpan {
  /** Epoch milliseconds, inclusive. */
  readonly from: number;
  /** Epoch milliseconds, exclusive. */
  readonly to: number;
}

/**
 * Whether `at` (epoch ms) is working time in `timeZone`; the start of the hours belongs to them, the end does not.
 * Hours never run over midnight (the team file's parser refuses them); an end of `24:00` is the end of the day.
 * @throws {RangeError} for an unknown zone; so does everything in this file.
 */
export function isWorkingTime(hours: WorkingHours, timeZone: string, at: number): boolean {
  const work = workOn(hours, timeZone, dateAt(timeZone, at));
  return work !== undefined && work.from <= at && at < work.to;
}

/** The working milliseconds in `from`–`to` (epoch ms), as they really elapse when clocks change; 0 when `to` is before `from`. */
export function workingMillisBetween(hours: WorkingHours, timeZone: string, from: number, to: number): number {
  return workingSpansBetween(hours, timeZone, from, to).reduce((total, span) => total + span.to - span.from, 0);
}

/** The working time in `from`–`to` (epoch ms), in order, cut to it. */
export function workingSpansBetween(
  hours: WorkingHours,
  timeZone: string,
  from: number,
  to: number,
): readonly WorkingSpan[] {
  const spans: WorkingSpan[] = [];
  for (const work of workFrom(hours, timeZone, dateAt(timeZone, from))) {
    if (work.from >= to) break;
    if (work.to > from) spans.push({ from: Math.max(work.from, from), to: Math.min(work.to, to) });
  }
  return spans;
}

/** `at` itself when it is working time, otherwise the moment (epoch ms) it next begins; `at` when nobody ever works. */
export function nextWorkingStart(hours: WorkingHours, timeZone: string, at: number): number {
  for (const work of workFrom(hours, timeZone, dateAt(timeZone, at))) {
    if (at < work.to) return Math.max(at, work.from);
  }
  return at;
}

/**
 * The start (epoch ms) of the `days`-th working day before the local day of `at`; `days` is at least 1. From a Wednesday
 * two working days back is Monday; from a Sunday it is Thursday. `at` when nobody ever works.
 */
export function workingDaysBefore(hours: WorkingHours, timeZone: string, at: number, days: number): number {
  let date = dateAt(timeZone, at);
  let start = at;
  for (let left = Math.max(1, days), empty = 0; left > 0 && empty < SEARCH_DAYS; ) {
    date = date.subtract({ days: 1 });
    const work = workOn(hours, timeZone, date);
    if (work === undefined) {
      if (!isHoliday(hours, date)) empty += 1;
      continue;
    }
    start = work.from;
    left -= 1;
    empty = 0;
  }
  return start;
}

/**
 * The earliest moment (epoch ms) by which `millis` of working time have passed since `at`: the end of a day rather than
 * the start of the next; `at` for zero or less. Infinity when nobody ever works.
 */
export function addWorkingMillis(hours: WorkingHours, timeZone: string, at: number, millis: number): number {
  if (millis <= 0) return at;
  let left = millis;
  for (const work of workFrom(hours, timeZone, dateAt(timeZone, at))) {
    const from = Math.max(work.from, at);
    const length = Math.max(0, work.to - from);
    if (left <= length) return from + left;
    left -= length;
  }
  return Number.POSITIVE_INFINITY;
}

/** The local date of `at` (epoch ms) in a zone, `YYYY-MM-DD`. */
export function dateText(timeZone: string, at: number): string {
  return dateAt(timeZone, at).toString();
}

/** The local day of `at` (epoch ms) in a zone, from midnight to midnight; epoch ms, half open. */
export function localDay(timeZone: string, at: number): WorkingSpan {
  const start = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).startOfDay();
  return { from: start.epochMilliseconds, to: start.add({ days: 1 }).startOfDay().epochMilliseconds };
}

/** The minutes of one working day: what `1d` means in a team file. */
export function workingDayMinutes(hours: WorkingHours): number {
  return minuteOfDay(hours.end) - minuteOfDay(hours.start);
}

function* workFrom(hours: WorkingHours, timeZone: string, first: Temporal.PlainDate): Generator<WorkingSpan> {
  let date = first;
  for (let empty = 0; empty < SEARCH_DAYS; date = date.add({ days: 1 })) {
    const work = workOn(hours, timeZone, date);
    if (work === undefined) {
      if (!isHoliday(hours, date)) empty += 1;
      continue;
    }
    empty = 0;
    yield work;
  }
}

function workOn(hours: WorkingHours, timeZone: string, date: Temporal.PlainDate): WorkingSpan | undefined {
  const weekday = WEEKDAYS[date.dayOfWeek - 1];
  if (weekday === undefined || !hours.days.includes(weekday) || isHoliday(hours, date)) return undefined;
  const from = momentOn(date, hours.start, timeZone);
  // A zone that moves over the date line skips a date: its hours would land on the next one.
  if (!dateAt(timeZone, from).equals(date)) return undefined;
  const to = momentOn(date, hours.end, timeZone);
  return from < to ? { from, to } : undefined;
}

function isHoliday({ holidays }: WorkingHours, date: Temporal.PlainDate): boolean {
  return holidays.length > 0 && holidays.includes(date.toString());
}

function momentOn(date: Temporal.PlainDate, time: string, timeZone: string): number {
  const minutes = minuteOfDay(time);
  const day = minutes === 1440 ? date.add({ days: 1 }) : date;
  const wall = { hour: Math.floor(minutes / 60) % 24, minute: minutes % 60 };
  return day.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(wall) }).epochMilliseconds;
}

function dateAt(timeZone: string, at: number): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate();
}

function minuteOfDay(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}
