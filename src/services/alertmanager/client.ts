import { oneLine } from '../../core/plainText.ts';
import { getText, jsonOf, type TextReply } from '../plainHttp.ts';
import { retryAfter } from '../retryAfter.ts';
import { ServiceError } from '../service.ts';

/** What asking an Alertmanager takes. It is never sent a token, so plain http is allowed. */
export interface AlertQuery {
  /** Origin and path prefix, without a trailing slash. */
  readonly url: string;
  readonly matchers: readonly string[];
  readonly now: number;
  readonly abort: AbortSignal;
}

/**
 * The alerts that fit all matchers, as they came, silenced and inhibited ones included.
 * Source: `GET /api/v2/alerts` in Alertmanager's `api/v2/openapi.yaml`.
 * @throws {ServiceError}
 */
export async function getAlerts(query: AlertQuery): Promise<unknown> {
  const address = new URL(`${query.url}/api/v2/alerts`);
  for (const matcher of query.matchers) address.searchParams.append('filter', matcher);
  for (const flag of ['active', 'silenced', 'inhibited', 'unprocessed']) address.searchParams.set(flag, 'true');
  return getJson(address, query);
}

/** All silences, expired ones included: the API filters by matchers and not by ids. @throws {ServiceError} */
export async function getSilences(query: Omit<AlertQuery, 'matchers'>): Promise<unknown> {
  return getJson(new URL(`${query.url}/api/v2/silences`), query);
}

/** One silence. @throws {ServiceError} `notFound` when there is none of that id */
export async function getSilence(id: string, query: Omit<AlertQuery, 'matchers'>): Promise<unknown> {
  return getJson(silenceAddress(id, query.url), query);
}

/** Of `GET` and `DELETE /api/v2/silence/{silenceID}`. */
export function silenceAddress(id: string, url: string): URL {
  return new URL(`${url}/api/v2/silence/${encodeURIComponent(id)}`);
}

async function getJson(address: URL, { now, abort }: Pick<AlertQuery, 'now' | 'abort'>): Promise<unknown> {
  return replyJson(await getText(address, {}, abort), now);
}

/** What was answered, or why not. @throws {ServiceError} */
export function replyJson({ response, text }: TextReply, now: number): unknown {
  if (!response.ok) throw failure(response, text, now);
  const body = jsonOf(text);
  if (body === undefined) throw new ServiceError('badResponse', 'the reply is not JSON');
  return body;
}

function failure(response: Response, text: string, now: number): ServiceError {
  const { status } = response;
  const said = errorText(text);
  if (status >= 300 && status < 400) return new ServiceError('refused', 'the address redirects to another one');
  if (status === 401 || status === 403) return new ServiceError('forbidden', `answered ${status}`);
  if (status === 404) return new ServiceError('notFound', 'no Alertmanager v2 API at this address');
  const retryAt = retryAfter(response.headers, now);
  if (status === 429) return new ServiceError('rateLimited', `answered ${status}`, { retryAt });
  // 408 is about the connection, the others about what was asked.
  const isRefusal = status >= 400 && status < 500 && status !== 408;
  if (isRefusal) return new ServiceError('refused', `answered ${status}: ${said}`);
  return new ServiceError('serverError', `answered ${status}: ${said}`, { retryAt });
}

/** Alertmanager's errors come as a bare JSON string (400) or as `{code, message}` (422). */
function errorText(text: string): string {
  const body = jsonOf(text);
  if (typeof body === 'string') return oneLine(body, 200);
  if (typeof body === 'object' && body !== null && 'message' in body && typeof body.message === 'string') {
    return oneLine(body.message, 200);
  }
  return 'no reason given';
}
