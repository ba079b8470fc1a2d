import { Temporal } from 'temporal-polyfill';
import type { Shift } from './team.ts';

const MINUTE = 60_000;
const LENGTHS = [
  ['halfHour', 30],
  ['hour', 60],
  ['twoHours', 120],
] as const;
const MORNING = '09:00';

export type SilenceEndId = 'halfHour' | 'hour' | 'twoHours' | 'shiftEnd' | 'tomorrow';

export interface SilenceEnd {
  readonly id: SilenceEndId;
  /** Epoch milliseconds. */
  readonly at: number;
}

export interface SilenceEndInput {
  /** Epoch milliseconds. */
  readonly now: number;
  /** Of whoever silences. */
  readonly timeZone: string;
  /** Theirs, when they are on duty now. */
  readonly shift: Shift | undefined;
}

/** Until when an alert may be silent, soonest first; every silence ends. */
export function silenceEnds({ now, timeZone, shift }: SilenceEndInput): readonly SilenceEnd[] {
  const tomorrow = Temporal.Instant.fromEpochMilliseconds(now)
    .toZonedDateTimeISO(timeZone)
    .add({ days: 1 })
    .withPlainTime(MORNING).epochMilliseconds;
  const ends: readonly SilenceEnd[] = [
    ...LENGTHS.map(([id, minutes]) => ({ id, at: now + minutes * MINUTE })),
    { id: 'tomorrow', at: tomorrow },
    ...(shift === undefined || shift.to <= now ? [] : [{ id: 'shiftEnd' as const, at: shift.to }]),
  ];
  return ends.toSorted((a, b) => a.at - b.at);
}
