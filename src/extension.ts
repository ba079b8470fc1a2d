import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { Engine } from './engine.ts';
import { registerCommands } from './host/commands.ts';
import { Painter } from './host/painter.ts';
import { snapshotFile } from './host/storage.ts';
import type { ResponderDutyApi } from './shared/api.ts';
import { SourceRegistry } from './shared/contributed.ts';
import { readSnapshot } from './shared/snapshot.ts';
import { windowClock } from './windowClock.ts';

/**
 * Registers what a person sees, paints what was known last time, and wakes the engine, which does all the rest. Returns
 * what other extensions may call.
 */
export function activate(context: vscode.ExtensionContext): ResponderDutyApi {
  const log = vscode.window.createOutputChannel('Responder Duty', { log: true });
  const clock = windowClock(context.extensionPath, process.env);
  const painter = new Painter(() => clock.now());
  const contributed = new SourceRegistry();
  let engine: Promise<Engine> | undefined;
  const wake = (): Promise<Engine> => {
    engine ??= import('./engine.ts').then(({ startEngine }) =>
      startEngine({ context, log, painter, clock, contributed }),
    );
    return engine;
  };

  context.subscriptions.push(
    log,
    painter,
    registerCommands(async (id, args) => (await wake()).run(id, args)),
    vscode.window.registerWebviewPanelSerializer('responder.handoff', {
      deserializeWebviewPanel: async (panel, state: unknown) => (await wake()).reviveHandoff(panel, state),
    }),
    // One that did not start has said so.
    { dispose: () => void engine?.then((started) => started.dispose()).catch(() => undefined) },
  );
  const logError = (error: unknown): void => log.error(error instanceof Error ? error : String(error));
  void paintSnapshot(context, painter)
    // What is only for the first moment must not be in the way of the rest.
    .catch(logError)
    .then(wake)
    .catch((error: unknown) => {
      logError(error);
      void sayNotStarted(log);
    });
  return contributed.api;
}

async function sayNotStarted(log: vscode.LogOutputChannel): Promise<void> {
  const showLog = vscode.l10n.t('Show Log');
  const text = vscode.l10n.t('Responder Duty failed to start. See the log for details.');
  if ((await vscode.window.showErrorMessage(text, showLog)) === showLog) log.show();
}

/** The first paint: what this machine knew when it last looked, before anything is asked of anybody. */
async function paintSnapshot(context: vscode.ExtensionContext, painter: Painter): Promise<void> {
  const file = snapshotFile(context);
  if (file === undefined) return;
  const text = await readFile(file, 'utf8').catch(() => '');
  const view = readSnapshot(text);
  if (view !== undefined && painter.painted === undefined) painter.show('ready', view);
}
