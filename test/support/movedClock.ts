import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The clock of the extension in a journey. */
export interface MovedClock {
  /** Where it begins. Epoch ms. */
  readonly startsAt: number;
  /** For the extension host. */
  readonly env: Readonly<Record<string, string>>;
  /** Lets so many minutes pass at once, as a machine that sleeps does. */
  readonly sleep: (minutes: number) => Promise<void>;
}

/** `startsAt` is epoch ms; the morning of the last working day when left out. */
export async function moveClockFor(test: TestContext, startsAt?: number): Promise<MovedClock> {
  const clock = await moveClock(startsAt);
  test.after(() => clock.forget());
  return clock;
}

/** As {@link moveClockFor}, without a test; `forget` ends it. */
export async function moveClock(
  startsAt = lastMorning(Date.now()),
): Promise<MovedClock & { readonly forget: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'responder-clock-'));
  const file = path.join(folder, 'clock');
  let movedBy = startsAt - Date.now();
  const write = (): Promise<void> => writeFile(file, String(movedBy));
  await write();
  return {
    startsAt,
    env: { RESPONDER_TEST_CLOCK: file },
    sleep: async (minutes) => {
      movedBy += minutes * 60_000;
      await write();
    },
    forget: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Nobody works then. Epoch ms. */
export function lastSaturday(now: number): number {
  let at = new Date(now).setUTCHours(15, 0, 0, 0);
  while (at > now || new Date(at).getUTCDay() !== 6) at -= DAY;
  return at;
}

/** Late on the last morning: at 09:00 UTC from Monday to Friday the sample team works, in summer and in winter. */
function lastMorning(now: number): number {
  let at = new Date(now).setUTCHours(9, 0, 0, 0);
  while (at > now || [0, 6].includes(new Date(at).getUTCDay())) at -= DAY;
  return at;
}
