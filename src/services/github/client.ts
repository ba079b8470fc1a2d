import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { Octokit } from '@octokit/rest';
import { checkedApiUrl } from '../apiUrl.ts';
import type { ServicePorts } from '../service.ts';
import { ServiceError } from '../service.ts';
import { answerOf, entriesOf, toServiceError } from './failures.ts';
import { guardedFetch } from './fetch.ts';

const GITHUB_API = 'https://api.github.com';

const API_VERSION = '2022-11-28';
// The first four are final answers; the waits that 403 and 429 ask for are the caller's to schedule.
const FINAL = [400, 401, 404, 422, 403, 410, 429, 451];

/** What every part of this folder gets from outside; `fetch` is the platform's unless a test says otherwise. */
export interface GitHubPorts extends ServicePorts {
  /** The REST address of GitHub Enterprise Server (`https://ghes.example/api/v3`); undefined means github.com. */
  readonly apiUrl: string | undefined;
  readonly fetch?: typeof fetch;
  /** How often a read is sent again when it got no answer, or one of a fault on GitHub's side; once unless said otherwise. */
  readonly retries?: number;
}

/** What a list was when it was last read; GitHub answers 304 while it is the same. */
export interface Validators {
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
}

export interface Reply {
  /** GitHub answered 304: what was read before still holds. */
  readonly notModified: boolean;
  readonly data: unknown;
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
  readonly link: string | undefined;
  /** Seconds. */
  readonly pollInterval: number | undefined;
  /** The server's own time, epoch ms. */
  readonly date: number | undefined;
}

/** One token and one abort signal over GitHub's API; it only reads. */
export interface GitHubClient {
  readonly apiUrl: string;
  /** `path` begins with `/`, or is a whole address of the API's own origin. @throws {ServiceError} */
  get(path: string, validators?: Validators, accept?: string): Promise<Reply>;
  /** @throws {ServiceError} */
  query(document: `query ${string}`, variables: Readonly<Record<string, unknown>>): Promise<unknown>;
}

/** One that writes too, for the writer alone. What it writes is sent once, whatever happens to it. */
export interface GitHubWriteClient extends GitHubClient {
  /** @throws {ServiceError} */
  send(method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: Readonly<Record<string, unknown>>): Promise<unknown>;
  /** @throws {ServiceError} */
  mutate(document: `mutation ${string}`, variables: Readonly<Record<string, unknown>>): Promise<unknown>;
}

const ThrottledOctokit = Octokit.plugin(throttling, retry);

/** @throws {ServiceError} when signed out, or when the address would send the token in the clear. */
export async function createGitHubClient(ports: GitHubPorts, abort: AbortSignal): Promise<GitHubClient> {
  return createGitHubWriteClient(ports, abort);
}

/** @throws {ServiceError} as `createGitHubClient` */
export async function createGitHubWriteClient(ports: GitHubPorts, abort: AbortSignal): Promise<GitHubWriteClient> {
  const apiUrl = githubApiUrl(ports);
  const token = await ports.token();
  if (token === undefined) throw new ServiceError('unauthenticated', 'no GitHub token');
  // The platform's refusal of such a header would quote it.
  if (!/^[\x21-\x7e]+$/u.test(token)) throw new ServiceError('unauthenticated', 'what is given is no GitHub token');
  const octokit = createOctokit(ports, apiUrl, token);
  const run = async <T>(what: string, send: () => Promise<T>): Promise<T> => {
    abort.throwIfAborted();
    try {
      return await send();
    } catch (error) {
      abort.throwIfAborted();
      ports.log.debug(`github: ${what}: ${String(answerOf(error)?.status ?? 'no answer')}`);
      throw toServiceError(error, ports.now());
    }
  };
  const graphql = (document: string, variables: Readonly<Record<string, unknown>>): Promise<unknown> =>
    run('POST /graphql', () =>
      octokit.graphql<unknown>(document, { ...variables, request: { retries: 0, signal: abort } }),
    );
  return {
    apiUrl,
    get: async (path, validators = {}, accept) => {
      const url = ownUrl(apiUrl, path);
      const what = `GET ${url.pathname}`;
      const reply = await run(what, () => conditionalGet(octokit, url.toString(), { validators, accept, abort }));
      ports.log.debug(`github: ${what}: ${reply.notModified ? '304' : '200'}`);
      return reply;
    },
    query: graphql,
    send: (method, path, body) => {
      const url = ownUrl(apiUrl, path);
      return run(`${method} ${url.pathname}`, async (): Promise<unknown> => {
        const response = await octokit.request({
          method,
          url: url.toString(),
          ...(body === undefined ? {} : { data: body }),
          headers: { 'x-github-api-version': API_VERSION },
          request: { retries: 0, signal: abort },
        });
        return response.data;
      });
    },
    mutate: graphql,
  };
}

