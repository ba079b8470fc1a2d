import * as vscode from 'vscode';
import { noUndoOf, UNDO_WITHIN_MS } from '../actions/undo.ts';
import type { Item } from '../core/item.ts';
import { projectJournal } from '../core/journalView.ts';
import { placeName } from '../core/place.ts';
import type { StoredProposal } from '../core/proposal.ts';
import type { Commands } from '../host/commands.ts';
import { undoWrites } from '../host/gate/undoWrites.ts';
import { deleteJournal } from '../host/journal/deleteJournal.ts';
import { exportJournal } from '../host/journal/exportJournal.ts';
import type { JournalPorts } from '../host/journal/journalPorts.ts';
import { showJournal } from '../host/journal/showJournal.ts';
import { showTimeline } from '../host/journal/showTimeline.ts';
import { createTeller } from '../host/journal/words.ts';
import { sayNothingSelected } from '../host/nothingSelected.ts';
import { undoAll } from '../host/working/workItems.ts';
import type { CommandWiring } from './commandWiring.ts';
import { itemOf } from './onItems.ts';
import { workingPorts } from './workingCommands.ts';

export type JournalCommands =
  | 'responder.showJournal'
  | 'responder.showTimeline'
  | 'responder.exportJournal'
  | 'responder.deleteJournal';

/** The commands that read the journal, take it along, and forget it. */
export function journalCommands(wiring: CommandWiring): Pick<Commands, JournalCommands> {
  const ports = (): JournalPorts => journalPorts(wiring);
  return {
    'responder.showJournal': async () => showJournal(ports()),
    'responder.showTimeline': async (row) => {
      const item = itemOf(wiring, row);
      if (item === undefined) sayNothingSelected();
      else await showTimeline(item, ports());
    },
    'responder.exportJournal': async () => exportJournal(ports()),
    'responder.deleteJournal': async () => deleteJournal(ports(), () => exportJournal(ports())),
  };
}

function journalPorts(wiring: CommandWiring): JournalPorts {
  const session = wiring.session();
  const { store, outbox } = session;
  const { now, openUrl, log, acts, claims } = wiring;
  const gate = wiring.gate();
  const itemOf = (signalIds: readonly string[]): Item | undefined =>
    signalIds.map((id) => session.itemOf(id)).find((item) => item !== undefined);
  return {
    team: session.team.name,
    journal: () => store.journal(),
    rows: () => {
      const undoable = undoableWrites(outbox.stored(), now());
      return projectJournal({
        journal: store.journal(),
        signals: store.signals(),
        canTakeBack: (id) => undoable.has(id),
        undoSince: now() - UNDO_WITHIN_MS,
      });
    },
    teller: () => {
      const { me, team } = session;
      const placeOf = (watchId: string): string | undefined => {
        const watch = team.watch.find(({ id }) => id === watchId);
        return watch && placeName(watch, team.watch);
      };
      return createTeller({ now: now(), timeZone: me?.timeZone ?? team.timeZone, me: me?.name, placeOf });
    },
    onDidChange: (listener) =>
      new vscode.Disposable(
        store.onDidChange((parts) => {
          if (parts.has('journal') || parts.has('proposals')) listener();
        }),
      ),
    itemOf,
    undo: async (way) => {
      if (way.type === 'entry') await undoAll([way.entry], claims, workingPorts(wiring));
      else
        await undoWrites(
          outbox.stored().filter(({ proposal }) => proposal.id === way.proposalId),
          gate,
        );
    },
    deleteJournal: () => {
      store.deleteJournal();
      acts.clear();
    },
    readConversation: (signal, abort) => session.source(signal.source).readConversation(signal, abort),
    readEvents: async (signal, abort) =>
      (await session.source(signal.source).readEvents?.(signal, abort)) ?? { events: [], skipped: 0 },
    preview: gate.preview,
    openUrl,
    now,
    log,
  };
}

/** The proposals of which a service can take something back, and nobody has asked for that yet. */
function undoableWrites(all: readonly StoredProposal[], now: number): ReadonlySet<string> {
  const can = all.filter((one) => one.proposal.kind !== 'undo' && noUndoOf(one, { all, now }) === undefined);
  return new Set(can.map(({ proposal }) => proposal.id));
}
