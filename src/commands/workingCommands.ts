import { randomUUID } from 'node:crypto';
import type { Item } from '../core/item.ts';
import type { StoredProposal } from '../core/proposal.ts';
import { actIdOf, type UndoableEvent } from '../core/undo.ts';
import { prioritiseOnBoard } from '../host/change/boardPriority.ts';
import type { Commands } from '../host/commands.ts';
import { guard } from '../host/errors.ts';
import { undoWrites } from '../host/gate/undoWrites.ts';
import { isDryRun } from '../host/gate/writeSettings.ts';
import { keepInMind } from '../host/keepInMind.ts';
import { act } from '../host/working/act.ts';
import { claimAndSaySo, claimItems, releaseItems } from '../host/working/claimItems.ts';
import type { AgainAs } from '../host/working/claimPorts.ts';
import { noteIncidents, resolveIncidents } from '../host/working/incidents.ts';
import { showKeys } from '../host/working/keys.ts';
import { claimTelling } from '../host/working/tellClaims.ts';
import { transferItems } from '../host/working/transferItems.ts';
import { noteItems, prioritiseItems, snoozeItems, undoAct } from '../host/working/workItems.ts';
import type { WorkingPorts } from '../host/working/workingPorts.ts';
import type { TeamSession } from '../session/teamSession.ts';
import { changePorts } from './changeCommands.ts';
import type { CommandWiring } from './commandWiring.ts';
import { type JoinCommands, joinCommands } from './joinCommands.ts';
import { itemsOf, onItems } from './onItems.ts';

export type WorkingCommands =
  | 'responder.claim'
  | 'responder.claimAndSaySo'
  | 'responder.release'
  | 'responder.snooze'
  | 'responder.wake'
  | 'responder.done'
  | 'responder.reopen'
  | 'responder.setPriority'
  | 'responder.addNote'
  | 'responder.keepInMind'
  | 'responder.transfer'
  | 'responder.undo'
  | 'responder.resolveIncident'
  | 'responder.addIncidentNote'
  | 'responder.showKeys';

/** The commands that work the list, on one row or many. */
export function workingCommands(wiring: CommandWiring): Pick<Commands, WorkingCommands | JoinCommands> {
  const { claims: writes, acts } = wiring;
  const ports = (): WorkingPorts => workingPorts(wiring);
  const items = (row: unknown, rows: unknown): readonly Item[] => itemsOf(wiring, row, rows);
  const on = onItems(wiring, ports);
  const just = (event: UndoableEvent): ReturnType<typeof on> =>
    on((chosen, of) => {
      act(chosen, event, of);
    });
  return {
    'responder.claim': on((chosen, of) => claimItems(chosen, writes, of)),
    'responder.claimAndSaySo': on((chosen, of) => claimAndSaySo(chosen, writes, of)),
    'responder.release': on((chosen, of) => releaseItems(chosen, writes, of)),
    'responder.snooze': on(snoozeItems),
    'responder.wake': just({ type: 'woken' }),
    'responder.done': just({ type: 'done' }),
    'responder.reopen': just({ type: 'reopened' }),
    'responder.setPriority': on(prioritiseItems),
    'responder.addNote': on(noteItems),
    'responder.keepInMind': async (row, rows) => keepInMind(items(row, rows), ports()),
    'responder.resolveIncident': on(resolveIncidents),
    'responder.addIncidentNote': on(noteIncidents),
    'responder.transfer': on((chosen) => transferItems(chosen, wiring.convert())),
    'responder.undo': async (row, rows) => {
      const clicked = typeof row === 'string' ? items(row, rows) : [];
      await undoAct({ acts, clicked, selected: items(undefined, undefined) }, writes, ports());
    },
    'responder.showKeys': showKeys,
    ...joinCommands(wiring, items, ports),
  };
}

/** Claims an item as the first part of the act of this id. */
export function claimAs(wiring: CommandWiring, item: Item, actId: string): void {
  void guard(wiring.log, 'claim', () => claimItems([item], wiring.claims, workingPorts(wiring), actId));
}

/**
 * Goes on with the claims and releases that a crash or a closed window interrupted, or a dry run held up. Of those that
 * wait for their service a person may want `only` some tried now: then nothing is done with the others.
 */
export function finishClaims(wiring: CommandWiring, only?: readonly StoredProposal[]): void {
  if (isDryRun()) return;
  const ports = workingPorts({ ...wiring, acts: new Set() });
  const again: AgainAs = (what, items, typed) => {
    void guard(wiring.log, what, () => {
      if (typed !== undefined) return claimAndSaySo(items, wiring.claims, ports, typed);
      return what === 'claim' ? claimItems(items, wiring.claims, ports) : releaseItems(items, wiring.claims, ports);
    });
  };
  wiring.claims.finish(ports, again, only && new Set(only.map(({ proposal }) => proposal.id)));
}

/** Sees what became of claims that could not be sent at once; after the outbox went on. */
export function followClaims(wiring: CommandWiring): void {
  wiring.claims.follow(workingPorts({ ...wiring, acts: new Set() }));
}

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
