import { readFileSync } from 'node:fs';
import { type Clock, systemClock } from './services/clock.ts';

/** Names a file with milliseconds by which the clock is moved. Heeded only while the extension is developed or tested. */
const CLOCK_FILE = 'RESPONDER_TEST_CLOCK';

/**
 * The clock of this window: the machine's own. A journey that lasts hours moves it by a file, which is read each time so
 * that it can be moved while the window is open; an installed extension never looks for one.
 */
export function windowClock(isInstalled: boolean, environment: Readonly<Record<string, string | undefined>>): Clock {
  const file = environment[CLOCK_FILE];
  if (isInstalled || file === undefined || file === '') return systemClock;
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
