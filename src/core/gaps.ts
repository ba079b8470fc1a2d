import type { Shift } from './team.ts';

/** Time that nobody is on duty; epoch ms, half open. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

/** The times in `from`–`to` (epoch ms) that none of `shifts` covers, in order. The shifts are sorted and do not overlap. */
export function gapsIn(shifts: readonly Shift[], from: number, to: number): readonly Gap[] {
  const gaps: Gap[] = [];
  let covered = from;
  for (const shift of shifts) {
    if (shift.to <= from || shift.from >= to) continue;
    if (shift.from > covered) gaps.push({ from: covered, to: shift.from });
    covered = shift.to;
  }
  if (covered < to) gaps.push({ from: covered, to });
  return gaps;
}