/** The address of the REST API that is set up. @throws {ServiceError} when it may carry no token */
export function githubApiUrl({ apiUrl = GITHUB_API }: Pick<GitHubPorts, 'apiUrl'>): string {
  return checkedApiUrl(apiUrl, 'GitHub');
}

function createOctokit(ports: GitHubPorts, apiUrl: string, token: string): Octokit {
  const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  return new ThrottledOctokit({
    auth: token,
    baseUrl: apiUrl,
    userAgent: 'responder-duty',
    // The plugins' own lines hold queries; ours are written above.
    log: quiet,
    request: { fetch: guardedFetch(new URL(apiUrl).origin, ports.fetch ?? fetch), log: quiet },
    retry: { doNotRetry: FINAL, retries: ports.retries ?? 1 },
    // Paces searches and writes; a wait that GitHub asks for is not sat out here but becomes `retryAt`.
    throttle: { id: apiUrl, onRateLimit: () => false, onSecondaryRateLimit: () => false },
  });
}

/** @throws {ServiceError} when the path leaves the API's origin. */
function ownUrl(apiUrl: string, path: string): URL {
  const url = new URL(path.startsWith('/') ? `${apiUrl}${path}` : path);
  if (url.origin !== new URL(apiUrl).origin) throw new ServiceError('refused', 'an address outside the GitHub API');
  return url;
}

interface GetOptions {
  readonly validators: Validators;
  readonly accept: string | undefined;
  readonly abort: AbortSignal;
}

async function conditionalGet(octokit: Octokit, url: string, options: GetOptions): Promise<Reply> {
  const { etag, lastModified } = options.validators;
  try {
    const response = await octokit.request({
      method: 'GET',
      url,
      headers: {
        accept: options.accept ?? 'application/vnd.github+json',
        'x-github-api-version': API_VERSION,
        ...(etag === undefined ? {} : { 'if-none-match': etag }),
        ...(lastModified === undefined ? {} : { 'if-modified-since': lastModified }),
      },
      request: { signal: options.abort },
    });
    const headers = new Headers(entriesOf(response.headers));
    return replyOf(parsed(response.data, headers), headers, false);
  } catch (error) {
    // Octokit throws what is not 2xx.
    const answer = answerOf(error);
    if (answer?.status === 304) return replyOf(undefined, answer.headers, true);
    throw error;
  }
}

/**
 * Octokit's own parser leaves a whole reply as text for one value that it cannot compare with a number
 * (`{"toString": ""}`); the platform's reads it.
 */
function parsed(data: unknown, headers: Headers): unknown {
  if (typeof data !== 'string' || !headers.get('content-type')?.startsWith('application/json')) return data;
  try {
    return JSON.parse(data);
  } catch {
    return data;
  }
}

function replyOf(data: unknown, headers: Headers, notModified: boolean): Reply {
  const pollInterval = Number(headers.get('x-poll-interval'));
  const date = Date.parse(headers.get('date') ?? '');
  return {
    notModified,
    data,
    etag: headers.get('etag') ?? undefined,
    lastModified: headers.get('last-modified') ?? undefined,
    link: headers.get('link') ?? undefined,
    pollInterval: Number.isFinite(pollInterval) && pollInterval > 0 ? pollInterval : undefined,
    date: Number.isNaN(date) ? undefined : date,
  };
}
