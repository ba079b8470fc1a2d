import type { Commands } from '../host/commands.ts';
import { deleteJournal } from '../host/journal/deleteJournal.ts';
import { exportJournal } from '../host/journal/exportJournal.ts';
import type { JournalPorts } from '../host/journal/journalPorts.ts';
import { showJournal } from '../host/journal/showJournal.ts';
import { showTimeline } from '../host/journal/showTimeline.ts';
import { sayNothingSelected } from '../host/nothingSelected.ts';
import type { CommandWiring } from './commandWiring.ts';
import { journalPorts } from './journalPorts.ts';
import { itemOf } from './onItems.ts';

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
