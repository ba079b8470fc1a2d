import * as vscode from 'vscode';
import type { Wiring } from './commandHandlers.ts';
import type { Commands } from './host/commands.ts';
import { chooseGrouping, grouping } from './host/grouping.ts';
import { nextText } from './host/turnWords.ts';

export type QueueCommands = 'responder.groupQueue' | 'responder.nextItem';

/** How long the status bar says why an item is on top. */
const SAY_MS = 10_000;

/** The commands that look at the list as a whole. */
export function queueCommands({ session, reveal, now }: Wiring): Pick<Commands, QueueCommands> {
  return {
    'responder.groupQueue': async () => chooseGrouping(),
    'responder.nextItem': async () => {
      const { next, dayMinutes } = session().view(grouping()).queue;
      const title = next === undefined ? undefined : session().items().get(next.id)?.signals[0].title;
      if (next === undefined || title === undefined) {
        vscode.window.setStatusBarMessage(vscode.l10n.t('Nothing waits on us.'), SAY_MS);
        return;
      }
      await reveal(next.id);
      const why = nextText(next.because, dayMinutes, now());
      vscode.window.setStatusBarMessage(vscode.l10n.t('Next because {0}: {1}', why, inert(title)), SAY_MS);
    },
  };
}

/** The status bar makes icons of `$(…)`. */
function inert(title: string): string {
  return title.replaceAll('$(', '$ (');
}
