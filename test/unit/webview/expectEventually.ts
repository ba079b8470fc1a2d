import assert from 'node:assert/strict';

/** Waits until what `read` gives is what is expected; the last difference is reported after ten seconds. */
export async function expectEventually<T>(read: () => Promise<T>, expected: T): Promise<void> {
  const end = performance.now() + 10_000;
  for (;;) {
    try {
      assert.deepEqual(await read(), expected);
      return;
    } catch (error) {
      if (performance.now() > end) throw error;
      await new Promise((resolve) => void setTimeout(resolve, 20));
    }
  }
}
