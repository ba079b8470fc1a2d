import * as z from 'zod/mini';
import { oneLine } from '../../core/plainText.ts';
import { checkedApiUrl } from '../apiUrl.ts';
import { boundedBody } from '../boundedBody.ts';
import { retryAfter, waitEnd } from '../retryAfter.ts';
import { ServiceError, type ServicePorts } from '../service.ts';

const API_URL = 'https://api.pagerduty.com';
const TIMEOUT_MS = 20_000;
const MAX_BYTES = 16 * 1024 * 1024;
const DEFAULT_PENALTY_S = 60;

export type PagerDutyPorts = ServicePorts & {
  /** `https://api.pagerduty.com` when undefined. */
  readonly apiUrl: string | undefined;
  /** The address in whose name an account's key writes; a user's own key needs none. */
  readonly email: string | undefined;
};

/** What goes into an address after `?`; lists are written as PagerDuty reads them, `statuses[]=a&statuses[]=b`. */
export type Query = Readonly<Record<string, string | readonly string[]>>;

/** One asker of PagerDuty's REST API, for one cycle. */
export interface PagerDutyApi {
  /** @throws {ServiceError} */
  get(path: string, query?: Query): Promise<unknown>;
  /** Sends once. `from` is the address of the user who writes; undefined comes back where nothing does. @throws {ServiceError} */
  send(method: 'POST' | 'PUT' | 'DELETE', path: string, options: SendOptions): Promise<unknown>;
}

type Outgoing = Pick<RequestInit, 'method' | 'body'> & {
  readonly query?: Query | undefined;
  readonly headers?: Readonly<Record<string, string>>;
};

interface SendOptions {
  readonly body?: unknown;
  readonly from: string | undefined;
}

/**
 * Every address is made here from the setting, and no reply's: so no page, wherever it says to be next, leads elsewhere.
 * Source: https://developer.pagerduty.com/docs/rest-api-overview (authentication, versions, rate limits).
 * @throws {ServiceError} when signed out, or when the address may carry no token
 */
export async function openPagerDuty(ports: PagerDutyPorts, abort: AbortSignal): Promise<PagerDutyApi> {
  const origin = checkedApiUrl(ports.apiUrl ?? API_URL, 'PagerDuty');
  const token = await ports.token();
  if (token === undefined) throw new ServiceError('unauthenticated', 'not signed in to PagerDuty');
  // What is no token must not get into a header, nor into the message of the error that it would make there.
  if (!/^[\w+/=.-]{1,400}$/u.test(token)) throw new ServiceError('unauthenticated', 'this is no PagerDuty key');
  const ask = async (path: string, init: Outgoing): Promise<unknown> => {
    abort.throwIfAborted();
    const address = new URL(`${origin}${path}`);
    for (const [name, value] of Object.entries(init.query ?? {}))
      for (const one of typeof value === 'string' ? [value] : value) address.searchParams.append(name, one);
    const headers = {
      accept: 'application/vnd.pagerduty+json;version=2',
      authorization: `Token token=${token}`,
      ...init.headers,
    };
    const { response, text } = await exchange(address, { ...init, headers }, abort);
    if (response.status === 204) return undefined;
    if (response.ok) return parseJson(text);
    const failure = failureOf(response, text, ports.now());
    ports.log.debug(`pagerduty ${path.split('/')[1] ?? ''}: ${failure.message}`);
    throw failure;
  };
  return {
    get: (path, query) => ask(path, { method: 'GET', query }),
    send: (method, path, { body, from }) =>
      ask(path, {
        method,
        headers: { 'content-type': 'application/json', ...(from === undefined ? {} : { from }) },
        body: JSON.stringify(body),
      }),
  };
}

async function exchange(
  address: URL,
  init: RequestInit,
  abort: AbortSignal,
): Promise<{ readonly response: Response; readonly text: string }> {
  try {
    const signal = AbortSignal.any([abort, AbortSignal.timeout(TIMEOUT_MS)]);
    const response = await fetch(address, { ...init, redirect: 'manual', signal });
    return { response, text: new TextDecoder().decode(await boundedBody(response, MAX_BYTES)) };
  } catch (error) {
    if (abort.aborted || error instanceof ServiceError) throw error;
    throw new ServiceError('offline', `${address.host} does not answer`, { cause: error });
  }
}

function failureOf({ status, headers }: Response, text: string, now: number): ServiceError {
  const said = `answered ${status}: ${errorText(text)}`;
  if (status === 401) return new ServiceError('unauthenticated', said);
  // 402: the account's plan has not got it.
  if (status === 402 || status === 403) return new ServiceError('forbidden', said);
  if (status === 404) return new ServiceError('notFound', said);
  if (status === 429) return new ServiceError('rateLimited', said, { retryAt: penaltyEnd(headers, now) });
  if (status >= 500) return new ServiceError('serverError', said, { retryAt: retryAfter(headers, now) });
  // Redirects among them: a token follows none.
  return new ServiceError('refused', said);
}

const errorShape = z.object({
  error: z.object({
    message: z.catch(z.string(), ''),
    errors: z.catch(z.array(z.string()), []),
  }),
});

/** PagerDuty's errors are `{error: {message, code, errors}}`; what stands before it answers in other ways. */
function errorText(text: string): string {
  const { data } = errorShape.safeParse(parseOr(text, undefined));
  if (data === undefined) return 'no reason given';
  return oneLine([data.error.message, ...data.error.errors].filter(Boolean).join(': '), 200);
}

/** `ratelimit-reset` counts seconds from now. */
function penaltyEnd(headers: Headers, now: number): number {
  const reset = Number(headers.get('ratelimit-reset') ?? Number.NaN);
  return retryAfter(headers, now) ?? waitEnd(reset > 0 ? reset : DEFAULT_PENALTY_S, now);
}

function parseJson(text: string): unknown {
  const body = parseOr(text, undefined);
  if (body === undefined) throw new ServiceError('badResponse', 'the reply is not JSON');
  return body;
}

function parseOr(text: string, otherwise: unknown): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return otherwise;
  }
}
