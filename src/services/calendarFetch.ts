import { boundedBody } from './boundedBody.ts';
import { ServiceError } from './service.ts';

const TIMEOUT_MS = 15_000;
const MAX_BYTES = 1_000_000;
const MAX_REDIRECTS = 3;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** A calendar's text; undefined when it is the same as the one that `etag` stands for. */
export interface CalendarReply {
  readonly text: string | undefined;
  readonly etag: string | undefined;
}

/**
 * Reads a calendar that needs no sign-in: nothing of ours is sent. It may redirect, but not out of https nor, from
 * elsewhere, to this machine.
 * @throws {ServiceError}
 */
export async function fetchCalendar(address: string, etag: string | undefined): Promise<CalendarReply> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const headers = {
    accept: 'text/calendar, text/plain;q=0.5',
    ...(etag === undefined ? {} : { 'if-none-match': etag }),
  };
  let url = new URL(address);
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    const response = await ask(url, { headers, signal });
    if (response.status === 304) return { text: undefined, etag };
    const next = response.headers.get('location');
    if (!REDIRECTS.has(response.status) || next === null) return readReply(response);
    url = redirected(url, next);
  }
  throw new ServiceError('refused', 'the calendar redirects too often');
}

async function ask(url: URL, init: Pick<RequestInit, 'headers' | 'signal'>): Promise<Response> {
  try {
    return await fetch(url, { ...init, redirect: 'manual' });
  } catch (error) {
    throw new ServiceError('offline', 'the calendar does not answer', { cause: error });
  }
}

function redirected(from: URL, location: string): URL {
  if (!URL.canParse(location, from.href)) throw new ServiceError('badResponse', 'the calendar redirects to nowhere');
  const to = new URL(location, from);
  if (to.protocol === 'https:' || to.origin === from.origin) return to;
  throw new ServiceError('refused', 'the calendar redirects out of https');
}

async function readReply(response: Response): Promise<CalendarReply> {
  const { ok, status } = response;
  if (!ok) throw new ServiceError(status >= 500 ? 'serverError' : 'badResponse', `the calendar answered ${status}`);
  try {
    const text = new TextDecoder().decode(await boundedBody(response, MAX_BYTES));
    return { text, etag: response.headers.get('etag')?.slice(0, 200) };
  } catch (error) {
    throw error instanceof ServiceError
      ? error
      : new ServiceError('offline', 'the calendar’s answer broke off', { cause: error });
  }
}
