import * as vscode from 'vscode';

/** A command on rows was run with no row clicked or selected. */
export function sayNothingSelected(): void {
  void vscode.window.showInformationMessage(vscode.l10n.t('Select an item in the Queue first.'));
}
