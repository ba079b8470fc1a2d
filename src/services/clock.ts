/** Time as a port: the tests own it. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Resolves after `ms` milliseconds, or as soon as `abort` fires; never rejects. */
  delay(ms: number, abort: AbortSignal): Promise<void>;
}

/** The machine's own clock; a waiting delay never keeps the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  delay: (ms, abort) =>
    new Promise((resolve) => {
      if (abort.aborted) {
        resolve();
        return;
      }
      const done = (): void => {
        clearTimeout(timer);
        abort.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms).unref();
      abort.addEventListener('abort', done);
    }),
};
