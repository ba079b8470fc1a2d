import type { ResponderView } from '../core/view.ts';
import type { EngineHost } from '../engineHost.ts';
import type { CommandId } from '../host/commands.ts';
import { unasked } from '../host/errors.ts';
import { openUrl } from '../host/openUrl.ts';
import type { TimeboxPorts } from '../host/timebox/timeboxPorts.ts';
import type { TeamSession } from '../session/teamSession.ts';
import { lookForNotices } from './noticeWiring.ts';
import { timeWatch } from './timeWiring.ts';

export interface WatchesWiring {
  readonly host: EngineHost;
  /** Undefined when no team is watched. */
  readonly session: () => TeamSession | undefined;
  readonly timebox: TimeboxPorts;
  /** Tells the team that is watched from others. */
  readonly teamKey: () => string;
  /** Unique to this window. */
  readonly holder: string;
  readonly run: (id: CommandId, ...args: readonly unknown[]) => Promise<void>;
}

/** What speaks up by itself: the timebox, the budget, and what calls for a person. */
export interface Watches {
  /** To be called at each change and by the minute; `view` is undefined when no team is watched. */
  readonly look: (view: ResponderView | undefined) => void;
  readonly dispose: () => void;
}

export function createWatches({ host, session, timebox, teamKey, holder, run }: WatchesWiring): Watches {
  const { context, log, painter, clock } = host;
  const memento = context.globalState;
  const time = timeWatch({
    session,
    ports: timebox,
    memento,
    teamKey,
    duty: () => painter.painted?.duty,
    holder,
    log,
    openUrl,
    now: () => clock.now(),
  });
  return {
    look: (view) => {
      time.look();
      const current = session();
      if (current === undefined || view === undefined) return;
      const reveal = (itemId: string | undefined): Promise<void> => painter.reveal(itemId);
      const now = clock.now();
      const wiring = { session: current, view, memento, teamKey: teamKey(), holder, log, reveal, run, now };
      unasked(log, 'notice', () => lookForNotices(wiring));
    },
    dispose: () => time.dispose(),
  };
}
