/** `work`, or a rejection as soon as it is aborted: a request that waits for its turn hears of no abort before it. */
export async function abortable<T>(work: Promise<T>, abort: AbortSignal): Promise<T> {
  abort.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = (): void => {
    reject(new DOMException('aborted', 'AbortError'));
  };
  abort.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    abort.removeEventListener('abort', stop);
  }
}
