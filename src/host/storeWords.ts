import * as vscode from 'vscode';

/** Why nothing is read: the store cannot be opened. */
export function storeProblemText(isNewer: boolean): string {
  return isNewer
    ? vscode.l10n.t(
        'The local data for this team was written by a newer version of Responder Duty. Update the extension.',
      )
    : vscode.l10n.t('The local data for this team cannot be opened. See the log for details.');
}

/** Says where a damaged store was put, when it was. */
export function sayIfSetAside(setAside: string | undefined): void {
  if (setAside === undefined) return;
  void vscode.window.showWarningMessage(
    vscode.l10n.t('The local data was damaged, so it starts anew. The old data is kept as {0}.', setAside),
  );
}
