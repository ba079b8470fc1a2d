import type { RequestFilter } from './record.ts';

/** What goes wrong with a matching request. */
export type Fault =
  /** The service is not asked; this is the answer. A body that is no string is sent as JSON. */
  | {
      readonly type: 'answer';
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly body?: unknown;
    }
  /** Asked of the service and answered truly, but not before this resolves. */
  | { readonly type: 'hold'; readonly until: Promise<void> }
  /** The socket is cut; `after`: the service did what was asked, and its answer is lost. */
  | { readonly type: 'drop'; readonly when: 'before' | 'after' }
  /** Never answered: until the client gives up or the fault is healed (then the socket is cut). */
  | { readonly type: 'hang' }
  /** The true answer with another body (hostile or damaged). */
  | { readonly type: 'replaceBody'; readonly replace: (body: string) => string };

export interface PlannedFault {
  readonly match: RequestFilter;
  readonly fault: Fault;
  left: number;
}

/** Faults as the real services show them. */
export const FAULT = {
  /** GitHub: a token that is no longer valid. */
  badCredentials: {
    type: 'answer',
    status: 401,
    body: { message: 'Bad credentials', documentation_url: 'https://docs.github.com/rest', status: '401' },
  },
  /** GitHub: the secondary rate limit; seconds. */
  secondaryLimit: (retryAfter: number): Fault => ({
    type: 'answer',
    status: 403,
    headers: { 'retry-after': String(retryAfter) },
    body: {
      message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
      documentation_url:
        'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits',
    },
  }),
  /** GitHub: the hour's calls are used up; `reset` in epoch seconds. */
  primaryLimit: (reset: number): Fault => ({
    type: 'answer',
    status: 403,
    headers: { 'x-ratelimit-limit': '5000', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) },
    body: { message: 'API rate limit exceeded for user ID 1.', documentation_url: 'https://docs.github.com/rest' },
  }),
  /** Slack: 429; seconds. */
  tooManyRequests: (retryAfter: number): Fault => ({
    type: 'answer',
    status: 429,
    headers: { 'retry-after': String(retryAfter) },
    body: { ok: false, error: 'ratelimited' },
  }),
  /** Slack: HTTP 200 with an error word. */
  slackError: (error: string, more: Record<string, unknown> = {}): Fault => ({
    type: 'answer',
    status: 200,
    body: { ok: false, error, ...more },
  }),
  serverError: (status: 500 | 502 | 503): Fault => ({
    type: 'answer',
    status,
    headers: { 'content-type': 'text/html' },
    body: '<html><body>Unicorn!</body></html>',
  }),
  dropBefore: { type: 'drop', when: 'before' },
  dropAfter: { type: 'drop', when: 'after' },
  hang: { type: 'hang' },
} as const satisfies Record<string, Fault | ((...parts: never[]) => Fault)>;
