/** Moments as the notes say them, in one zone and, because a whole team reads them, in one language. */
export interface HandoffTimes {
  /** `Mon 10:12` within a week of `now`, `Nov 9` before that. */
  moment(at: number): string;
  /** `Nov 16`. */
  day(at: number): string;
}

const WEEK = 7 * 24 * 60 * 60_000;
/** Zone offsets are multiples of a quarter of an hour, so the minutes within one count on. */
const QUARTER = 15 * 60_000;

/**
 * @param now epoch ms; @param timeZone IANA zone.
 * Formats are costly to make and to use: made when first needed, asked once a quarter of an hour of wall time.
 */
export function handoffTimes(now: number, timeZone: string): HandoffTimes {
  const clock = once(
    () =>
      new Intl.DateTimeFormat('en-US', {
        weekday: 'short',
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
        timeZone,
      }),
  );
  const date = once(() => new Intl.DateTimeFormat('en-US', { month: 'short', day: 'numeric', timeZone }));
  const quarters = new Map<number, { readonly hour: string; readonly minute: number }>();
  const quarterOf = (index: number): { readonly hour: string; readonly minute: number } => {
    const known = quarters.get(index);
    if (known !== undefined) return known;
    // `Mon 14:45`, with a comma or without one, as the engine's data has it.
    const [hour = '', minute = '0'] = clock()
      .format(index * QUARTER)
      .replace(',', '')
      .split(':');
    const quarter = { hour, minute: Number(minute) };
    quarters.set(index, quarter);
    return quarter;
  };
  return {
    moment(at) {
      if (now - at >= WEEK) return date().format(at);
      const index = Math.floor(at / QUARTER);
      const { hour, minute } = quarterOf(index);
      return `${hour}:${String(minute + Math.floor((at - index * QUARTER) / 60_000)).padStart(2, '0')}`;
    },
    day: (at) => date().format(at),
  };
}

function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
