import { randomUUID } from 'node:crypto';
import { actIdOf } from '../core/undo.ts';
import { prioritiseOnBoard } from '../host/change/boardPriority.ts';
import { guard } from '../host/errors.ts';
import { undoWrites } from '../host/gate/undoWrites.ts';
import { claimTelling } from '../host/working/tellClaims.ts';
import type { WorkingPorts } from '../host/working/workingPorts.ts';
import type { TeamSession } from '../session/teamSession.ts';
import { changePorts } from './changePorts.ts';
import type { CommandWiring } from './commandWiring.ts';

/** What working the list needs, out of the session. */
export function workingPorts(wiring: CommandWiring): WorkingPorts {
  const { acts } = wiring;
  const session: TeamSession = wiring.session();
  const gate = wiring.gate();
  const { placeOf, log } = gate;
  return {
    team: session.team,
    me: session.me,
    journal: () => session.store.journal(),
    append: (entry) => {
      if (entry.event.type !== 'undone') acts.add(actIdOf(entry.id));
      session.store.append(entry);
    },
    outbox: session.outbox,
    telling: claimTelling({ placeOf, log, refresh: () => session.refresh() }),
    itemOf: (signalId) => session.itemOf(signalId),
    isIssue: (item) => session.conversionOf(item) !== undefined || item.signals.some(({ kind }) => kind === 'issue'),
    gate,
    offerUndo: (text) => gate.undoBar.showAct(text),
    prioritiseOnBoard: (chosen, priority) => {
      const change = changePorts(wiring);
      const issues = chosen.map((one) => ({ ...one, converted: change.convertedOf(one.item) }));
      return prioritiseOnBoard(issues, priority, change);
    },
    takeBack: (stored) => guard(log, 'undo', () => undoWrites(stored, gate)),
    now: wiring.now,
    newId: randomUUID,
    log,
  };
}
