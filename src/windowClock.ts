import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Clock, systemClock } from './services/clock.ts';

/** Names a file with the moment (epoch ms) at which the clock stands. Heeded only when the extension runs from its repository. */
const CLOCK_FILE = 'RESPONDER_TEST_CLOCK';

/**
 * The clock of this window: the machine's own. A journey that lasts hours sets it by a file, which is read each time so
 * that it can be set while the window is open; in between it stands, so that a slow machine measures what a fast one does.
 * What is published has no tests in it, and never looks for one.
 */
export function windowClock(extensionFolder: string, environment: Readonly<Record<string, string | undefined>>): Clock {
  const file = environment[CLOCK_FILE];
  if (file === undefined || file === '' || !existsSync(path.join(extensionFolder, 'test', 'e2e'))) return systemClock;
  return { ...systemClock, now: () => momentIn(file) ?? systemClock.now() };
}

function momentIn(file: string): number | undefined {
  try {
    const moment = Number(readFileSync(file, 'utf8'));
    return Number.isSafeInteger(moment) && moment > 0 ? moment : undefined;
  } catch {
    return undefined;
  }
}
