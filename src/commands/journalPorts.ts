import * as vscode from 'vscode';
import { noUndoOf, UNDO_WITHIN_MS } from '../actions/undo.ts';
import { type JournalRow, projectJournal } from '../core/journalView.ts';
import { placeName } from '../core/place.ts';
import type { StoredProposal } from '../core/proposal.ts';
import { undoWrites } from '../host/gate/undoWrites.ts';
import type { JournalPorts } from '../host/journal/journalPorts.ts';
import { createTeller, type Teller } from '../host/journal/words.ts';
import { undoAll } from '../host/working/workItems.ts';
import type { TeamSession } from '../session/teamSession.ts';
import type { CommandWiring } from './commandWiring.ts';
import { workingPorts } from './workingPorts.ts';

/** What reading the journal needs, and taking back what stands in it, out of the session. */
export function journalPorts(wiring: CommandWiring): JournalPorts {
  const session = wiring.session();
  const { store, outbox } = session;
  const { now, openUrl, log, acts, claims } = wiring;
  const gate = wiring.gate();
  return {
    team: session.team.name,
    journal: () => store.journal(),
    rows: () => rowsOf(session, now()),
    teller: () => tellerOf(session, now()),
    onDidChange: (listener) =>
      new vscode.Disposable(
        store.onDidChange((parts) => {
          if (parts.has('journal') || parts.has('proposals')) listener();
        }),
      ),
    itemOf: (signalIds) => signalIds.map((id) => session.itemOf(id)).find((item) => item !== undefined),
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

function rowsOf({ store, outbox }: TeamSession, now: number): readonly JournalRow[] {
  const undoable = undoableWrites(outbox.stored(), now);
  return projectJournal({
    journal: store.journal(),
    signals: store.signals(),
    canTakeBack: (id) => undoable.has(id),
    undoSince: now - UNDO_WITHIN_MS,
  });
}

/** The proposals of which a service can take something back, and nobody has asked for that yet. */
function undoableWrites(all: readonly StoredProposal[], now: number): ReadonlySet<string> {
  const can = all.filter((one) => one.proposal.kind !== 'undo' && noUndoOf(one, { all, now }) === undefined);
  return new Set(can.map(({ proposal }) => proposal.id));
}

function tellerOf({ me, team }: TeamSession, now: number): Teller {
  const placeOf = (watchId: string): string | undefined => {
    const watch = team.watch.find(({ id }) => id === watchId);
    return watch && placeName(watch, team.watch);
  };
  return createTeller({ now, timeZone: me?.timeZone ?? team.timeZone, me: me?.name, placeOf });
}
