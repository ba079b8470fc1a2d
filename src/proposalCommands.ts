import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { undo } from './actions/undo.ts';
import type { Wiring } from './commandHandlers.ts';
import type { StoredProposal } from './core/proposal.ts';
import type { Commands } from './host/commands.ts';
import { editWords } from './host/gate/editWords.ts';
import { approve, type GatePorts, put } from './host/gate/gate.ts';
import { kindText } from './host/gate/words.ts';
import { targetRows } from './host/rowTargets.ts';
import { proposalIdOf } from './host/tree/proposalRows.ts';

export type ProposalCommands =
  | 'responder.showProposal'
  | 'responder.approveProposal'
  | 'responder.editProposal'
  | 'responder.dropProposal'
  | 'responder.undoWrite';

/** The commands of the Proposals view, on one row or many, and what takes a write back. */
export function proposalCommands(wiring: Wiring): Pick<Commands, ProposalCommands> {
  const chosen = (row: unknown, rows: unknown): readonly StoredProposal[] => {
    const stored = wiring.session().outbox.stored();
    const ids = new Set(targetRows(row, rows, wiring.selectedProposals()).map(proposalIdOf));
    return stored.filter(({ proposal }) => ids.has(proposal.id));
  };
  const show = async ({ proposal }: StoredProposal, ports: GatePorts): Promise<void> => {
    const heading = `${kindText(proposal.kind)}: ${proposal.title}`;
    await ports.preview.show(heading, { heading, proposals: [proposal], placeOf: ports.placeOf });
  };
  return {
    'responder.showProposal': async (row) => {
      for (const stored of chosen(row, undefined)) await show(stored, wiring.gate());
    },
    'responder.approveProposal': async (row, rows) => {
      const stored = chosen(row, rows);
      if (stored.length === 0) sayNone();
      else await approve(stored, wiring.gate());
    },
    'responder.editProposal': async (row) => {
      const [stored] = chosen(row, undefined);
      if (stored === undefined) return sayNone();
      const edited = await editWords(stored.proposal);
      if (edited === undefined) return;
      if (wiring.gate().outbox.revise(edited)) await show({ ...stored, proposal: edited }, wiring.gate());
      else void vscode.window.showWarningMessage(vscode.l10n.t('It was begun meanwhile, so it cannot be edited.'));
    },
    'responder.dropProposal': async (row, rows) => {
      const stored = chosen(row, rows);
      if (stored.length === 0) return sayNone();
      await drop(stored, wiring.gate());
    },
    'responder.undoWrite': async (ids) => {
      const wanted = new Set<unknown>(Array.isArray(ids) ? ids : []);
      await undoWrites(
        wiring
          .session()
          .outbox.stored()
          .filter(({ proposal }) => wanted.has(proposal.id)),
        wiring.gate(),
      );
    },
  };
}

/** Takes writes back outside, where the services know a way. */
export async function undoWrites(stored: readonly StoredProposal[], ports: GatePorts): Promise<void> {
  ports.undoBar.hide();
  const closingWords = vscode.l10n.t('This was created by mistake.');
  const proposals = stored.flatMap((one) => undo(one, { id: randomUUID(), now: ports.now(), closingWords }) ?? []);
  if (proposals.length === 0)
    void vscode.window.showInformationMessage(
      vscode.l10n.t('This cannot be taken back: it was too long ago, or the service knows no way.'),
    );
  else await put(vscode.l10n.t('Undo'), proposals, ports);
}

/** Forgets proposals, with a way back while the message stands; what is being sent stays. */
async function drop(stored: readonly StoredProposal[], { outbox }: GatePorts): Promise<void> {
  const dropped = stored.filter(({ proposal }) => outbox.drop(proposal.id));
  if (dropped.length < stored.length)
    void vscode.window.showWarningMessage(vscode.l10n.t('What is being sent cannot be dropped now.'));
  if (dropped.length === 0) return;
  const back = vscode.l10n.t('Undo');
  const text =
    dropped.length === 1 ? vscode.l10n.t('Proposal dropped.') : vscode.l10n.t('{0} proposals dropped.', dropped.length);
  if ((await vscode.window.showInformationMessage(text, back)) !== back) return;
  for (const { proposal } of dropped) outbox.propose(proposal);
}

function sayNone(): void {
  vscode.window.setStatusBarMessage(vscode.l10n.t('Select a proposal first.'), 6000);
}
