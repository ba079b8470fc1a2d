import * as vscode from 'vscode';
import { allWordsOf, canRewrite } from '../actions/words.ts';
import { isUnsent } from '../core/approval.ts';
import type { StoredProposal } from '../core/proposal.ts';
import { lastAct } from '../core/undo.ts';
import type { Commands } from '../host/commands.ts';
import { endEdit } from '../host/editDocument.ts';
import { editStored, sayBegun } from '../host/gate/editStored.ts';
import { approve, type GatePorts } from '../host/gate/gate.ts';
import { headingOf, storedPreview } from '../host/gate/storedPreview.ts';
import { isLast, lastWritten, undoWrites } from '../host/gate/undoWrites.ts';
import { droppedText } from '../host/gate/words.ts';
import { isDryRun } from '../host/gate/writeSettings.ts';
import { targetRows } from '../host/rowTargets.ts';
import { say } from '../host/say.ts';
import { proposalIdOf } from '../host/tree/proposalRows.ts';
import { areWordsSent, changesRow, dropClaims, isUnderWay } from '../host/working/dropClaims.ts';
import type { WorkingPorts } from '../host/working/workingPorts.ts';
import { finishClaims } from './claimLife.ts';
import type { CommandWiring } from './commandWiring.ts';
import { workingPorts } from './workingPorts.ts';

export type ProposalCommands =
  | 'responder.showProposal'
  | 'responder.approveProposal'
  | 'responder.editProposal'
  | 'responder.copyProposalText'
  | 'responder.dropProposal'
  | 'responder.undoWrite'
  | 'responder.applyEdit'
  | 'responder.discardEdit';

/** The commands of the Proposals view, on one row or many, and what takes a write back. */
export function proposalCommands(wiring: CommandWiring): Pick<Commands, ProposalCommands> {
  const chosen = (row: unknown, rows: unknown): readonly StoredProposal[] => {
    const ids = new Set(targetRows(row, rows, wiring.selectedProposals()).map(proposalIdOf));
    const { outbox } = wiring.session();
    const found = outbox.stored().filter(({ proposal }) => ids.has(proposal.id));
    if (found.length === 0) say(vscode.l10n.t('Select a proposal first.'));
    return found;
  };
  return {
    'responder.showProposal': async (row) => {
      const ports = wiring.gate();
      for (const stored of chosen(row, undefined))
        await ports.preview.show(headingOf(stored), storedPreview(stored, ports));
    },
    'responder.approveProposal': async (row, rows) => {
      const stored = chosen(row, rows);
      if (stored.length > 0) await approveChosen(stored, wiring);
    },
    'responder.editProposal': async (row) => {
      const [stored] = chosen(row, undefined);
      if (stored !== undefined) await edit(stored, wiring);
    },
    'responder.copyProposalText': async (row, rows) => {
      const texts = chosen(row, rows).map(({ proposal }) => allWordsOf(proposal));
      if (texts.length > 0) await vscode.env.clipboard.writeText(texts.join('\n\n'));
    },
    'responder.dropProposal': async (row, rows) => {
      const stored = chosen(row, rows);
      if (stored.length > 0) await dropChosen(stored, wiring);
    },
    'responder.undoWrite': async (ids) => undoWritten(ids, wiring),
    'responder.applyEdit': () => endEdit('apply'),
    'responder.discardEdit': () => endEdit('discard'),
  };
}

/** The words of a claim that is under way go with it: rewritten, the claim would wait, though its row tells of it. */
async function edit(stored: StoredProposal, wiring: CommandWiring): Promise<void> {
  if (!isUnderWay(stored, recordOf(wiring)) || !canRewrite(stored.proposal)) {
    await editStored(stored, wiring.gate());
  } else if (areWordsSent(stored)) sayBegun();
  else {
    const text = vscode.l10n.t('The reply goes with its claim, so it cannot be edited. Drop it to write another.');
    void vscode.window.showWarningMessage(text);
  }
}

/** Sends them; claims that are under way were approved with their row, and are only tried now, by whoever tells of them. */
async function approveChosen(stored: readonly StoredProposal[], wiring: CommandWiring): Promise<void> {
  const tried = isDryRun() ? [] : stored.filter((one) => isUnderWay(one, recordOf(wiring)));
  const others = stored.filter((one) => !tried.includes(one));
  if (tried.length > 0) finishClaims(wiring, tried);
  if (others.length > 0) await approve(others, wiring.gate());
  // What a preview says is true no longer.
  const { preview } = wiring.gate();
  for (const one of stored) await preview.close(headingOf(one));
}

async function dropChosen(stored: readonly StoredProposal[], wiring: CommandWiring): Promise<void> {
  const ofRows = stored.filter((one) => changesRow(one, recordOf(wiring)));
  const others = stored.filter((one) => !ofRows.includes(one));
  if (ofRows.length > 0) {
    const { preview } = wiring.gate();
    for (const one of ofRows) await preview.close(headingOf(one));
    await dropClaims(ofRows, wiring.claims, workingPorts(wiring));
  }
  if (others.length > 0) await drop(others, wiring.gate());
}

/** Takes back what was written by the proposals of these ids; without any, what was done last, be it an act of the journal. */
async function undoWritten(ids: unknown, wiring: CommandWiring): Promise<void> {
  const { outbox, store } = wiring.session();
  const stored = outbox.stored();
  const act = Array.isArray(ids) ? undefined : lastAct(store.journal(), { acts: wiring.acts });
  if (act !== undefined && isLast(act, stored)) {
    await vscode.commands.executeCommand('responder.undo');
    return;
  }
  const wanted = new Set<unknown>(Array.isArray(ids) ? ids : lastWritten(stored).map(({ proposal }) => proposal.id));
  await undoWrites(
    stored.filter(({ proposal }) => wanted.has(proposal.id)),
    wiring.gate(),
  );
}

function recordOf({ session, now }: CommandWiring): Pick<WorkingPorts, 'journal' | 'now'> {
  return { journal: () => session().store.journal(), now };
}

/**
 * Forgets proposals, with a way back while the message stands. What is being sent stays; of what was begun only the rest
 * goes, so that what is written can be taken back, and it is not offered again, since it would be written twice.
 */
async function drop(stored: readonly StoredProposal[], { outbox, preview }: GatePorts): Promise<void> {
  const dropped = stored.filter(({ proposal }) => outbox.dropRest(proposal.id));
  if (dropped.length < stored.length)
    void vscode.window.showWarningMessage(vscode.l10n.t('What is being sent cannot be dropped.'));
  if (dropped.length === 0) return;
  for (const one of dropped) await preview.close(headingOf(one));
  const unsent = dropped.filter(({ states }) => states.every(isUnsent));
  const back = vscode.l10n.t('Undo');
  const said = droppedText(dropped.length, unsent.length < dropped.length);
  const chosen = await vscode.window.showInformationMessage(said, ...(unsent.length > 0 ? [back] : []));
  if (chosen === back) for (const { proposal } of unsent) outbox.propose(proposal);
}
