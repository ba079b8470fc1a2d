import { ServiceError } from '../service.ts';
import type { GitHubClient, Reply, Validators } from './client.ts';

export interface Pages {
  readonly rows: readonly unknown[];
  /** Says by `notModified` that the list is the same as before; then there are no rows. */
  readonly first: Reply;
  /** Why the list ended before its end, for the log. */
  readonly cut: string | undefined;
}

/**
 * A list, page by page along GitHub's own `Link: rel="next"`, at most `cap` pages and never to another origin.
 * @throws {ServiceError}
 */
export async function readPages(
  client: GitHubClient,
  path: string,
  cap: number,
  validators: Validators = {},
): Promise<Pages> {
  const first = await client.get(path, validators);
  if (first.notModified) return { rows: [], first, cut: undefined };
  const rows = [...rowsOf(first.data)];
  let next = nextLink(first.link);
  for (let page = 1; next !== undefined; page++) {
    if (page >= cap) return { rows, first, cut: `only ${String(cap)} pages of the list are read` };
    if (!sameOrigin(next, client.apiUrl)) return { rows, first, cut: 'the next page is at another address' };
    const reply = await client.get(next);
    rows.push(...rowsOf(reply.data));
    next = nextLink(reply.link);
  }
  return { rows, first, cut: undefined };
}

/** Lists are arrays; search wraps its own in `items`. @throws {ServiceError} */
export function rowsOf(data: unknown): readonly unknown[] {
  if (Array.isArray(data)) return data;
  if (typeof data === 'object' && data !== null && 'items' in data && Array.isArray(data.items)) return data.items;
  throw new ServiceError('badResponse', 'GitHub answered with something that is no list');
}

/** The address of `rel="next"` in a `Link` header (RFC 8288), as GitHub writes it. */
export function nextLink(link: string | undefined): string | undefined {
  for (const part of (link ?? '').slice(0, 8192).split(/,(?=\s*<)/u)) {
    const [, url] = /^\s*<([^<>]+)>\s*;[^<>]*\brel="?next"?/u.exec(part) ?? [];
    if (url !== undefined) return url;
  }
  return undefined;
}

function sameOrigin(url: string, apiUrl: string): boolean {
  return URL.canParse(url) && new URL(url).origin === new URL(apiUrl).origin;
}
