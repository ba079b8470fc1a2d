import type { Signal } from '../../../../src/core/signal.ts';
import type { GitHubWatch } from '../../../../src/core/team.ts';
import type { GitHubPorts } from '../../../../src/services/github/client.ts';
import type { Log, Memory, PollRequest } from '../../../../src/services/service.ts';

export const API = 'https://ghes.example/api/v3';
export const NOW = Date.UTC(2026, 10, 18, 12);
const SINCE = Date.UTC(2026, 10, 16, 9);

export interface Answer {
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Sent {
  readonly method: string;
  /** Path below the API's address, with the query. */
  readonly path: string;
  readonly headers: Headers;
  readonly body: unknown;
  readonly status: number;
}

type Respond = (sent: Omit<Sent, 'status'>) => Answer | undefined;

/**
 * Stands in for the network: `routes` are tried in order by method and the path without its query. Bodies get an ETag
 * made of themselves and 304 when it is sent back, as on GitHub.
 */
export class FakeGitHub {
  static #count = 0;
  /** Of its own for each, since the client paces searches and writes by address. */
  readonly apiUrl = `https://ghes.example/${String(FakeGitHub.#count++)}/api/v3`;
  readonly sent: Sent[] = [];
  readonly lines: string[] = [];
  readonly routes = new Map<string, Respond>();
  now = NOW;
  token: string | undefined = 'ghp_secretsecret';

  on(route: string, answer: Answer | Respond): this {
    this.routes.set(route, typeof answer === 'function' ? answer : () => answer);
    return this;
  }

  /** What was sent since the last call, as `GET /path?query 200`. */
  take(): string[] {
    return this.sent.splice(0).map(({ method, path, status }) => `${method} ${path} ${String(status)}`);
  }

  ports(): GitHubPorts {
    const line = (text: string): void => void this.lines.push(text);
    const log: Log = { debug: line, info: line, warn: line, error: line };
    return { token: async () => this.token, now: () => this.now, log, apiUrl: this.apiUrl, fetch: this.#fetch };
  }

  readonly #fetch: typeof fetch = async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    init?.signal?.throwIfAborted();
    const path = url.replace(/^https:\/\/ghes\.example(?:\/\d+)?\/api(?:\/v3)?/u, '');
    const method = init?.method ?? 'GET';
    const headers = new Headers(init?.headers);
    const body: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : undefined;
    const request = { method, path, headers, body };
    const respond = this.routes.get(`${method} ${path.split('?')[0] ?? ''}`);
    const answer = respond?.(request) ?? { status: 404, body: { message: 'Not Found' } };
    if (answer.status === 0) {
      this.sent.push({ ...request, status: 0 });
      throw new TypeError('fetch failed', { cause: new Error('other side closed') });
    }
    const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? {});
    const etag = `"${String(text.length)}-${String(hash(text))}"`;
    const ok = (answer.status ?? 200) < 300 && method === 'GET';
    const match = ok && headers.get('if-none-match') === etag;
    const status = match ? 304 : (answer.status ?? 200);
    this.sent.push({ ...request, status });
    return new Response(status === 304 || status === 204 ? null : text, {
      status,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        date: new Date(this.now).toUTCString(),
        ...(ok ? { etag } : {}),
        ...answer.headers,
      },
    });
  };
}

function hash(text: string): number {
  let value = 0;
  for (const char of text) value = (value * 31 + (char.codePointAt(0) ?? 0)) | 0;
  return value;
}

class FakeMemory implements Memory {
  readonly values = new Map<string, string>();
  writes = 0;

  get(key: string): unknown {
    const text = this.values.get(key);
    return text === undefined ? undefined : JSON.parse(text);
  }

  set(key: string, value: unknown): void {
    this.writes += 1;
    this.values.set(key, JSON.stringify(value));
  }

  delete(key: string): void {
    this.values.delete(key);
  }
}

/** What sync and the store do between polls. */
export class Followed {
  readonly memory = new FakeMemory();
  known = new Map<string, Signal>();

  request(watch: readonly GitHubWatch[], over: Partial<PollRequest> = {}): PollRequest {
    const { memory, known } = this;
    return { watch, since: SINCE, known, memory, abort: new AbortController().signal, ...over };
  }

  apply(result: { readonly changed: readonly Signal[]; readonly gone: readonly string[] }): void {
    this.known = new Map(this.known);
    for (const signal of result.changed) {
      // As the store gives it back.
      this.known.set(signal.id, JSON.parse(JSON.stringify(signal)) as Signal);
    }
    for (const id of result.gone) this.known.delete(id);
  }
}

export interface IssueOptions {
  readonly repository?: string;
  readonly pull?: boolean;
  readonly [field: string]: unknown;
}

/** A record as GitHub's API gives it. */
export function issue(number: number, options: IssueOptions = {}): Record<string, unknown> {
  const { repository = 'acme/app', pull = false, ...over } = options;
  return {
    id: 1000 + number,
    node_id: `I_${String(number)}`,
    number,
    url: `${API}/repos/${repository}/issues/${String(number)}`,
    html_url: `https://ghes.example/${repository}/${pull ? 'pull' : 'issues'}/${String(number)}`,
    title: `Sync stops ${String(number)}`,
    state: 'open',
    body: 'It stops after a rename.',
    user: { login: 'rio-sample', type: 'User' },
    labels: [{ name: 'team/integrations' }],
    assignees: [{ login: 'noor-sample', type: 'User' }],
    comments: 0,
    created_at: '2026-11-16T09:00:00Z',
    updated_at: '2026-11-17T09:00:00Z',
    ...(pull ? { pull_request: { url: `${API}/repos/${repository}/pulls/${String(number)}` } } : {}),
    ...over,
  };
}

export function notification(number: number, over: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: String(number),
    reason: 'team_mention',
    unread: true,
    updated_at: '2026-11-17T10:00:00Z',
    subject: {
      title: `Sync stops ${String(number)}`,
      url: `${API}/repos/acme/app/issues/${String(number)}`,
      type: 'Issue',
    },
    repository: { full_name: 'acme/app', html_url: 'https://ghes.example/acme/app' },
    ...over,
  };
}

export const LABEL_WATCH: GitHubWatch = {
  id: 'github:label:team/integrations',
  service: 'github',
  what: 'label',
  label: 'team/integrations',
  repositories: ['acme/app'],
  respondWithinMinutes: undefined,
};

export const TEAM_WATCH: GitHubWatch = {
  id: 'github:team:acme/integrations',
  service: 'github',
  what: 'team',
  organization: 'acme',
  team: 'integrations',
  respondWithinMinutes: undefined,
};

export const NOTIFICATIONS_WATCH: GitHubWatch = {
  id: 'github:notifications',
  service: 'github',
  what: 'notifications',
  respondWithinMinutes: undefined,
};
