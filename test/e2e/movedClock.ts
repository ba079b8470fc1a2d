import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The clock of the extension in a journey. */
export interface MovedClock {
  /** Where it begins: late on the morning of a working day in the sample team's zone, the last one there was. Epoch ms. */
  readonly startsAt: number;
  /** For the extension host. */
  readonly env: Readonly<Record<string, string>>;
  /** Lets so many minutes pass at once, as a machine that sleeps does. */
  readonly sleep: (minutes: number) => Promise<void>;
}

export async function moveClockFor(test: TestContext): Promise<MovedClock> {
  const clock = await moveClock();
  test.after(() => clock.forget());
  return clock;
}

/** As {@link moveClockFor}, without a test; `forget` ends it. */
export async function moveClock(): Promise<MovedClock & { readonly forget: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'responder-clock-'));
  const file = path.join(folder, 'clock');
  const startsAt = lastMorning(Date.now());
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

/** At 09:00 UTC from Monday to Friday the team works, in summer and in winter. */
function lastMorning(now: number): number {
  let at = new Date(now).setUTCHours(9, 0, 0, 0);
  while (at > now || [0, 6].includes(new Date(at).getUTCDay())) at -= DAY;
  return at;
}
