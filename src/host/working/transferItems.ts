import * as vscode from 'vscode';
import type { Item } from '../../core/item.ts';
import { assigneeOptions } from '../convert/answers.ts';
import { convertItems } from '../convert/convertItems.ts';
import type { ConvertPorts } from '../convert/convertPorts.ts';
import { subjectOf } from './act.ts';

/** Hands items to a person of the team: each becomes an issue of theirs, whatever its size. */
export async function transferItems(items: readonly Item[], ports: ConvertPorts): Promise<void> {
  const { team, me } = ports;
  const others = assigneeOptions(team.people, undefined).filter(
    ({ login }) => login.toLowerCase() !== me?.github?.toLowerCase(),
  );
  if (others.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('The team file has nobody else with a GitHub login to transfer to.'),
    );
    return;
  }
  const choices = others.map((person) => ({ label: person.name, description: person.login, person }));
  const chosen = await vscode.window.showQuickPick(choices, {
    title: vscode.l10n.t('Transfer {0}', subjectOf(items)),
    placeHolder: vscode.l10n.t('Who gets the issue?'),
    matchOnDescription: true,
  });
  if (chosen === undefined) return;
  // The limit says what the responder plans instead of doing it; what somebody else is to do is always an issue.
  const anyLength = { ...team, timebox: { ...team.timebox, limitMinutes: 0 } };
  await convertItems(items, { ...ports, team: anyLength, transferTo: chosen.person });
}
