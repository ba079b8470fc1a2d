import * as vscode from 'vscode';
import { GROUPINGS, type Grouping } from '../core/grouping.ts';

const SETTING = 'queue.groupBy';

/** What the Queue is grouped by, as the settings say; by turn when they say something else. */
export function grouping(): Grouping {
  const wanted = vscode.workspace.getConfiguration('responder').get<unknown>(SETTING);
  return GROUPINGS.find((each) => each === wanted) ?? 'turn';
}

/** Asks what to group by and keeps the answer in the user's settings. */
export async function chooseGrouping(): Promise<void> {
  const current = grouping();
  const choices = GROUPINGS.map((each) => ({
    label: groupingText(each),
    picked: each === current,
    ...(each === current ? { description: vscode.l10n.t('current') } : {}),
    grouping: each,
  }));
  const chosen = await vscode.window.showQuickPick(choices, {
    title: vscode.l10n.t('Group the Queue'),
    placeHolder: vscode.l10n.t('Group items by'),
  });
  if (chosen === undefined) return;
  const { Global } = vscode.ConfigurationTarget;
  await vscode.workspace.getConfiguration('responder').update(SETTING, chosen.grouping, Global);
}

function groupingText(by: Grouping): string {
  switch (by) {
    case 'turn':
      return vscode.l10n.t('Whose turn it is');
    case 'source':
      return vscode.l10n.t('Source');
    case 'priority':
      return vscode.l10n.t('Priority');
    case 'place':
      return vscode.l10n.t('Place');
  }
}
