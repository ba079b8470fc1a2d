import { createHash } from 'node:crypto';
import { type Answer, json, tokenOf } from './proxy/call.ts';

/** One failing check of the team's own list. */
export interface Check {
  readonly key: string;
  readonly summary: string;
  readonly details?: string;
  /** Epoch seconds. */
  readonly since: number;
  readonly muted?: boolean;
  /** Who looks after it, by name. */
  readonly owner?: string;
}

/** The team's own list of failing checks, as a small service keeps one: JSON, an ETag, and a token when it wants one. */
export class Checks {
  /** Who reads must know it; undefined: anybody may. */
  token: string | undefined;
  readonly #failing = new Map<string, Check>();

  fail(check: Check): void {
    this.#failing.set(check.key, check);
  }

  pass(key: string): void {
    this.#failing.delete(key);
  }

  readonly answer: Answer = async (call) => {
    if (this.token !== undefined && tokenOf(call) !== this.token) return json(401, { error: 'who are you?' });
    if (call.path !== '/api/failing') return json(404, { error: 'no such page' });
    const failing = [...this.#failing.values()].map((check) => ({
      ...check,
      href: `/checks/${check.key}`,
      state: check.muted === true ? 'muted' : 'failing',
    }));
    const body = { failing };
    const etag = `"${createHash('sha1').update(JSON.stringify(body)).digest('hex')}"`;
    if (call.headers['if-none-match'] === etag) return { status: 304, headers: { etag }, body: '' };
    return json(200, body, { etag });
  };
}

/** Two checks fail at the end of the sample week. */
export function seedChecks(checks: Checks, now: number): void {
  const hoursAgo = (hours: number): number => Math.floor(now / 1000) - hours * 3600;
  checks.fail({
    key: 'contract-tests',
    summary: 'Contract tests against the sandbox fail',
    details: 'The partner’s sandbox answers 410 to /v1/hooks since last night.',
    since: hoursAgo(3),
  });
  checks.fail({ key: 'docs-links', summary: 'Broken links in the docs', since: hoursAgo(30), owner: 'Mika' });
}
