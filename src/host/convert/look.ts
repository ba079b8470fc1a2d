import type { Answers } from './answers.ts';
import type { Step } from './wizard.ts';

/** Something that is asked of the repository between two questions, and the questions that come of the answer. */
export interface Look {
  /** Looks; never fails, and takes at most five seconds. Returns the answers without what no longer holds. */
  readonly prepare: (answers: Answers) => Promise<Answers>;
  /** None of them applies where nothing was found. */
  readonly steps: readonly Step<Answers>[];
  /** One line about what could not be looked at, for the last question. */
  readonly notice: () => string | undefined;
}
