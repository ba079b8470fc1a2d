import type { TestContext } from 'node:test';
import type { ServiceName } from '../../../src/core/signal.ts';
import type { Team } from '../../../src/core/team.ts';
import { TeamSession } from '../../../src/session/teamSession.ts';
import { FakeClock, settle } from '../../support/fakeClock.ts';
import { tempFolder } from '../../support/tempStore.ts';
import { MINUTE } from './calendar.ts';
import { Outside } from './outside.ts';

interface Window {
  readonly session: TeamSession;
  /** A process that died does nothing any more, and lets go of nothing either. */
  readonly life: { isDead: boolean };
}

/** The machine of one person: two windows on one store, over a world that is asked through scripted sources. */
export class Machine {
  readonly clock: FakeClock;
  readonly outside: Outside;
  readonly complaints: string[] = [];
  readonly #team: Team;
  readonly #folder: string;
  readonly #windows: Window[] = [];

  constructor(test: TestContext, team: Team, startAt: number) {
    this.#team = team;
    this.clock = new FakeClock(startAt);
    this.outside = new Outside(this.clock.now);
    // Closed before the folder goes: what is registered first runs first.
    test.after(() => {
      for (const { session } of this.#windows) session.close();
    });
    this.#folder = tempFolder(test);
  }

  /** Opens a window as a start of the program does. */
  async open(holder: string): Promise<TeamSession> {
    const life = { isDead: false };
    const { clock, outside } = this;
    const complain = (line: string): void => void this.complaints.push(line);
    const session = new TeamSession(this.#team, {
      folder: this.#folder,
      github: { token: async () => undefined, apiUrl: undefined },
      slack: { token: async () => undefined, apiUrl: undefined },
      pagerduty: { token: async () => undefined, apiUrl: undefined, email: undefined },
      feeds: async () => undefined,
      contributed: { find: () => undefined, onDidRegister: () => () => undefined },
      clock: {
        now: clock.now,
        delay: async (ms, abort) => {
          await clock.delay(ms, abort);
          if (life.isDead) await new Promise(() => undefined);
        },
      },
      log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: complain },
      holder,
      dryRun: () => false,
      onBusy: () => undefined,
      onDidChange: () => undefined,
      createSource: (id) => outside.source(id, id.replace(/:.*/u, '') as ServiceName),
    });
    this.#windows.push({ session, life });
    session.start();
    await settle();
    return session;
  }

  crash(session: TeamSession): void {
    for (const window of this.#windows) if (window.session === session) window.life.isDead = true;
  }

  /** Goes on to `at`, which is a minute away at least; by then every source was asked and every window knows. */
  async goTo(at: number): Promise<void> {
    this.clock.set(at - MINUTE / 20);
    await this.clock.advance(MINUTE / 20);
  }
}
