import type { Clock } from '../../src/services/clock.ts';

interface Sleeper {
  at: number;
  readonly wake: () => void;
}

/** Time that moves when the test says so. */
export class FakeClock implements Clock {
  #now: number;
  readonly #sleepers = new Set<Sleeper>();

  constructor(now = Date.UTC(2026, 10, 16, 9)) {
    this.#now = now;
  }

  readonly now = (): number => this.#now;

  readonly delay = (ms: number, abort: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const wake = (): void => {
        this.#sleepers.delete(sleeper);
        abort.removeEventListener('abort', wake);
        resolve();
      };
      const sleeper: Sleeper = { at: this.#now + ms, wake };
      if (abort.aborted) {
        resolve();
        return;
      }
      this.#sleepers.add(sleeper);
      abort.addEventListener('abort', wake);
    });

  /** Moves on by `ms`, waking each sleeper at its own moment and letting what it does come to rest. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settle();
    for (;;) {
      const next = [...this.#sleepers].toSorted((a, b) => a.at - b.at)[0];
      if (next === undefined || next.at > end) break;
      this.#now = Math.max(this.#now, next.at);
      next.wake();
      await settle();
    }
    this.#now = end;
  }

  /** The machine's time is set to something else, or it slept; who waits still waits for as long as before. */
  set(now: number): void {
    for (const sleeper of this.#sleepers) sleeper.at += now - this.#now;
    this.#now = now;
  }
}

/** Lets all promises that can go on do so. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
