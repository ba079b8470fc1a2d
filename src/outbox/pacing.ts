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

/** No service asks for a longer wait: one that is further off was reckoned before the machine's time was set back. */
const LONGEST_PENALTY_MS = 61 * 60_000;

/** What the machine's windows have stored of the writes to one service. */
export interface StoredPace {
  /** When writes were tried, epoch ms, oldest first. */
  readonly written: readonly number[];
  /** The service will have none before, epoch ms. */
  readonly notBefore: number;
}

const NOTHING_STORED: StoredPace = { written: [], notBefore: 0 };

/** One service's writes, one at a time, apart, and none before the service will have them. */
export class Pacing {
  readonly #clock: Clock;
  readonly #stored: () => StoredPace;
  #last: Promise<unknown> = Promise.resolve();
  #freeAt = 0;
  /** When the last writes of this window were begun, oldest first. */
  #written: readonly number[] = [];

  /** @param stored what counts beside this window's own writes: those of another window, or from before a restart */
  constructor(clock: Clock, stored: () => StoredPace = () => NOTHING_STORED) {
    this.#clock = clock;
    this.#stored = stored;
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
    const wait = this.#freeFrom(kind) - this.#clock.now();
    if (wait > LONGEST_WAIT_MS)
      throw new ServiceError('rateLimited', 'no write may be sent yet', { retryAt: this.#clock.now() + wait });
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

  #freeFrom(kind: 'look' | 'write'): number {
    const now = this.#clock.now();
    const { written, notBefore } = this.#stored();
    const begun = written.filter((at) => at <= now);
    const paced =
      kind === 'write'
        ? [(begun.at(-1) ?? Number.NEGATIVE_INFINITY) + GAP_MS, cappedUntil(begun), cappedUntil(this.#written)]
        : [];
    const wanted = Math.max(this.#freeAt, notBefore, ...paced);
    if (wanted <= now + LONGEST_PENALTY_MS) return wanted;
    this.#freeAt = 0;
    this.#written = [];
    return 0;
  }

  #notBefore(at: number): void {
    this.#freeAt = Math.max(this.#freeAt, at);
  }
}

function cappedUntil(written: readonly number[]): number {
  return Math.max(...CAPS.map(({ writes, perMs }) => (written.at(-writes) ?? Number.NEGATIVE_INFINITY) + perMs));
}
