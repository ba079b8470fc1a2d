import * as vscode from 'vscode';
import { isDryRun } from './writeSettings.ts';

/** Turns the dry run on or off, for all windows of the person; what waits goes on waiting for approval. */
export async function toggleDryRun(): Promise<void> {
  const isOn = !isDryRun();
  await vscode.workspace.getConfiguration('responder').update('dryRun', isOn, vscode.ConfigurationTarget.Global);
  vscode.window.setStatusBarMessage(
    isOn
      ? vscode.l10n.t('Dry run is on: nothing is written, what you do waits in Proposals')
      : vscode.l10n.t('Dry run is off: what you approve is written'),
    6000,
  );
}
