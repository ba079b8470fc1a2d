import { Kept } from './kept.ts';
import { runOf, type SpentTime, type TimeboxRun, timeSpent } from './timeboxRun.ts';
import { projectBudget, projectTimebox, type TimeInput } from './timeView.ts';
import type { BudgetView, TimeboxView } from './view.ts';

/** Timebox and budget of a moment; the journal is played again only when it has grown. */
export class TimeCache {
  readonly #run = new Kept<TimeboxRun | undefined>();
  readonly #spent = new Kept<readonly SpentTime[]>();

  /** The journal is append-only: the same length means the same journal. */
  timebox(input: TimeInput): TimeboxView | undefined {
    const { journal } = input;
    return projectTimebox(
      input,
      this.#run.get([journal, journal.length], () => runOf(journal)),
    );
  }

  budget(input: TimeInput): BudgetView | undefined {
    const { journal } = input;
    return projectBudget(input, (shift) =>
      this.#spent.get([journal, journal.length, shift.from, shift.to], () => timeSpent(journal, shift)),
    );
  }
}
