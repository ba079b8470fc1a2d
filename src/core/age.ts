/** An age in the largest unit that says it well; the host makes words of it. */
export interface Age {
  readonly unit: 'now' | 'minute' | 'hour' | 'day' | 'week';
  readonly count: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/** The age of something that happened `elapsedMs` ago; the future (clocks differ) counts as now. */
export function ageOf(elapsedMs: number): Age {
  if (elapsedMs < MINUTE) return { unit: 'now', count: 0 };
  if (elapsedMs < HOUR) return { unit: 'minute', count: Math.floor(elapsedMs / MINUTE) };
  if (elapsedMs < DAY) return { unit: 'hour', count: Math.floor(elapsedMs / HOUR) };
  if (elapsedMs < 2 * WEEK) return { unit: 'day', count: Math.floor(elapsedMs / DAY) };
  return { unit: 'week', count: Math.floor(elapsedMs / WEEK) };
}
