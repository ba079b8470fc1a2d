import * as vscode from 'vscode';
import { say } from '../say.ts';
import { isDryRun } from './writeSettings.ts';

/** Turns the dry run on or off, for all windows of the person; what waits goes on waiting for approval. */
export async function toggleDryRun(): Promise<void> {
  const isOn = !isDryRun();
  await vscode.workspace.getConfiguration('responder').update('dryRun', isOn, vscode.ConfigurationTarget.Global);
  say(
    isOn
      ? vscode.l10n.t('Dry run is on: changes are saved to Proposals, not sent')
      : vscode.l10n.t('Dry run is off: approved changes are sent'),
  );
}
