import type { Clock } from '../services/clock.ts';
import { ServiceError } from '../services/service.ts';

/**
 * Between two writes to one service.
 * GitHub: https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api (pause between mutative requests);
 * Slack: https://docs.slack.dev/apis/web-api/rate-limits (one message a second in a channel).
 */
const GAP_MS = 1000;
/** A person waits for a write: rather than keep them longer, it fails and says until when. */
const LONGEST_WAIT_MS = 30_000;

/** One service's writes, one at a time, apart, and none before the service will have them. */
export class Pacing {
  readonly #clock: Clock;
  #last: Promise<unknown> = Promise.resolve();
  #freeAt = 0;

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
    const wait = this.#freeAt - this.#clock.now();
    if (wait > LONGEST_WAIT_MS) {
      throw new ServiceError('rateLimited', 'the service asked to wait', { retryAt: this.#freeAt });
    }
    if (wait > 0) await this.#clock.delay(wait, new AbortController().signal);
    try {
      return await request();
    } catch (error) {
      if (error instanceof ServiceError && error.retryAt !== undefined) this.#notBefore(error.retryAt);
      throw error;
    } finally {
      if (kind === 'write') this.#notBefore(this.#clock.now() + GAP_MS);
    }
  }

  #notBefore(at: number): void {
    this.#freeAt = Math.max(this.#freeAt, at);
  }
}
