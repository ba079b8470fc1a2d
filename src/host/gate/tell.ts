import * as vscode from 'vscode';
import type { StoredProposal } from '../../core/proposal.ts';
import { describeFailure } from '../convert/words.ts';
import { inertTitle } from '../timebox/words.ts';
import type { GatePorts } from './gate.ts';
import type { UndoBar } from './undoBar.ts';

const TITLE_LENGTH = 48;
const REASON_LENGTH = 400;

/** Says in the status bar what was written, with *Undo* where a service knows a way; what it left out is a message. */
export function sayWritten(written: readonly StoredProposal[], undoBar: UndoBar): void {
  const [first] = written;
  if (first === undefined) return;
  const text =
    written.length === 1 ? inertTitle(first.proposal.title, TITLE_LENGTH) : vscode.l10n.t('{0} writes', written.length);
  const undoable = written.filter(isUndoable).map(({ proposal }) => proposal.id);
  if (undoable.length > 0) undoBar.show(text, undoable);
  else vscode.window.setStatusBarMessage(vscode.l10n.t('Written: {0}', text), 6000);
  const warnings = [...new Set(written.flatMap(warningsOf))].slice(0, 5);
  if (warnings.length > 0)
    void vscode.window.showWarningMessage(
      inertTitle(vscode.l10n.t('Written, but: {0}', warnings.join(' · ')), REASON_LENGTH),
    );
}

/** Says why something was not written. Nothing is lost: it stays among the proposals, as it was. */
export async function tellStopped(
  stopped: readonly StoredProposal[],
  { placeOf }: Pick<GatePorts, 'placeOf'>,
  again: () => Promise<unknown>,
): Promise<void> {
  const [first] = stopped;
  if (first === undefined) return;
  const why = inertTitle(describeFailure(first, placeOf) ?? '', REASON_LENGTH);
  const text =
    stopped.length === 1
      ? vscode.l10n.t('Not written: “{0}”. {1}', inertTitle(first.proposal.title, TITLE_LENGTH), why)
      : vscode.l10n.t('{0} were not written. {1}', stopped.length, why);
  const tryAgain = vscode.l10n.t('Try Again');
  const show = vscode.l10n.t('Show Proposals');
  const chosen = await vscode.window.showErrorMessage(text, tryAgain, show);
  if (chosen === tryAgain) await again();
  if (chosen === show) await vscode.commands.executeCommand('responder.proposals.focus');
}

function isUndoable({ states, proposal }: StoredProposal): boolean {
  return proposal.kind !== 'undo' && states.some((state) => state.status === 'done' && state.outcome.undo.length > 0);
}

function warningsOf({ states }: StoredProposal): readonly string[] {
  return states.flatMap((state) => (state.status === 'done' ? state.outcome.warnings : []));
}
