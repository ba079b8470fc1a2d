import type { Commands } from '../host/commands.ts';
import { openPostedHandoff } from '../host/openPostedHandoff.ts';
import { handoffIdOfRow } from '../host/tree/handoffRows.ts';
import type { CommandWiring } from './commandWiring.ts';

export type HandoffCommands = 'responder.draftHandoff' | 'responder.openHandoff';

/** The commands that draft a handoff, and show one that was posted. */
export function handoffCommands({
  session,
  handoff,
  showText,
  openUrl,
}: CommandWiring): Pick<Commands, HandoffCommands> {
  return {
    'responder.draftHandoff': async () => {
      session();
      handoff.open();
    },
    'responder.openHandoff': async (row) => {
      const id = typeof row === 'string' ? handoffIdOfRow(row) : undefined;
      const found = session()
        .store.handoffs()
        .find((each) => each.id === id);
      if (found !== undefined) await openPostedHandoff(found, { showText, openUrl });
    },
  };
}
