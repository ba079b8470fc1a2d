import {
  LogLevel,
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
  WebClient,
} from '@slack/web-api';
import type { SourceFailure } from '../../core/sourceStatus.ts';
import { checkedApiUrl } from '../apiUrl.ts';
import { boundedBody } from '../boundedBody.ts';
import { retryAfter, waitEnd } from '../retryAfter.ts';
import { ServiceError, type ServicePorts } from '../service.ts';

const TIMEOUT_MS = 20_000;
const MAX_BYTES = 16 * 1024 * 1024;
const DEFAULT_PENALTY_S = 60;

/** A refusal in Slack's own words: `error`, and the scope it asks for. */
export class SlackRefusal extends ServiceError {
  readonly code: string;
  readonly needed: string | undefined;

  constructor(method: string, code: string, options: { needed?: string | undefined; retryAt?: number | undefined }) {
    super(reasonOf(code), `${method}: ${code}`, { retryAt: options.retryAt });
    this.code = code;
    this.needed = options.needed;
  }
}

/** The failure of one part that the others outlive; a bad token ends everything. @throws what is not survivable */
export function survivable(error: unknown): ServiceError {
  if (!(error instanceof ServiceError) || error.reason === 'unauthenticated') throw error;
  return error;
}

export type ReadMethod =
  | 'auth.test'
  | 'conversations.history'
  | 'conversations.info'
  | 'conversations.list'
  | 'conversations.replies'
  | 'search.messages'
  | 'usergroups.list'
  | 'usergroups.users.list'
  | 'users.conversations'
  | 'users.info'
  | 'users.list';
export type WriteMethod = 'chat.delete' | 'chat.postMessage' | 'reactions.add' | 'reactions.remove';

/** One asker of Slack's Web API, for one cycle; it only reads. */
export interface SlackApi {
  /** @throws {ServiceError} {@link SlackRefusal} when Slack said no. */
  call(method: ReadMethod, args: Readonly<Record<string, unknown>>): Promise<unknown>;
}

/** One that writes too, for the writer alone. */
export interface SlackWriteApi extends SlackApi {
  /** Sent once, whatever happens to it. @throws {ServiceError} as `call` */
  send(method: WriteMethod, args: Readonly<Record<string, unknown>>): Promise<unknown>;
}

interface SlackApiOptions {
  readonly ports: Pick<ServicePorts, 'now' | 'log'>;
  readonly token: string;
  /** `https://slack.com/api/` when undefined. */
  readonly apiUrl: string | undefined;
  readonly abort: AbortSignal;
  /** Until when each method may not be asked, epoch ms. Slack counts by method; outlives the cycle. */
  readonly penalties: Map<string, number>;
}

/**
 * Nothing is tried again here: whoever asked decides when to ask next. `WebClient` knows no abort signal, so it is
 * brought in through `fetch`, as is the limit on a reply's size.
 */
export function createSlackApi({ ports, token, apiUrl, abort, penalties }: SlackApiOptions): SlackWriteApi {
  const client = new WebClient(token, {
    ...(apiUrl === undefined ? {} : { slackApiUrl: checkedApiUrl(apiUrl, 'Slack') }),
    logger: silent,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    timeout: TIMEOUT_MS,
    fetch: async (url, init) => {
      const reply = await boundedFetch(url, init, abort);
      sayWait(reply, ports.now());
      return reply;
    },
  });
  const ask = async (method: ReadMethod | WriteMethod, args: Readonly<Record<string, unknown>>): Promise<unknown> => {
    abort.throwIfAborted();
    const until = penalties.get(method) ?? 0;
    if (until > ports.now()) throw new ServiceError('rateLimited', `${method}: wait`, { retryAt: until });
    try {
      return await client.apiCall(method, { ...args });
    } catch (error) {
      abort.throwIfAborted();
      const failure = toServiceError(method, error, ports.now());
      if (failure.reason === 'rateLimited' && failure.retryAt !== undefined) penalties.set(method, failure.retryAt);
      ports.log.debug(`slack ${failure.message}`);
      throw failure;
    }
  };
  return { call: ask, send: ask };
}

