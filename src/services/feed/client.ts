import { mayCarryToken } from '../../core/url.ts';
import { getText, jsonOf } from '../plainHttp.ts';
import { retryAfter } from '../retryAfter.ts';
import { ServiceError } from '../service.ts';

const LINK = /<([^<>]*)>([^<]*)/gu;

/** What was said of an answer, so that the next one may be "unchanged". */
export interface Validator {
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
}

export interface FeedQuery {
  readonly url: string;
  /** The `Authorization` header that the person gave for this origin; sent over https or to this machine alone. */
  readonly authorization: string | undefined;
  readonly validator: Validator | undefined;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly abort: AbortSignal;
}

export type FeedPage =
  | { readonly type: 'unchanged' }
  | {
      readonly type: 'page';
      readonly body: unknown;
      readonly validator: Validator;
      /** Where it goes on, on the same origin; undefined at the end. */
      readonly next: string | undefined;
    };

/** One page of a feed. @throws {ServiceError} */
export async function getFeedPage(query: FeedQuery): Promise<FeedPage> {
  const address = new URL(query.url);
  const { response, text } = await getText(address, headersOf(query, address), query.abort);
  if (response.status === 304 && query.validator !== undefined) return { type: 'unchanged' };
  if (!response.ok) throw failure(response, address, query.now);
  const body = jsonOf(text);
  if (body === undefined) throw new ServiceError('badResponse', `the reply of ${address.host} is not JSON`);
  const { headers } = response;
  const validator = {
    etag: headers.get('etag') ?? undefined,
    lastModified: headers.get('last-modified') ?? undefined,
  };
  return { type: 'page', body, validator, next: nextPage(headers.get('link') ?? '', address) };
}

function headersOf({ authorization, validator }: FeedQuery, address: URL): Readonly<Record<string, string>> {
  const mayTell = authorization !== undefined && mayCarryToken(address.href);
  return {
    ...(mayTell ? { authorization } : {}),
    ...(validator?.etag === undefined ? {} : { 'if-none-match': validator.etag }),
    ...(validator?.lastModified === undefined ? {} : { 'if-modified-since': validator.lastModified }),
  };
}

/** RFC 8288; Sentry names a next page even where there is none, and says so with `results="false"`. */
function nextPage(header: string, address: URL): string | undefined {
  for (const [, target = '', parameters = ''] of header.matchAll(LINK)) {
    if (!/;\s*rel="?next"?\s*(?:[;,]|$)/iu.test(parameters) || /;\s*results="false"/iu.test(parameters)) continue;
    const next = URL.canParse(target, address.href) ? new URL(target, address) : undefined;
    return next?.origin === address.origin && next.href !== address.href ? next.href : undefined;
  }
  return undefined;
}

function failure({ status, headers }: Response, { host }: URL, now: number): ServiceError {
  const said = `${host} answered ${status}`;
  if (status >= 300 && status < 400) return new ServiceError('refused', `${host} redirects to another address`);
  if (status === 401) return new ServiceError('unauthenticated', said);
  if (status === 403) return new ServiceError('forbidden', said);
  if (status === 404 || status === 410) return new ServiceError('notFound', said);
  if (status === 429) return new ServiceError('rateLimited', said, { retryAt: retryAfter(headers, now) });
  if (status >= 500) return new ServiceError('serverError', said, { retryAt: retryAfter(headers, now) });
  return new ServiceError('refused', said);
}
