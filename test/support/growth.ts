import assert from 'node:assert/strict';

/** Work that is over sooner than this says nothing about how it grows. */
const FLOOR_MS = 20;

/**
 * Asserts that the work grows with its input: four times as much input may take ten times as long, where what grows with
 * the square takes sixteen times, and what backtracks does not end. The ratio is of one run, of the processor's time, and
 * of the best of three, so that a slow or busy machine tells the same as a fast one.
 */
export function assertGrowsEvenly(run: (length: number) => void, length: number): void {
  const small = Math.max(
    FLOOR_MS,
    bestMs(() => run(length / 4)),
  );
  const large = bestMs(() => run(length));
  assert.ok(large < 10 * small, `a quarter takes ${small} ms, the whole ${large} ms`);
}

function bestMs(run: () => void): number {
  return Math.min(...[0, 1, 2].map(() => cpuMs(run)));
}

function cpuMs(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
