import * as vscode from 'vscode';
import type { StoredProposal } from '../core/proposal.ts';
import { describeUnfinished } from './convert/words.ts';
import { inertTitle } from './timebox/words.ts';
import type { ClaimOutbox } from './working/workingPorts.ts';

const TITLE_LENGTH = 80;

/** A note or resolution that did not come to its end: goes on with it, or forgets it. */
export async function offerIncident(
  stored: StoredProposal,
  outbox: Pick<ClaimOutbox, 'resume' | 'drop'>,
): Promise<void> {
  const { id, title } = stored.proposal;
  const again = vscode.l10n.t('Try Again');
  const drop = vscode.l10n.t('Drop');
  const text = `“${inertTitle(title, TITLE_LENGTH)}”: ${describeUnfinished(stored, () => undefined)}`;
  const chosen = await vscode.window.showWarningMessage(text, again, drop);
  if (chosen === again) await outbox.resume(id);
  if (chosen === drop) outbox.drop(id);
}
