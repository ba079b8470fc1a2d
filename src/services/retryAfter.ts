const SHORTEST_WAIT_MS = 1000;
// The limits of services are hourly; what asks for more is not believed.
const LONGEST_WAIT_MS = 61 * 60_000;

const SECONDS = /^\d+(?:\.\d+)?$/u;
/** `Sun, 06 Nov 1994 08:49:37 GMT`, and RFC 850's `Sunday, 06-Nov-94 08:49:37 GMT`. */
const DATE = /^[A-Z][a-z]{2,8}, \d\d[ -][A-Z][a-z]{2}[ -]\d{2,4} \d\d:\d\d:\d\d GMT$/u;
/** `Sun Nov  6 08:49:37 1994`, which is GMT too. */
const ASCTIME = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}$/u;

/**
 * When a reply wants to be asked again by its `Retry-After`, epoch ms; undefined when it does not say. A time that is
 * past is now, one that is far off is brought nearer.
 * Source: RFC 9110 §10.2.3 (seconds or a date) and §5.6.7 (a date's three forms).
 */
export function retryAfter(headers: Headers, now: number): number | undefined {
  const text = headers.get('retry-after') ?? '';
  if (SECONDS.test(text)) return waitEnd(Number(text), now);
  const at = httpDate(text);
  return at === undefined ? undefined : byOurClock(at, headers, now);
}

/** The end of a wait of so many seconds, epoch ms, within what is believed. */
export function waitEnd(seconds: number, now: number): number {
  return bounded(now + seconds * 1000, now);
}

/** A time to wait for that the sender of `headers` told by its own clock, by ours; both epoch ms. */
export function byOurClock(at: number, headers: Headers, now: number): number {
  return bounded(now + at - (httpDate(headers.get('date') ?? '') ?? now), now);
}

/** Only what is a date: `Date.parse` alone takes `-5` for a month. */
function httpDate(text: string): number | undefined {
  if (!DATE.test(text) && !ASCTIME.test(text)) return undefined;
  const at = Date.parse(text.endsWith('GMT') ? text : `${text} GMT`);
  return Number.isNaN(at) ? undefined : at;
}

function bounded(at: number, now: number): number {
  return Math.min(Math.max(at, now + SHORTEST_WAIT_MS), now + LONGEST_WAIT_MS);
}
