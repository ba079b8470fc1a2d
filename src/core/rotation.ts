import { Temporal } from 'temporal-polyfill';
import type { Rotation, Shift } from './team.ts';

const WEEK_MILLIS = 7 * 24 * 60 * 60 * 1000;

type TurnByTurn = Extract<Rotation, { type: 'every' }>;

/**
 * The shifts that touch `from`–`to` (epoch ms, half open), whole, sorted, never overlapping. An override replaces the
 * part of the shifts that it covers; where two shifts (or two overrides) overlap, the one that starts later wins.
 */
export function shiftsBetween(rotation: Rotation, from: number, to: number): readonly Shift[] {
  const base = rotation.type === 'every' ? turnsBetween(rotation, from, to) : rotation.shifts;
  const shifts = flatten(rotation.overrides).reduce(replacePart, flatten(base));
  return shifts.filter((shift) => shift.from < to && shift.to > from);
}

/** Who is on duty at `at` (epoch ms); undefined in a gap. */
export function dutyAt(rotation: Rotation, at: number): Shift | undefined {
  return shiftsBetween(rotation, at, at + 1)[0];
}

/** The first shift that starts after `at` (epoch ms), of `name` when given. */
export function nextShift(rotation: Rotation, at: number, name?: string): Shift | undefined {
  return shiftsBetween(rotation, at, horizon(rotation, at)).find(
    (shift) => shift.from > at && (name === undefined || shift.name === name),
  );
}

/** A moment by which everybody's next turn has begun, even when overrides take some turns away. */
function horizon(rotation: Rotation, at: number): number {
  if (rotation.type === 'shifts') return Number.POSITIVE_INFINITY;
  const settled = rotation.overrides.reduce(
    (latest, { to }) => Math.max(latest, to),
    Math.max(at, boundary(rotation, 0)),
  );
  return settled + (rotation.order.length + 2) * rotation.weeks * WEEK_MILLIS;
}

function turnsBetween(rotation: TurnByTurn, from: number, to: number): readonly Shift[] {
  const { order, weeks } = rotation;
  // A clock change moves a boundary by hours, so one turn earlier is always early enough.
  const passed = Math.floor((from - boundary(rotation, 0)) / (weeks * WEEK_MILLIS)) - 1;
  const turns: Shift[] = [];
  for (let turn = Math.max(0, passed); ; turn += 1) {
    const name = order[turn % order.length];
    const start = boundary(rotation, turn);
    if (name === undefined || start >= to) return turns;
    turns.push({ from: start, to: boundary(rotation, turn + 1), name, shadow: undefined });
  }
}

/** When turn number `turn` begins: the same wall-clock time each time, whatever the clocks do in between. */
function boundary({ starting, weeks, timeZone }: TurnByTurn, turn: number): number {
  const wall = Temporal.PlainDateTime.from(starting).add({ weeks: weeks * turn });
  return wall.toZonedDateTime(timeZone).epochMilliseconds;
}

/** Sorted and without overlaps: at every moment the shift that started last stays, the later in the list of equals. */
function flatten(shifts: readonly Shift[]): readonly Shift[] {
  const flat: Shift[] = [];
  for (const shift of shifts.filter(({ from, to }) => from < to).toSorted((a, b) => a.from - b.from)) {
    const first = flat.findLastIndex(({ to }) => to <= shift.from) + 1;
    flat.push(...replacePart(flat.splice(first), shift));
  }
  return flat;
}

/** `shifts` (sorted, without overlaps) with `top` in the place of what it covers. */
function replacePart(shifts: readonly Shift[], top: Shift): readonly Shift[] {
  const before = shifts
    .filter(({ from }) => from < top.from)
    .map((shift) => ({ ...shift, to: Math.min(shift.to, top.from) }));
  const after = shifts
    .filter(({ to }) => to > top.to)
    .map((shift) => ({ ...shift, from: Math.max(shift.from, top.to) }));
  return [...before, top, ...after];
}
