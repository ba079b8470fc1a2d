import { randomUUID } from 'node:crypto';
import { coveredBy } from '../actions/silence.ts';
import type { GatePorts } from '../host/gate/gate.ts';
import type { UndoBar } from '../host/gate/undoBar.ts';
import type { WritePreview } from '../host/preview.ts';
import type { Log } from '../services/service.ts';
import type { TeamSession } from '../session/teamSession.ts';

export interface GateWiring {
  readonly session: TeamSession;
  readonly preview: WritePreview;
  readonly undoBar: UndoBar;
  readonly log: Log;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** What the gate needs, out of the session. */
export function gatePorts({ session, preview, undoBar, log, now }: GateWiring): GatePorts {
  return {
    outbox: session.outbox,
    preview,
    undoBar,
    placeOf: (channelId) => session.placeOf(channelId),
    coveredBy: (silence) => coveredBy(silence, session.store.signals().values()),
    refresh: () => session.refresh(),
    now,
    newId: randomUUID,
    log,
  };
}
