import * as vscode from 'vscode';
import { closableIssuesOf, close } from '../../actions/issueChanges.ts';
import type { Item } from '../../core/item.ts';
import { keepDrafts } from '../gate/drafts.ts';
import { put } from '../gate/gate.ts';
import { linkless } from '../inert.ts';
import { subjectOf } from '../working/act.ts';
import type { ChangePorts } from './changePorts.ts';
import { withIssues } from './withIssues.ts';

/** Closes issues: asks why, and for a word to leave on them. */
export async function closeItems(items: readonly Item[], ports: ChangePorts): Promise<void> {
  const all = withIssues(items, ports);
  if (all.length === 0) return;
  const open = all.filter((one) => closableIssuesOf(one).length > 0);
  if (open.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Pull requests are merged or closed on GitHub. Open it in the browser.'),
    );
    return;
  }
  const title = vscode.l10n.t('Close {0}', subjectOf(open.map(({ item }) => item)));
  const reasons = [
    { label: vscode.l10n.t('Completed'), description: vscode.l10n.t('Done, fixed, answered'), reason: 'completed' },
    {
      label: vscode.l10n.t('Not Planned'),
      description: vscode.l10n.t('Will not be done: duplicate, out of scope, stale'),
      reason: 'notPlanned',
    },
  ] as const;
  const chosen = await vscode.window.showQuickPick(reasons, {
    title: linkless(title),
    placeHolder: vscode.l10n.t('Why is it closed?'),
    ignoreFocusOut: true,
  });
  if (chosen === undefined) return;
  const typed = await vscode.window.showInputBox({
    title: linkless(title),
    prompt: vscode.l10n.t('A comment (optional); everybody who follows the issue reads it'),
    ignoreFocusOut: true,
  });
  if (typed === undefined) return;
  const how = { reason: chosen.reason, words: typed.trim() === '' ? undefined : typed.trim() };
  const proposals = open.flatMap((one) => close({ ...one, id: ports.newId(), now: ports.now() }, how) ?? []);
  if (how.words !== undefined) keepDrafts(proposals, ports.gate);
  await put(title, proposals, ports.gate, vscode.l10n.t('Close'));
}