async function boundedFetch(url: string | URL, init: RequestInit | undefined, abort: AbortSignal): Promise<Response> {
  const signals = init?.signal ? [abort, init.signal] : [abort];
  const reply = await fetch(url, { ...init, signal: AbortSignal.any(signals) });
  return new Response(await boundedBody(reply, MAX_BYTES), { status: reply.status, headers: reply.headers });
}

/** The client reads seconds alone, takes what begins with a digit for them, and cannot read a 429 without them. */
function sayWait({ status, headers }: Response, now: number): void {
  const at = retryAfter(headers, now) ?? (status === 429 ? waitEnd(DEFAULT_PENALTY_S, now) : undefined);
  if (at === undefined) headers.delete('retry-after');
  else headers.set('retry-after', String(Math.ceil((at - now) / 1000)));
}

function toServiceError(method: string, error: unknown, now: number): ServiceError {
  if (error instanceof WebAPIPlatformError) return refusal(method, error, now);
  if (error instanceof WebAPIRateLimitedError) {
    return new SlackRefusal(method, 'ratelimited', { retryAt: penaltyEnd(error.retryAfter, now) });
  }
  if (error instanceof WebAPIHTTPError) {
    if (error.statusCode === 404) return new SlackRefusal(method, 'unknown_method', {});
    const reason = error.statusCode >= 500 ? 'serverError' : 'badResponse';
    const retryAt = reason === 'serverError' ? retryAfter(new Headers(error.headers), now) : undefined;
    return new ServiceError(reason, `${method}: answered ${error.statusCode}`, { retryAt });
  }
  if (error instanceof WebAPIRequestError) {
    if (error.original instanceof ServiceError) return error.original;
    return new ServiceError('offline', `${method}: no answer`, { cause: error.original });
  }
  return new ServiceError('badResponse', `${method}: the reply cannot be read`, { cause: error });
}

function refusal(method: string, { data }: WebAPIPlatformError, now: number): ServiceError {
  const code: unknown = data.error;
  if (typeof code !== 'string' || !/^[a-z0-9_:-]{1,80}$/iu.test(code)) {
    return new ServiceError('badResponse', `${method}: the reply cannot be read`);
  }
  const needed = 'needed' in data && typeof data.needed === 'string' ? data.needed.slice(0, 200) : undefined;
  const limited = reasonOf(code) === 'rateLimited';
  const retryAt = limited ? penaltyEnd(data.response_metadata?.retryAfter, now) : undefined;
  return new SlackRefusal(method, code, { needed, retryAt });
}

function penaltyEnd(seconds: unknown, now: number): number {
  return waitEnd(typeof seconds === 'number' && seconds > 0 ? seconds : DEFAULT_PENALTY_S, now);
}

const REASONS: ReadonlyMap<string, SourceFailure> = new Map([
  ...reasons('unauthenticated', [
    'invalid_auth',
    'not_authed',
    'token_revoked',
    'token_expired',
    'account_inactive',
    'org_login_required',
    'two_factor_setup_required',
  ]),
  ...reasons('forbidden', [
    'missing_scope',
    'not_in_channel',
    'no_permission',
    'access_denied',
    'ekm_access_denied',
    'enterprise_is_restricted',
    'not_allowed_token_type',
    'restricted_action',
    'restricted_action_read_only_channel',
    'restricted_action_thread_only_channel',
  ]),
  ...reasons('notFound', ['channel_not_found', 'thread_not_found', 'message_not_found', 'user_not_found']),
  ...reasons('rateLimited', ['ratelimited', 'rate_limited']),
  ...reasons('offline', ['request_timeout']),
  ...reasons('serverError', ['internal_error', 'fatal_error', 'service_unavailable', 'team_added_to_org']),
]);

function reasons(reason: SourceFailure, codes: readonly string[]): readonly (readonly [string, SourceFailure])[] {
  return codes.map((code) => [code, reason]);
}

function reasonOf(code: string): SourceFailure {
  return REASONS.get(code) ?? 'refused';
}

/** The client's own log would hold replies and addresses; ours says what failed. */
const silent = {
  debug: ignore,
  info: ignore,
  warn: ignore,
  error: ignore,
  setLevel: ignore,
  setName: ignore,
  getLevel: (): LogLevel => LogLevel.ERROR,
};

function ignore(): void {}
