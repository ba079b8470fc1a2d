import type { Wiring } from './commandHandlers.ts';
import { leadSignal } from './core/item.ts';
import type { Commands } from './host/commands.ts';
import { sayNothingSelected } from './host/nothingSelected.ts';
import { targetItems } from './host/rowTargets.ts';
import { doItNow } from './host/timebox/doItNow.ts';
import { logTime, type TimeSubject } from './host/timebox/logTime.ts';
import { sayNone, showTimebox } from './host/timebox/showTimebox.ts';
import { timedItemOf } from './host/tree/rotationRows.ts';

export type TimeCommands =
  | 'responder.doItNow'
  | 'responder.showTimebox'
  | 'responder.pauseTimebox'
  | 'responder.resumeTimebox'
  | 'responder.logTime';

/** The commands of the timebox. */
export function timeCommands({ session, selected, timebox }: Wiring): Pick<Commands, TimeCommands> {
  const toggle = (isRunning: boolean) => async (): Promise<void> => {
    const view = timebox.timebox();
    if (view === undefined) sayNone();
    else if ((view.runningSince !== undefined) === isRunning)
      timebox.record(view.signalIds, { type: isRunning ? 'paused' : 'resumed' });
  };
  return {
    'responder.doItNow': async (row, rows) => {
      // One is done at a time: the row that was clicked, or the first that is selected.
      const [first] = targetItems(row, typeof row === 'string' ? [row] : rows, selected());
      const item = first === undefined ? undefined : session().items().get(first);
      if (item === undefined) sayNothingSelected();
      else await doItNow(item, timebox);
    },
    'responder.showTimebox': () => showTimebox(timebox),
    'responder.pauseTimebox': toggle(true),
    'responder.resumeTimebox': toggle(false),
    'responder.logTime': async (row) => {
      const timed = typeof row === 'string' ? timedItemOf(row) : undefined;
      const [first = timed] = targetItems(row, undefined, selected());
      await logTime(subjectOf(first), timebox);
    },
  };

  /** The item that is meant, otherwise the one in the timebox, otherwise the shift itself. */
  function subjectOf(itemId: string | undefined): TimeSubject {
    const item = itemId === undefined ? undefined : session().items().get(itemId);
    if (item !== undefined) return { signalIds: item.signals.map(({ id }) => id), title: leadSignal(item).title };
    const running = itemId === '' ? undefined : timebox.timebox();
    return running ?? { signalIds: itemId === undefined || itemId === '' ? [] : [itemId], title: itemId ?? '' };
  }
}
