import type { Item } from '../core/item.ts';
import type { UndoableEvent } from '../core/undo.ts';
import type { Commands } from '../host/commands.ts';
import { keepInMind } from '../host/keepInMind.ts';
import { act } from '../host/working/act.ts';
import { claimAndSaySo, claimItems, releaseItems } from '../host/working/claimItems.ts';
import { noteIncidents, resolveIncidents } from '../host/working/incidents.ts';
import { showKeys } from '../host/working/keys.ts';
import { transferItems } from '../host/working/transferItems.ts';
import { noteItems, prioritiseItems, snoozeItems, undoAct } from '../host/working/workItems.ts';
import type { WorkingPorts } from '../host/working/workingPorts.ts';
import type { CommandWiring } from './commandWiring.ts';
import { type JoinCommands, joinCommands } from './joinCommands.ts';
import { itemsOf, onItems } from './onItems.ts';
import { workingPorts } from './workingPorts.ts';

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
