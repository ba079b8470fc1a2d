import * as z from 'zod/mini';
import { oneLine } from '../../core/plainText.ts';
import type { SourceFailure } from '../../core/sourceStatus.ts';
import { byOurClock, retryAfter } from '../retryAfter.ts';
import { ServiceError } from '../service.ts';

const MINUTE_MS = 60_000;

const HeaderRecord = z.record(z.string(), z.unknown());

/** Octokit's `RequestError`; without a response when the socket failed. */
const HttpError = z.object({
  name: z.literal('HttpError'),
  response: z.optional(z.object({ status: z.number(), headers: HeaderRecord })),
});

const GraphqlErrors = z.array(
  z.catch(z.object({ type: z.catch(z.string(), ''), message: z.catch(z.string(), '') }), { type: '', message: '' }),
);

/** What a query was answered with 200: as octokit throws it, and as its plugins do of the errors that they know. */
const GraphqlFailure = z.union([
  z.object({ errors: GraphqlErrors, headers: HeaderRecord }),
  z.pipe(
    z.object({
      response: z.object({ status: z.literal(200), headers: HeaderRecord, data: z.object({ errors: GraphqlErrors }) }),
    }),
    z.transform(({ response: { headers, data } }) => ({ errors: data.errors, headers })),
  ),
]);

// Of a query that takes too much, a part may have been done.
const FAULT_TYPES: ReadonlySet<string> = new Set(['INTERNAL', 'SERVICE_UNAVAILABLE', 'RESOURCE_LIMITS_EXCEEDED']);
const FAULT_WORDS =
  /^(?:Something went wrong while executing your query|We couldn['’]t respond to your request in time)/iu;

/** What GitHub answered with when octokit threw; undefined when no answer came. */
export function answerOf(error: unknown): { readonly status: number; readonly headers: Headers } | undefined {
  const response = HttpError.safeParse(error).data?.response;
  return response && { status: response.status, headers: new Headers(entriesOf(response.headers)) };
}

export function entriesOf(headers: object): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [],
  );
}

/** Anything that octokit throws, as a failure that a person can act on. `now` is epoch ms. */
export function toServiceError(error: unknown, now: number): ServiceError {
  if (error instanceof ServiceError) return error;
  if (!(error instanceof Error)) return new ServiceError('badResponse', 'GitHub failed');
  if (error.cause instanceof ServiceError) return error.cause;
  const graphql = GraphqlFailure.safeParse(error).data;
  if (graphql !== undefined) return graphqlFailure(graphql, shortMessage(error), now);
  if (!HttpError.safeParse(error).success)
    return new ServiceError('badResponse', `GitHub failed: ${shortMessage(error)}`);
  const answer = answerOf(error);
  if (answer === undefined) return new ServiceError('offline', `no answer from GitHub (${shortMessage(error)})`);
  const { status, headers } = answer;
  const said = shortMessage(error);
  // A proxy's error page tells a person nothing.
  const message = said.startsWith('<') ? `GitHub answered ${status}` : `GitHub answered ${status}: ${said}`;
  if (isRateLimit(status, headers, error.message)) {
    return new ServiceError('rateLimited', message, { retryAt: retryTime(headers, now) });
  }
  return new ServiceError(reasonOf(status), message, { retryAt: retryAfter(headers, now) });
}

/** The answer was 200, the failure is inside. */
function graphqlFailure({ errors, headers }: z.infer<typeof GraphqlFailure>, said: string, now: number): ServiceError {
  const has = (...types: readonly string[]): boolean => errors.some(({ type }) => types.includes(type));
  const message = `GitHub refused the query: ${said}`;
  if (has('RATE_LIMITED', 'RATE_LIMIT') || errors.some((error) => /rate limit/iu.test(error.message))) {
    return new ServiceError('rateLimited', message, { retryAt: retryTime(new Headers(entriesOf(headers)), now) });
  }
  // Before what is refused: a part of the answer that is missing for a fault says nothing of what was done.
  if (errors.some(isFault)) return new ServiceError('serverError', `GitHub failed at the query: ${said}`);
  if (has('NOT_FOUND')) return new ServiceError('notFound', message);
  if (has('FORBIDDEN', 'INSUFFICIENT_SCOPES')) return new ServiceError('forbidden', message);
  return new ServiceError(errors.length > 0 ? 'refused' : 'badResponse', message);
}

/** GitHub documents none of it; the words are what its users are shown, often without a type. */
function isFault({ type, message }: z.infer<typeof GraphqlErrors>[number]): boolean {
  return FAULT_TYPES.has(type) || FAULT_WORDS.test(message);
}

function reasonOf(status: number): SourceFailure {
  if (status === 401) return 'unauthenticated';
  if (status === 403 || status === 451) return 'forbidden';
  if (status === 404) return 'notFound';
  if (status === 408 || status >= 500) return 'serverError';
  return status >= 400 ? 'refused' : 'badResponse';
}

/** https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api */
function isRateLimit(status: number, headers: Headers, message: string): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  return (
    headers.has('retry-after') ||
    headers.get('x-ratelimit-remaining') === '0' ||
    /secondary rate|rate limit exceeded|abuse detection/iu.test(message)
  );
}

/** `retry-after` first, then `x-ratelimit-reset` when nothing remains, else a minute: GitHub's own order. */
function retryTime(headers: Headers, now: number): number {
  const explicit = retryAfter(headers, now);
  if (explicit !== undefined) return explicit;
  const reset = Number(headers.get('x-ratelimit-reset') ?? Number.NaN) * 1000;
  if (headers.get('x-ratelimit-remaining') !== '0' || !Number.isFinite(reset)) return now + MINUTE_MS;
  return byOurClock(reset + 1000, headers, now);
}

function shortMessage(error: Error): string {
  const text = error.message
    .replace(/ - https?:\/\/\S+$/u, '')
    .replace(/\?\S*/gu, '')
    .replace(/\b(?:gh[a-z]_|github_pat_)\w+/gu, '[redacted]');
  return oneLine(text, 200);
}

/** Will it be the same the next time? Then the answer is final for what was asked. */
export function isRefusal(reason: SourceFailure): boolean {
  return reason === 'refused' || reason === 'forbidden' || reason === 'notFound';
}
