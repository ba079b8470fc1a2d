import { budgetAt } from '../core/budget.ts';
import { type Item, leadSignal } from '../core/item.ts';
import type { Commands } from '../host/commands.ts';
import { sayNothingSelected } from '../host/nothingSelected.ts';
import { doItNow } from '../host/timebox/doItNow.ts';
import { logTime, pickSubject, type TimeSubject } from '../host/timebox/logTime.ts';
import { sayNone, showTimebox } from '../host/timebox/showTimebox.ts';
import { itemIdOf, itemRowId } from '../host/tree/itemRows.ts';
import { isBudgetRow, timedItemOf } from '../host/tree/rotationRows.ts';
import type { TeamSession } from '../session/teamSession.ts';
import type { CommandWiring } from './commandWiring.ts';
import { itemOf } from './onItems.ts';

export type TimeCommands =
  | 'responder.doItNow'
  | 'responder.showTimebox'
  | 'responder.pauseTimebox'
  | 'responder.resumeTimebox'
  | 'responder.logTime';

/** The commands of the timebox. */
export function timeCommands(wiring: CommandWiring): Pick<Commands, TimeCommands> {
  const { session, timebox } = wiring;
  const toggle = (isRunning: boolean) => async (): Promise<void> => {
    const view = timebox.timebox();
    if (view === undefined) sayNone();
    else if ((view.runningSince !== undefined) === isRunning)
      timebox.record(view.signalIds, { type: isRunning ? 'paused' : 'resumed' });
  };
  return {
    'responder.doItNow': async (row) => {
      const item = itemOf(wiring, row);
      if (item === undefined) sayNothingSelected();
      else await doItNow(item, timebox);
    },
    'responder.showTimebox': () => showTimebox(timebox),
    'responder.pauseTimebox': toggle(true),
    'responder.resumeTimebox': toggle(false),
    'responder.logTime': async (row) => {
      const subject = typeof row === 'string' ? subjectOfRow(row, session()) : undefined;
      const subjects = isBudgetRow(row) ? budgetSubjects(wiring) : [...subjectsAtHand(wiring), SHIFT];
      const chosen = subject ?? (await pickSubject(subjects));
      if (chosen !== undefined) await logTime(chosen, timebox);
    },
  };
}

const SHIFT: TimeSubject = { signalIds: [], title: '' };

/** The selected item, and the one in the timebox when it is another. */
function subjectsAtHand(wiring: CommandWiring): readonly TimeSubject[] {
  const item = itemOf(wiring, undefined);
  const running = wiring.timebox.timebox();
  if (item === undefined) return running === undefined ? [] : [running];
  const isSame = running?.signalIds.some((id) => item.signals.some((signal) => signal.id === id));
  return [subjectOfItem(item), ...(running === undefined || isSame === true ? [] : [running])];
}

/** Of the budget itself: what runs, the shift, and what time was spent on; not what happens to be selected elsewhere. */
function budgetSubjects({ session, timebox, now }: CommandWiring): readonly TimeSubject[] {
  const running = timebox.timebox();
  const budget = session().budget();
  const spent = budget === undefined ? [] : budgetAt(budget, now()).items;
  const others = spent
    .filter(({ id }) => id !== '' && id !== running?.itemId && running?.signalIds.includes(id) !== true)
    .flatMap(({ id }) => subjectOfRow(itemRowId(id), session()) ?? []);
  return [...(running === undefined ? [] : [running]), SHIFT, ...others];
}

/** What a row of the Queue or of the budget is about; undefined for a row that is about no one item. */
function subjectOfRow(rowId: string, session: TeamSession): TimeSubject | undefined {
  const timed = timedItemOf(rowId);
  if (timed === '') return SHIFT;
  const id = timed ?? itemIdOf(rowId);
  if (id === undefined) return undefined;
  const item = session.items().get(id);
  // What its source reports no more goes by its signal.
  return item === undefined ? { signalIds: [id], title: id } : subjectOfItem(item);
}

function subjectOfItem(item: Item): TimeSubject {
  return { signalIds: item.signals.map(({ id }) => id), title: leadSignal(item).title };
}
