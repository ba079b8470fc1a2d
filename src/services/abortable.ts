/** `work`, or a rejection as soon as it is aborted: a request that waits for its turn hears of no abort before it. */
export async function abortable<T>(work: Promise<T>, abort: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const stop = (): void => {
    reject(new DOMException('aborted', 'AbortError'));
  };
  if (abort.aborted) stop();
  abort.addEventListener('abort', stop, { once: true });
  try {
    // Also of work that comes too late, so that its own failure is heard.
    return await Promise.race([aborted, work]);
  } finally {
    abort.removeEventListener('abort', stop);
  }
}
