import * as vscode from 'vscode';
import { type Log, ServiceError } from '../services/service.ts';
import { linkless } from './inert.ts';
import { failureText } from './words.ts';

/** Runs a command; a failure is said once, in the person's words, with the button that mends it. Details go to the log. */
export async function guard(log: Log, where: string, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (error instanceof vscode.CancellationError) return;
    log.error(`${where}: ${detailsOf(error)}`);
    await offerRemedy(error);
  }
}

/** Runs what nobody waits for, at once; a failure shows in the log, so that nothing that comes after is lost by it. */
export function unasked(log: Log, where: string, run: () => void): void {
  try {
    run();
  } catch (error) {
    log.error(`${where}: ${detailsOf(error)}`);
  }
}

/** A failure in the person's words. */
export function explain(error: unknown): string {
  if (error instanceof ServiceError)
    return `${failureText(error.reason, vscode.l10n.t('The service'))}. ${error.message}`;
  return vscode.l10n.t('Something went wrong. See the log for details.');
}

async function offerRemedy(error: unknown): Promise<void> {
  const signIn = vscode.l10n.t('Sign In…');
  const showLog = vscode.l10n.t('Show Log');
  const signedOut = error instanceof ServiceError && ['unauthenticated', 'forbidden'].includes(error.reason);
  const buttons = [...(signedOut ? [signIn] : []), showLog];
  const choice = await vscode.window.showErrorMessage(linkless(explain(error)), ...buttons);
  if (choice === signIn) await vscode.commands.executeCommand('responder.signIn');
  if (choice === showLog) await vscode.commands.executeCommand('responder.showLog');
}

/** A failure for the log: where it came from, when it is a mistake of ours. */
export function detailsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error instanceof ServiceError ? `${error.reason}: ${error.message}` : (error.stack ?? error.message);
}
