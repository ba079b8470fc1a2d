import { shiftsBetween } from './rotation.ts';
import type { Team } from './team.ts';
import { type WorkingSpan, workingSpansBetween } from './workingHours.ts';

const DAY = 86_400_000;
/** What waited longer is as late as can be. */
const BACK = 35 * DAY;
const AHEAD = 35 * DAY;

/**
 * The working time of whoever is on duty, laid out once so that many clocks can be read off it. At a shift change the
 * hours of the next person count from that moment on; while nobody has the shift, the team's.
 */
export interface DutyHours {
  /** Epoch milliseconds; nothing is known before or after. */
  readonly from: number;
  readonly to: number;
  /** In order, without overlaps. */
  readonly spans: readonly WorkingSpan[];
  /** For each span, the working milliseconds before it. */
  readonly before: readonly number[];
}

/** Five weeks back and five ahead of `now` (epoch ms). It costs some milliseconds: keep it for a day. */
export function layOutDutyHours(team: Team, now: number): DutyHours {
  const [from, to] = [now - BACK, now + AHEAD];
  const spans: WorkingSpan[] = [];
  let covered = from;
  for (const shift of shiftsBetween(team.rotation, from, to)) {
    const [start, end] = [Math.max(shift.from, covered), Math.min(shift.to, to)];
    if (start > covered) spans.push(...workOf(team, undefined, covered, start));
    if (end > start) spans.push(...workOf(team, shift.name, start, end));
    covered = Math.max(covered, end);
  }
  if (covered < to) spans.push(...workOf(team, undefined, covered, to));
  let total = 0;
  const before = spans.map((span) => {
    const worked = total;
    total += span.to - span.from;
    return worked;
  });
  return { from, to, spans, before };
}

/** The working time of one person of the team (of the team's own zone without a name) in `from`–`to`. */
export function workOf(team: Team, name: string | undefined, from: number, to: number): readonly WorkingSpan[] {
  const zone = team.people.find((person) => person.name === name)?.timeZone ?? team.timeZone;
  return workingSpansBetween(team.workingHours, zone, from, to);
}

/** Working milliseconds in `from`–`to` (epoch ms); negative when `to` is earlier. What lies outside the layout counts as nothing. */
export function workedBetween(hours: DutyHours, from: number, to: number): number {
  return workedUntil(hours, to) - workedUntil(hours, from);
}

/** When `millis` of working time have passed since `at` (epoch ms); undefined when that is beyond the layout. */
export function afterWorking(hours: DutyHours, at: number, millis: number): number | undefined {
  const wanted = workedUntil(hours, at) + millis;
  const index = lastAt(hours.before, wanted, millis > 0);
  const [span, before] = [hours.spans[index], hours.before[index]];
  if (span === undefined || before === undefined || wanted - before > span.to - span.from) return undefined;
  return span.from + wanted - before;
}

function workedUntil({ spans, before }: DutyHours, at: number): number {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.from ?? at) < at) low = middle + 1;
    else high = middle;
  }
  const [span, worked] = [spans[low - 1], before[low - 1]];
  if (span === undefined || worked === undefined) return 0;
  return worked + Math.min(at, span.to) - span.from;
}

/** The last span that begins with less than `worked` before it (or as much, when nothing is to pass): the end of a day, not the start of the next. */
function lastAt(before: readonly number[], worked: number, isBefore: boolean): number {
  return before.findLastIndex((each) => (isBefore ? each < worked : each <= worked));
}
