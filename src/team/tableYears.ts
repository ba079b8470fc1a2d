import type { NamedDay, TimeFrame } from './timeFrame.ts';

/** Days since 1970-01-01; a time frame with its years known. `last` is undefined when only the first day is named. */
export interface DatedFrame {
  readonly first: number;
  readonly last: number | undefined;
}

const DAY_MILLIS = 86_400_000;
const HALF_YEAR = 183;

/**
 * Gives the rows of a table their years. A row without one is as near as can be to the row before it (or, above the first
 * row with a year, after it), so a table may run over New Year; when no row has a year, the whole table is put where most
 * of its days exist, and there nearest to `now` (epoch ms). Undefined for a row whose day does not exist or that ends
 * before it begins.
 */
export function dateFrames(frames: readonly TimeFrame[], now: number): readonly (DatedFrame | undefined)[] {
  const anchor = frames.findIndex(({ first, last }) => (first.year ?? last?.year) !== undefined);
  const known = frames[anchor];
  if (known !== undefined) return dateAround(frames, anchor, firstYear(known));
  const year = new Date(now).getUTCFullYear();
  const today = now / DAY_MILLIS;
  const tries = [year, year - 1, year + 1].map((one) => dateAround(frames, 0, one));
  const missing = (dated: (typeof tries)[number]): number => dated.filter((frame) => frame === undefined).length;
  return tries.toSorted((a, b) => missing(a) - missing(b) || distance(a, today) - distance(b, today))[0] ?? [];
}

/** The day number of a day that exists. */
function dayNumber(year: number, month: number, day: number): number | undefined {
  const millis = Date.UTC(year, month - 1, day);
  const date = new Date(millis);
  return date.getUTCMonth() === month - 1 && date.getUTCFullYear() === year ? millis / DAY_MILLIS : undefined;
}

function dateAround(frames: readonly TimeFrame[], anchor: number, year: number): readonly (DatedFrame | undefined)[] {
  const dated: (DatedFrame | undefined)[] = frames.map(() => undefined);
  const place = (index: number, neighbour: { year: number; first: number | undefined }): typeof neighbour => {
    const frame = frames[index];
    if (frame === undefined) return neighbour;
    const own = frame.first.year ?? (frame.last?.year === undefined ? undefined : firstYear(frame));
    const chosen = own ?? nearestYear(frame.first, neighbour);
    dated[index] = dateFrame(frame, chosen);
    return { year: chosen, first: dated[index]?.first ?? neighbour.first };
  };
  const start = place(anchor, { year, first: undefined });
  for (let index = anchor + 1, from = start; index < frames.length; index += 1) from = place(index, from);
  for (let index = anchor - 1, from = start; index >= 0; index -= 1) from = place(index, from);
  return dated;
}

/** The year of the first day, from that of the last when only this is written: `Dec 28–Jan 4, 2027` begins in 2026. */
function firstYear({ first, last }: TimeFrame): number {
  if (first.year !== undefined) return first.year;
  const year = last?.year ?? 0;
  return last !== undefined && isBefore(last, first) ? year - 1 : year;
}

function nearestYear(day: NamedDay, { year, first }: { year: number; first: number | undefined }): number {
  if (first === undefined) return year;
  const away = (candidate: number): number =>
    Math.abs((dayNumber(candidate, day.month, day.day) ?? Number.POSITIVE_INFINITY) - first);
  const nearest = [year, year - 1, year + 1].toSorted((a, b) => away(a) - away(b))[0] ?? year;
  // A 29 February that this year lacks must not pull the rest of the table into another one.
  return away(nearest) <= HALF_YEAR ? nearest : year;
}

function dateFrame({ first, last }: TimeFrame, year: number): DatedFrame | undefined {
  const from = dayNumber(year, first.month, first.day);
  if (from === undefined) return undefined;
  if (last === undefined) return { first: from, last: undefined };
  const to = dayNumber(last.year ?? (isBefore(last, first) ? year + 1 : year), last.month, last.day);
  return to === undefined || to < from || to - from > HALF_YEAR ? undefined : { first: from, last: to };
}

function isBefore(a: NamedDay, b: NamedDay): boolean {
  return a.month < b.month || (a.month === b.month && a.day < b.day);
}

/** How many days the table is away from today; of two that hold today, the one with more of its rows around it. */
function distance(frames: readonly (DatedFrame | undefined)[], today: number): number {
  const days = frames.flatMap((frame) => (frame === undefined ? [] : [frame.first, frame.last ?? frame.first + 7]));
  if (days.length === 0) return Number.POSITIVE_INFINITY;
  const [from, to] = [days.reduce((a, b) => Math.min(a, b)), days.reduce((a, b) => Math.max(a, b))];
  const middle = Math.abs(today - (from + to) / 2) / 1e6;
  return Math.max(0, from - today, today - to) + middle;
}
