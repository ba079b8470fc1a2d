import type { Clock } from '../services/clock.ts';
import { ServiceError } from '../services/service.ts';

/**
 * Between two writes to one service.
 * GitHub: https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api (pause between mutative requests);
 * Slack: https://docs.slack.dev/apis/web-api/rate-limits (one message a second in a channel).
 */
const GAP_MS = 1000;
/**
 * GitHub takes at most so much new content.
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api (secondary rate limits)
 */
const CAPS = [
  { writes: 80, perMs: 60_000 },
  { writes: 500, perMs: 3_600_000 },
] as const;
const MOST_WRITES = 500;
/** A person waits for a write: rather than keep them longer, it fails and says until when. */
const LONGEST_WAIT_MS = 30_000;

/** One service's writes, one at a time, apart, and none before the service will have them. */
export class Pacing {
  readonly #clock: Clock;
  #last: Promise<unknown> = Promise.resolve();
  #freeAt = 0;
  /** When the last writes were begun, oldest first. */
  #written: readonly number[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Runs `request` when it is its turn. A write is followed by a pause; a look is not.
   * @throws {ServiceError} `rateLimited` without asking, when the service said to wait for long; else what `request` throws.
   */
  run<T>(kind: 'look' | 'write', request: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(() => this.#run(kind, request));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #run<T>(kind: 'look' | 'write', request: () => Promise<T>): Promise<T> {
    const freeAt = kind === 'write' ? Math.max(this.#freeAt, this.#cappedUntil()) : this.#freeAt;
    const wait = freeAt - this.#clock.now();
    if (wait > LONGEST_WAIT_MS)
      throw new ServiceError('rateLimited', 'no write may be sent before', { retryAt: freeAt });
    if (wait > 0) await this.#clock.delay(wait, new AbortController().signal);
    if (kind === 'write') this.#written = [...this.#written, this.#clock.now()].slice(-MOST_WRITES);
    try {
      return await request();
    } catch (error) {
      if (error instanceof ServiceError && error.retryAt !== undefined) this.#notBefore(error.retryAt);
      throw error;
    } finally {
      if (kind === 'write') this.#notBefore(this.#clock.now() + GAP_MS);
    }
  }

  #cappedUntil(): number {
    return Math.max(
      ...CAPS.map(({ writes, perMs }) => (this.#written.at(-writes) ?? Number.NEGATIVE_INFINITY) + perMs),
    );
  }

  #notBefore(at: number): void {
    this.#freeAt = Math.max(this.#freeAt, at);
  }
}
