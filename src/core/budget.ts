import { spentAt, totalSpentAt } from './timeboxRun.ts';
import type { BudgetView } from './view.ts';

export type BudgetWarning = 'none' | 'eighty' | 'full';

/** How much of the duty budget is used at one moment; lengths in milliseconds. */
export interface Budget {
  readonly spentMs: number;
  readonly budgetMs: number;
  /** Of the budget, 1 is all of it; infinite when time was spent out of none. */
  readonly share: number;
  readonly warn: BudgetWarning;
  /** The time by item, longest first. */
  readonly items: readonly { readonly id: string; readonly title: string; readonly ms: number }[];
}

const EARLY_WARNING = 0.8;

/** The budget at `now` (epoch ms). Nothing that happens after the shift counts. */
export function budgetAt(view: BudgetView, now: number): Budget {
  const { budgetMs, shift } = view;
  const until = Math.min(now, shift.to);
  const spentMs = totalSpentAt(view.items, until);
  const share = spentMs === 0 ? 0 : spentMs / budgetMs;
  const items = view.items
    .map((item) => ({ id: item.id, title: item.title, ms: spentAt(item, until) }))
    .filter(({ ms }) => ms > 0)
    .toSorted((a, b) => b.ms - a.ms);
  return { spentMs, budgetMs, share, warn: share >= 1 ? 'full' : share >= EARLY_WARNING ? 'eighty' : 'none', items };
}
