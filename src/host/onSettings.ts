import * as vscode from 'vscode';

/** The settings that say what is shown of what is known. */
const SHOWN_BY = ['responder.queue', 'responder.filters', 'responder.badge', 'responder.dryRun'];
/** The settings of where the services are. */
const ADDRESSES = ['responder.github', 'responder.slack', 'responder.pagerduty'];

/** Tells when settings change: `shown` for what is painted, `addresses` for where the services are, `dryRun` for whether anything may leave. */
export function onSettings(told: {
  readonly shown: () => void;
  readonly addresses: () => void;
  readonly dryRun: () => void;
}): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (SHOWN_BY.some((section) => event.affectsConfiguration(section))) told.shown();
    if (event.affectsConfiguration('responder.dryRun')) told.dryRun();
    if (ADDRESSES.some((section) => event.affectsConfiguration(section))) told.addresses();
  });
}
