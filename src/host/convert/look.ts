import * as vscode from 'vscode';
import { ServiceError } from '../../services/service.ts';
import { withBusyPick } from '../progress.ts';
import { failureText } from '../words.ts';
import type { Answers } from './answers.ts';
import type { Step } from './wizard.ts';

/** Longer than this nobody waits for what is only an offer. */
const LIMIT_MS = 5000;

/** Something that is asked of the repository between two questions, and the questions that come of the answer. */
export interface Look {
  /** Looks; never fails, and takes at most five seconds. Returns the answers without what no longer holds. */
  readonly prepare: (answers: Answers) => Promise<Answers>;
  /** None of them applies where nothing was found. */
  readonly steps: readonly Step<Answers>[];
  /** One line about what could not be looked at, for the last question. */
  readonly notice: () => string | undefined;
}

/** Runs a look while the person waits; aborted when they give it up, and when it takes too long. */
export async function looking<T>(title: string, work: (abort: AbortSignal) => Promise<T>): Promise<T> {
  return withBusyPick(title, (abort) => work(AbortSignal.any([abort, AbortSignal.timeout(LIMIT_MS)])));
}

/** Why a look found nothing, for the middle of a sentence. */
export function whyNot(error: unknown, abort: AbortSignal | undefined): string {
  if (abort?.aborted === true) return vscode.l10n.t('GitHub did not answer in time');
  return failureText(error instanceof ServiceError ? error.reason : 'badResponse', 'GitHub');
}
