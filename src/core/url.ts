const MAX_URL_LENGTH = 2048;
const HTTP_URL = /https?:\/\/[^\s<>"'`|\\^{}[\]\p{Cc}]+/giu;
const TRAILING = /[.,;:!?)\]}'"*_~]+$/u;

/** One spelling for addresses that mean the same page, or undefined when it is not a web address. */
export function normalizeUrl(text: string): string | undefined {
  const url = parseHttpUrl(text);
  if (url === undefined) return undefined;
  const path = url.pathname.replace(/\/+$/u, '').replace(/^(\/[^/]+\/[^/]+)\/pull\//u, '$1/issues/');
  // Slack permalinks of replies carry the thread in the query; everything else's query is not identity.
  const thread = url.searchParams.get('thread_ts');
  const slackThread = thread !== null && /^\/archives\/[A-Z0-9]+\/p\d+$/u.test(path);
  const root = slackThread ? path.replace(/p\d+$/u, `p${thread.replace('.', '')}`) : path;
  return `${url.protocol}//${url.host.toLowerCase()}${root.toLowerCase()}`;
}

/** An http(s) address that may be shown and opened, or undefined: no other scheme, no credentials, bounded length. */
export function safeUrl(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined;
  return parseHttpUrl(text)?.toString();
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/u;

/** Whether a token may be sent to an address: nobody on the way can read it. */
export function mayCarryToken(text: string): boolean {
  const url = parseHttpUrl(text);
  return url?.protocol === 'https:' || (url !== undefined && LOOPBACK.test(url.hostname));
}

/** The normalised addresses in a text, unique, in order of appearance, at most `limit`. */
export function findUrls(text: string, limit = 50): readonly string[] {
  const found = new Set<string>();
  for (const [raw] of text.matchAll(HTTP_URL)) {
    // A longer run is no address, and trimming it would take quadratic time.
    if (raw.length > MAX_URL_LENGTH) continue;
    const url = normalizeUrl(raw.replace(TRAILING, ''));
    if (url !== undefined) found.add(url);
    if (found.size >= limit) break;
  }
  return [...found];
}

function parseHttpUrl(text: string): URL | undefined {
  if (text.length > MAX_URL_LENGTH || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  return url.username === '' && url.password === '' ? url : undefined;
}
