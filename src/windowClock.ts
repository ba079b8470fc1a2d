import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Clock, systemClock } from './services/clock.ts';

/** Names a file with milliseconds by which the clock is moved. Heeded only when the extension runs from its repository. */
const CLOCK_FILE = 'RESPONDER_TEST_CLOCK';

/**
 * The clock of this window: the machine's own. A journey that lasts hours moves it by a file, which is read each time so
 * that it can be moved while the window is open. What is published has no tests in it, and never looks for one.
 */
export function windowClock(extensionFolder: string, environment: Readonly<Record<string, string | undefined>>): Clock {
  const file = environment[CLOCK_FILE];
  if (file === undefined || file === '' || !existsSync(path.join(extensionFolder, 'test', 'e2e'))) return systemClock;
  return { ...systemClock, now: () => systemClock.now() + millisecondsIn(file) };
}

function millisecondsIn(file: string): number {
  try {
    const moved = Number(readFileSync(file, 'utf8'));
    return Number.isSafeInteger(moved) ? moved : 0;
  } catch {
    return 0;
  }
}
