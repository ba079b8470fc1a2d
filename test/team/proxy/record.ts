export type ProxiedService = 'github' | 'slack' | 'alertmanager' | 'pagerduty' | 'checks';

/** A request that the proxy saw. */
export interface SeenRequest {
  /** 1, 2, 3 … over all services. */
  readonly number: number;
  /** Epoch milliseconds, the machine's clock. */
  readonly time: number;
  readonly service: ProxiedService;
  readonly method: string;
  /** `/repos/acme/app/issues`, `/api/chat.postMessage`, `/api/v2/alerts`. */
  readonly path: string;
  /** The last value of each name; all of them in `search`. */
  readonly query: Readonly<Record<string, string>>;
  readonly search: string;
  /** Parsed: JSON, or the fields of a form (those that hold JSON, e.g. `blocks`, as text). */
  readonly body: unknown;
  /** A few that matter: validators, accept, content type, user agent. Never the token. */
  readonly headers: Readonly<Record<string, string>>;
  /** What was answered; 0 while unanswered or when the socket was cut. */
  status: number;
}

/** All that is given must hold; a text path must be equal, `path` may also be a pattern. */
export interface RequestFilter {
  readonly service?: ProxiedService;
  readonly method?: string;
  readonly path?: string | RegExp;
  readonly where?: (request: SeenRequest) => boolean;
}

export function matches(filter: RequestFilter, request: SeenRequest): boolean {
  const { service, method, path, where } = filter;
  if (service !== undefined && service !== request.service) return false;
  if (method !== undefined && method !== request.method) return false;
  if (typeof path === 'string' && path !== request.path) return false;
  if (path instanceof RegExp && !path.test(request.path)) return false;
  return where?.(request) ?? true;
}
