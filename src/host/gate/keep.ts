import * as vscode from 'vscode';
import type { Proposal } from '../../core/proposal.ts';
import type { Outbox } from '../../outbox/outbox.ts';
import { say } from '../say.ts';
import { isDryRun } from './writeSettings.ts';

interface KeepPorts {
  readonly outbox: Pick<Outbox, 'propose'>;
}

/** Keeps proposals until somebody approves or drops them. */
export function keep(proposals: readonly Proposal[], ports: KeepPorts): void {
  for (const proposal of proposals) ports.outbox.propose(proposal);
  if (isDryRun()) sayDryRun();
  else say(vscode.l10n.t('Kept in Proposals: {0}', proposals.length));
}

/** Says that nothing leaves, and where it waits. */
export function sayDryRun(): void {
  const show = vscode.l10n.t('Show Proposals');
  const settings = vscode.l10n.t('Open Setting');
  const text = vscode.l10n.t('Dry run: saved to Proposals, not sent.');
  void vscode.window.showInformationMessage(text, show, settings).then(async (chosen) => {
    if (chosen === show) await vscode.commands.executeCommand('responder.proposals.focus');
    if (chosen === settings) await vscode.commands.executeCommand('workbench.action.openSettings', 'responder.dryRun');
  });
}

/** Says where the rest is after *Cancel*. */
export function sayCancelled(): void {
  say(vscode.l10n.t('Cancelled: what was not sent is in Proposals'));
}
