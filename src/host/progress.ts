import * as vscode from 'vscode';
import { linkless } from './inert.ts';

/** Work that a person can stop, and that says how far it is. */
type Work<T> = (abort: AbortSignal, report: (message: string) => void) => Promise<T>;

/** Runs work under a notification with *Cancel*, which aborts it. */
export async function withAbort<T>(title: string, work: Work<T>): Promise<T> {
  const options = { location: vscode.ProgressLocation.Notification, title: linkless(title), cancellable: true };
  return vscode.window.withProgress(options, async (progress, token) => {
    const controller = new AbortController();
    const cancelling = token.onCancellationRequested(() => {
      controller.abort();
    });
    try {
      return await work(controller.signal, (message) => {
        progress.report({ message: linkless(message) });
      });
    } finally {
      cancelling.dispose();
    }
  });
}

/** Runs work that nobody can stop; VS Code tells of it in the status bar when it takes longer than a moment. */
export async function withStatus<T>(title: string, work: () => Promise<T>): Promise<T> {
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, work);
}

/**
 * Runs what a question waits for, with the question's place on the screen taken already: what is typed meanwhile must
 * not be a key of the view below. Escape aborts it.
 */
export async function withBusyPick<T>(
  title: string,
  work: Work<T>,
  placeholder = vscode.l10n.t('Press Escape to cancel'),
): Promise<T> {
  const pick = vscode.window.createQuickPick();
  pick.title = title;
  pick.placeholder = placeholder;
  pick.busy = true;
  pick.ignoreFocusOut = true;
  const controller = new AbortController();
  const hiding = pick.onDidHide(() => {
    controller.abort();
  });
  pick.show();
  try {
    return await work(controller.signal, (message) => {
      pick.title = `${title}: ${message}`;
    });
  } finally {
    hiding.dispose();
    pick.dispose();
  }
}
