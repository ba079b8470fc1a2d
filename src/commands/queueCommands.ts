import * as vscode from 'vscode';
import { leadSignal } from '../core/item.ts';
import type { Commands } from '../host/commands.ts';
import { chooseGrouping } from '../host/grouping.ts';
import { iconless } from '../host/inert.ts';
import { say } from '../host/say.ts';
import { groupIdOfMore } from '../host/tree/queueRows.ts';
import { nextText } from '../host/turnWords.ts';
import type { CommandWiring } from './commandWiring.ts';

export type QueueCommands = 'responder.refresh' | 'responder.groupQueue' | 'responder.showMore' | 'responder.nextItem';

/** How long the status bar says why an item is on top. */
const SAY_MS = 10_000;

/** The commands that look at the list as a whole. */
export function queueCommands({ session, repaint, reveal, now }: CommandWiring): Pick<Commands, QueueCommands> {
  return {
    'responder.refresh': async () => {
      await session().refresh();
      // Also when nothing is new: ages and clocks have moved on.
      repaint();
    },
    'responder.groupQueue': async () => chooseGrouping(),
    'responder.showMore': async (row) => {
      const group = typeof row === 'string' ? groupIdOfMore(row) : undefined;
      if (group !== undefined) session().showMore(group);
    },
    'responder.nextItem': async () => {
      const items = session().items();
      const queue = repaint()?.queue;
      const next = queue?.next;
      const item = items.get(next?.id ?? '');
      if (queue === undefined || next === undefined || item === undefined) {
        say(vscode.l10n.t('Nothing waits on us.'));
        return;
      }
      await reveal(next.id);
      const why = nextText(next.because, queue.dayMinutes, now());
      say(vscode.l10n.t('Next because {0}: {1}', why, iconless(leadSignal(item).title)), SAY_MS);
    },
  };
}
