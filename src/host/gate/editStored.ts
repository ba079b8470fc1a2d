import * as vscode from 'vscode';
import { allWordsOf, canRewrite } from '../../actions/words.ts';
import { isUnsent } from '../../core/approval.ts';
import type { PlaceOf } from '../../core/place.ts';
import type { Proposal, StoredProposal } from '../../core/proposal.ts';
import { abortable } from '../../services/abortable.ts';
import { inertTitle } from '../inert.ts';
import type { PreviewInput } from '../previewMarkdown.ts';
import { withAbort } from '../progress.ts';
import { isSaid } from './drafts.ts';
import { editProposal } from './editProposal.ts';
import type { GatePorts } from './gate.ts';
import { describeFailure } from './stepWords.ts';
import { headingOf, storedPreview } from './storedPreview.ts';

const TEXT_LENGTH = 400;

/**
 * Lets the person rewrite a proposal that is stored. Whether something of it reached its service is looked for first; the
 * edit is shown beside what was to be written.
 */
export async function editStored(stored: StoredProposal, ports: GatePorts): Promise<void> {
  const { outbox, placeOf } = ports;
  if (!canRewrite(stored.proposal)) return sayNoWords(stored.proposal);
  const known = stored.states.every(isUnsent) ? stored : await looked(stored, ports);
  if (known === undefined) return;
  if (!known.states.every(isUnsent)) return sayNoEdit(known, placeOf);
  const kept = { isTyped: false };
  // Kept as it is typed, so that a crash loses none of it.
  const edited = await editProposal(known.proposal, placeOf, (typed) => {
    kept.isTyped = outbox.revise(typed);
  });
  if (edited === undefined) {
    if (kept.isTyped) outbox.revise(known.proposal);
    return;
  }
  // One that was dropped meanwhile waits again.
  const isKept = outbox.revise(edited);
  const now = outbox.propose(edited);
  if (!isKept && !isSaid(edited, now.proposal)) return offerEdit(edited);
  if (!isKept && !now.states.every(isUnsent)) return sayBegun();
  // Where it stands is no part of what it says.
  const text = (one: StoredProposal): PreviewInput => ({ ...storedPreview(one, ports), leadOf: undefined });
  await ports.preview.showChange(headingOf(now), text(known), text(now));
}

/** As it is after it was looked for outside, which can take a minute and a half; undefined when the person does not wait so long. */
async function looked({ proposal }: StoredProposal, { outbox }: GatePorts): Promise<StoredProposal | undefined> {
  return withAbort(vscode.l10n.t('Checking whether it was sent'), async (abort) => {
    try {
      return await abortable(outbox.look(proposal.id), abort);
    } catch (error) {
      if (abort.aborted) return undefined;
      throw error;
    }
  });
}

/** Something of it is outside, or on its way there, or nobody could tell. */
function sayNoEdit(known: StoredProposal, placeOf: PlaceOf): void {
  const failure = known.states.some(({ status }) => status === 'done') ? undefined : describeFailure(known, placeOf);
  if (failure === undefined) return sayBegun();
  const text = vscode.l10n.t('It is not known whether it was sent, so it cannot be edited now. {0}', failure);
  void vscode.window.showWarningMessage(inertTitle(text, TEXT_LENGTH));
}

async function sayNoWords({ kind }: Proposal): Promise<void> {
  if (kind !== 'postHandoff') {
    void vscode.window.showInformationMessage(vscode.l10n.t('It has no text to edit.'));
    return;
  }
  const open = vscode.l10n.t('Open Handoff');
  const text = vscode.l10n.t('Handoff notes are edited on their page.');
  if ((await vscode.window.showInformationMessage(text, open)) === open)
    await vscode.commands.executeCommand('responder.draftHandoff');
}

/** It is outside, or on its way there. */
export function sayBegun(): void {
  void vscode.window.showWarningMessage(
    vscode.l10n.t('It has been sent, or is being sent, so it can no longer be edited.'),
  );
}

/** What was typed into one that was begun meanwhile is not lost. */
async function offerEdit(edited: Proposal): Promise<void> {
  const copy = vscode.l10n.t('Copy Text');
  const text = vscode.l10n.t('It is already being sent, without your last edit.');
  const chosen = await vscode.window.showWarningMessage(text, copy);
  if (chosen === copy) await vscode.env.clipboard.writeText(allWordsOf(edited));
}
