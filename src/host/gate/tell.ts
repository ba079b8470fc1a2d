import * as vscode from 'vscode';
import { allWordsOf } from '../../actions/words.ts';
import { proposalPhase } from '../../core/approval.ts';
import type { Proposal, StoredProposal } from '../../core/proposal.ts';
import { inertTitle } from '../inert.ts';
import { say } from '../say.ts';
import { proposalRowId } from '../tree/proposalRows.ts';
import type { GatePorts } from './gate.ts';
import { openNamesText } from './openNames.ts';
import { describeFailure } from './stepWords.ts';
import type { UndoBar } from './undoBar.ts';
import { kindText } from './words.ts';

const TITLE_LENGTH = 48;
const REASON_LENGTH = 400;
/** Of several that were refused. */
const MOST_TOLD = 3;

/** Puts *Undo* in the status bar, in the place of an earlier one; false when nothing of what was written can be taken back. */
export function offerUndo(written: readonly StoredProposal[], undoBar: Pick<UndoBar, 'show' | 'hide'>): boolean {
  const undoable = written.filter(isUndoable);
  const ids = undoable.map(({ proposal }) => proposal.id);
  if (ids.length > 0) undoBar.show(writtenText(undoable), ids);
  // What was written before is not the last thing any more, though the person may take it for that.
  else if (written.some(({ states }) => states.some(({ status }) => status === 'done'))) undoBar.hide();
  return ids.length > 0;
}

function writtenText(written: readonly StoredProposal[]): string {
  const [only, ...others] = written;
  return only !== undefined && others.length === 0
    ? `${kindText(only.proposal.kind)} · ${inertTitle(only.proposal.title, TITLE_LENGTH)}`
    : vscode.l10n.t('{0} changes', written.length);
}

/** Says in the status bar what was written, with *Undo* where a service knows a way; what it left out is a message. */
export function sayWritten(written: readonly StoredProposal[], undoBar: GatePorts['undoBar']): void {
  if (written.length === 0) return;
  if (!offerUndo(written, undoBar)) say(vscode.l10n.t('Sent: {0}', writtenText(written)));
  const warnings = [...new Set(written.flatMap(warningsOf))].slice(0, 5);
  if (warnings.length > 0)
    void vscode.window.showWarningMessage(
      inertTitle(vscode.l10n.t('Sent, but: {0}', warnings.join(' · ')), REASON_LENGTH),
    );
}

type TellPorts = Pick<GatePorts, 'placeOf' | 'now'>;

/** Says which proposals a service would not have, and why. Nothing is lost: each stays among the proposals, as it was. */
export async function tellStopped(
  stopped: readonly StoredProposal[],
  ports: TellPorts,
  again: () => Promise<unknown>,
): Promise<void> {
  const [only, ...others] = stopped;
  if (only === undefined) return;
  const words = others.length > 0 ? '' : allWordsOf(only.proposal);
  const [tryAgain, copy] = [vscode.l10n.t('Retry'), vscode.l10n.t('Copy Text')];
  const buttons = [tryAgain, ...(words === '' ? [] : [copy]), showProposals()];
  const chosen = await vscode.window.showErrorMessage(stoppedText(stopped, ports), ...buttons);
  if (chosen === tryAgain) await again();
  if (chosen === copy) await vscode.env.clipboard.writeText(words);
  if (chosen === showProposals()) await vscode.commands.executeCommand('responder.proposals.focus');
}

/** Says which replies nobody may read yet, and why; they wait among the proposals. */
export async function tellOpen(open: readonly Proposal[]): Promise<void> {
  const [only, ...others] = open;
  if (only === undefined) return;
  const why = openNamesText(open.map(allWordsOf)) ?? '';
  const text =
    others.length === 0
      ? vscode.l10n.t('Not sent: {0}. {1}', titleOf(only), why)
      : vscode.l10n.t('{0} were not sent. {1}', open.length, why);
  const edit = vscode.l10n.t('Edit…');
  const chosen = await vscode.window.showWarningMessage(text, ...(others.length === 0 ? [edit] : []), showProposals());
  if (chosen === edit) await vscode.commands.executeCommand('responder.editProposal', proposalRowId(only.id));
  if (chosen === showProposals()) await vscode.commands.executeCommand('responder.proposals.focus');
}

/**
 * Says which proposals were not sent, since their text is not the one that was approved any more. `isKeptApart`: that one
 * waits as a proposal of its own.
 */
export async function tellChanged(
  changed: readonly Proposal[],
  { isKeptApart }: { readonly isKeptApart: boolean },
): Promise<void> {
  const [only, ...others] = changed;
  if (only === undefined) return;
  const what = others.length === 0 ? titleOf(only) : vscode.l10n.t('{0} changes', changed.length);
  const text = isKeptApart
    ? vscode.l10n.t(
        'Not sent: {0}. The text in Proposals was edited or approved meanwhile. Yours waits there, too.',
        what,
      )
    : vscode.l10n.t('Not sent: {0}. The text was edited in Proposals meanwhile, and waits there.', what);
  if ((await vscode.window.showWarningMessage(text, showProposals())) !== undefined)
    await vscode.commands.executeCommand('responder.proposals.focus');
}

/** Says which proposals wait for their service alone: they go on by themselves. */
export async function tellGoing(going: readonly StoredProposal[], ports: TellPorts): Promise<void> {
  const [first] = going;
  if (first === undefined) return;
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      'Not sent yet: {0}. {1} It is retried automatically within the hour.',
      going.length === 1 ? titleOf(first.proposal) : vscode.l10n.t('{0} changes', going.length),
      whyText(first, ports),
    ),
    showProposals(),
  );
  if (chosen !== undefined) await vscode.commands.executeCommand('responder.proposals.focus');
}

function showProposals(): string {
  return vscode.l10n.t('Show Proposals');
}

function stoppedText(stopped: readonly StoredProposal[], ports: TellPorts): string {
  const [only, ...others] = stopped;
  if (only !== undefined && others.length === 0)
    return vscode.l10n.t('Not sent: {0}. {1}', titleOf(only.proposal), whyText(only, ports));
  const each = stopped.slice(0, MOST_TOLD).map((one) => `${titleOf(one.proposal)}: ${whyText(one, ports)}`);
  return vscode.l10n.t('{0} were not sent. {1}', stopped.length, each.join(' · '));
}

function titleOf({ title }: Proposal): string {
  return `“${inertTitle(title, TITLE_LENGTH)}”`;
}

function whyText(stored: StoredProposal, { placeOf, now }: TellPorts): string {
  if (proposalPhase(stored, now()) === 'stale') return vscode.l10n.t('Its approval was more than an hour old.');
  return inertTitle(describeFailure(stored, placeOf) ?? '', REASON_LENGTH);
}

function isUndoable({ states, proposal }: StoredProposal): boolean {
  return proposal.kind !== 'undo' && states.some((state) => state.status === 'done' && state.outcome.undo.length > 0);
}

function warningsOf({ states }: StoredProposal): readonly string[] {
  return states.flatMap((state) => (state.status === 'done' ? state.outcome.warnings : []));
}
