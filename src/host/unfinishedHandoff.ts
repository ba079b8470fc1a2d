import * as vscode from 'vscode';
import type { StoredProposal } from '../core/proposal.ts';
import { linkless } from './inert.ts';

export interface UnfinishedHandoffPorts {
  readonly openHandoff: () => void;
  readonly drop: (proposalId: string) => void;
}

/** Notes that were not posted to their end: says so, and leads to the page, where posting goes on. */
export async function offerHandoff({ proposal }: StoredProposal, ports: UnfinishedHandoffPorts): Promise<void> {
  const [step] = proposal.steps;
  const place =
    step?.type === 'postMessage' ? `#${step.channel}` : step?.type === 'createIssue' ? step.repository : '…';
  const open = vscode.l10n.t('Open Handoff');
  const drop = vscode.l10n.t('Drop');
  const text = vscode.l10n.t(
    'It is not known whether “{0}” was posted to {1}. Post it again: nothing is posted twice.',
    proposal.title,
    place,
  );
  const chosen = await vscode.window.showWarningMessage(linkless(text), open, drop);
  if (chosen === open) ports.openHandoff();
  if (chosen === drop) ports.drop(proposal.id);
}
