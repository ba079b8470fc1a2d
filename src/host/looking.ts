import * as vscode from 'vscode';
import { ServiceError } from '../services/service.ts';
import { withBusyPick } from './progress.ts';
import { failureText } from './words.ts';

/** Longer than this nobody waits for what is only an offer. */
const LIMIT_MS = 5000;

/** Runs a look while the person waits; aborted when they give it up, and when it takes too long. */
export async function looking<T>(title: string, work: (abort: AbortSignal) => Promise<T>): Promise<T> {
  return withBusyPick(
    title,
    (abort) => work(AbortSignal.any([abort, AbortSignal.timeout(LIMIT_MS)])),
    vscode.l10n.t('Press Escape to skip'),
  );
}

/** Why a look found nothing, for the middle of a sentence. */
export function whyNot(error: unknown, abort: AbortSignal | undefined): string {
  if (abort?.aborted === true) return abortedText(abort);
  return failureText(error instanceof ServiceError ? error.reason : 'badResponse', 'GitHub');
}

/** Whether the person gave a look up or it took too long, for the middle of a sentence. */
export function abortedText({ reason }: AbortSignal): string {
  return reason instanceof DOMException && reason.name === 'TimeoutError'
    ? vscode.l10n.t('GitHub did not answer in time')
    : vscode.l10n.t('you skipped it');
}
