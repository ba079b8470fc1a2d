import * as vscode from 'vscode';
import type { StoredProposal } from '../core/proposal.ts';
import type { Log } from '../services/service.ts';
import { unasked } from './errors.ts';

/** Longer than a window that is gone keeps what it was writing to itself. */
const LOOK_AGAIN_MS = 20_000;

export interface UnfinishedWritesPorts {
  /** What stopped before its end and no window is writing. */
  readonly unfinished: () => readonly StoredProposal[];
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly log: Log;
}

/**
 * Says which writes an earlier run of VS Code left unfinished. Looks twice: what a window was writing when it crashed
 * counts as being written for some seconds more.
 */
export function sayUnfinishedWrites({ unfinished, now, log }: UnfinishedWritesPorts): vscode.Disposable {
  const openedAt = now();
  const told = new Set<string>();
  const lookNow = (): void => {
    const left = unfinished().filter(({ proposal }) => proposal.createdAt < openedAt && !told.has(proposal.id));
    for (const { proposal } of left) told.add(proposal.id);
    if (left.length > 0) void tell(left.length);
  };
  const look = (): void => unasked(log, 'unfinished writes', lookNow);
  look();
  const again = setTimeout(look, LOOK_AGAIN_MS);
  return { dispose: () => clearTimeout(again) };
}

async function tell(count: number): Promise<void> {
  const show = vscode.l10n.t('Show');
  const text =
    count === 1
      ? vscode.l10n.t('A change was interrupted when VS Code closed.')
      : vscode.l10n.t('{0} changes were interrupted when VS Code closed.', count);
  if ((await vscode.window.showWarningMessage(text, show)) === show)
    await vscode.commands.executeCommand('responder.showUnfinished');
}
