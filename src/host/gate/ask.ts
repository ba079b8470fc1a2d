import * as vscode from 'vscode';
import { canRewrite } from '../../actions/words.ts';
import type { Proposal } from '../../core/proposal.ts';
import type { Outbox } from '../../outbox/outbox.ts';
import { linkless } from '../inert.ts';
import { keepDraft, storedOf } from './drafts.ts';
import { editProposal } from './editProposal.ts';
import type { GatePorts } from './gate.ts';
import { keep } from './keep.ts';
import { isDryRun } from './writeSettings.ts';

type Answer = 'approve' | 'edit' | 'keep' | 'drop';

export interface Asking {
  /** Whether they are shown first. */
  readonly isShown: boolean;
  /** The verb of what approving does: *Resolve*. */
  readonly action?: string | undefined;
}

/** The part of the gate that asks. */
export type AskPorts = Pick<GatePorts, 'preview' | 'placeOf' | 'coveredBy' | 'newId'> & {
  readonly outbox: Pick<Outbox, 'propose' | 'revise' | 'drop' | 'stored'>;
};

/**
 * Of some proposals those that may be sent now, as the person edited them; for what is carried out in a way of its own
 * (a claim, whose row changes first; a conversion; notes that are posted from their page). The others wait or are dropped.
 */
export async function approvedOf(
  heading: string,
  proposals: readonly Proposal[],
  ports: AskPorts,
  { isShown, action }: Asking,
): Promise<readonly Proposal[]> {
  if (proposals.length === 0) return [];
  if (isDryRun()) {
    keep(proposals, ports);
    return [];
  }
  return isShown ? ask(heading, proposals, ports, action ?? vscode.l10n.t('Approve')) : proposals;
}

async function ask(
  heading: string,
  start: readonly Proposal[],
  ports: AskPorts,
  action: string,
): Promise<readonly Proposal[]> {
  let proposals = start;
  try {
    for (;;) {
      await ports.preview.show(heading, { ...ports, heading, proposals });
      const answer = await answerOf(heading, proposals, action);
      if (answer === 'approve') return proposals;
      if (answer !== 'edit') {
        putAside(answer, proposals, ports);
        return [];
      }
      const [only] = proposals;
      // What is kept already, so that nothing that was typed is lost, is kept as it is typed.
      const edited = only && (await editProposal(only, ports.placeOf, (typed) => ports.outbox.revise(typed)));
      if (edited !== undefined) proposals = [edited];
      proposals = proposals.map((one) => (storedOf(one, ports) === undefined ? one : keepDraft(one, ports)));
    }
  } finally {
    await ports.preview.close(heading);
  }
}

/** What the person neither approves nor edits waits, unless they drop it: turning away loses nothing. */
function putAside(answer: Answer | undefined, proposals: readonly Proposal[], ports: AskPorts): void {
  if (answer !== 'drop') keep(proposals, ports);
  else for (const { id } of proposals) ports.outbox.drop(id);
}

/** Undefined when the person turned away: nothing that was typed is lost then. */
async function answerOf(heading: string, proposals: readonly Proposal[], action: string): Promise<Answer | undefined> {
  const [only, ...others] = proposals;
  const canEdit = others.length === 0 && only !== undefined && canRewrite(only);
  const choices: readonly (vscode.QuickPickItem & { readonly answer: Answer })[] = [
    { label: `$(check) ${action}`, description: approveHint(proposals), answer: 'approve' },
    ...(canEdit ? [{ label: `$(edit) ${vscode.l10n.t('Edit…')}`, answer: 'edit' as const }] : []),
    {
      label: `$(inbox) ${vscode.l10n.t('Keep as Proposal')}`,
      description: vscode.l10n.t('Saves it to Proposals, sends nothing'),
      answer: 'keep',
    },
    { label: `$(trash) ${vscode.l10n.t('Drop')}`, description: vscode.l10n.t('Discards it'), answer: 'drop' },
  ];
  const chosen = await vscode.window.showQuickPick(choices, {
    title: linkless(heading),
    placeHolder: vscode.l10n.t('The editor shows exactly what will be sent'),
    ignoreFocusOut: true,
  });
  return chosen?.answer;
}

function approveHint(proposals: readonly Proposal[]): string {
  return proposals.length === 1 ? vscode.l10n.t('Sends it now') : vscode.l10n.t('Sends all {0} now', proposals.length);
}
