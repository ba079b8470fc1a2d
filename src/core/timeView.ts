import { workOf } from './dutyHours.ts';
import { type Item, leadSignal } from './item.ts';
import type { JournalEntry } from './journal.ts';
import { dutyAt } from './rotation.ts';
import type { Team } from './team.ts';
import { runOf, type SpentTime, type TimeboxRun, type TimeSpan, timeSpent } from './timeboxRun.ts';
import type { BudgetView, TimeboxView } from './view.ts';

export interface TimeInput {
  readonly team: Team;
  /** In order of time. */
  readonly journal: readonly JournalEntry[];
  /** My name on the team, when it is known. */
  readonly me: string | undefined;
  /** The item that holds a signal; undefined when nothing is known of the signal any more. */
  readonly itemOf: (signalId: string) => Item | undefined;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** The timebox that runs or is paused, with what a person needs to know of its item. */
export function projectTimebox(
  { journal, team, itemOf }: TimeInput,
  run: TimeboxRun | undefined = runOf(journal),
): TimeboxView | undefined {
  if (run === undefined) return undefined;
  return { ...run, ...naming(run.signalIds, journal, itemOf), limitMinutes: team.timebox.limitMinutes };
}

/**
 * The budget of the shift that runs: the team's share of the working time of whoever is on duty, in their zone, holidays
 * left out, against the timeboxes and the logged time of this machine. Undefined while nobody is on duty, somebody
 * else is (their time is in their journal), or it is not known yet who I am.
 */
export function projectBudget(
  { team, journal, me, itemOf, now }: TimeInput,
  spentIn = (span: TimeSpan): readonly SpentTime[] => timeSpent(journal, span),
): BudgetView | undefined {
  const shift = dutyAt(team.rotation, now);
  if (shift === undefined || me !== shift.name) return undefined;
  const working = workOf(team, shift.name, shift.from, shift.to).reduce((sum, { from, to }) => sum + to - from, 0);
  return {
    shift: { from: shift.from, to: shift.to },
    budgetMs: working * team.timebox.budgetShare,
    items: byItem(spentIn(shift), (signalIds) => naming(signalIds, journal, itemOf)),
  };
}

/** Signals that were about two matters when the time was spent may be one item by now. */
function byItem(
  times: readonly SpentTime[],
  nameOf: (signalIds: readonly string[]) => ReturnType<typeof naming>,
): BudgetView['items'] {
  const items = new Map<string, BudgetView['items'][number]>();
  for (const { signalIds, closedMs, runningSince } of times) {
    const { itemId, title } = nameOf(signalIds);
    const id = itemId ?? signalIds[0] ?? '';
    const before = items.get(id);
    items.set(id, {
      id,
      title,
      closedMs: (before?.closedMs ?? 0) + closedMs,
      runningSince: before?.runningSince ?? runningSince,
    });
  }
  return [...items.values()];
}

/** An item that its source no longer reports goes by the issue that it became, or else by its signal's id. */
function naming(
  signalIds: readonly string[],
  journal: readonly JournalEntry[],
  itemOf: TimeInput['itemOf'],
): { readonly itemId: string | undefined; readonly title: string } {
  const item = signalIds.map(itemOf).find((found) => found !== undefined);
  if (item !== undefined) return { itemId: item.id, title: leadSignal(item).title };
  for (const { event, signalIds: others } of journal.toReversed())
    if (event.type === 'converted' && others.some((id) => signalIds.includes(id)))
      return { itemId: undefined, title: event.title };
  return { itemId: undefined, title: (signalIds[0] ?? '').replace(/^\w+:/u, '') };
}
