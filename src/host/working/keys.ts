import * as vscode from 'vscode';
import type { CommandId } from '../commands.ts';
import { proposalIdOf } from '../tree/proposalRows.ts';

/** A key of a view as the manifest binds it, and what it does. */
interface ViewKey {
  readonly key: string;
  readonly command: CommandId;
  readonly text: string;
}

/** The keys that work while the Queue has the keyboard. A test holds them and the manifest together. */
function queueKeys(): readonly ViewKey[] {
  return [
    { key: 'c', command: 'responder.claim', text: vscode.l10n.t('Claim') },
    { key: 't', command: 'responder.doItNow', text: vscode.l10n.t('Do It Now…') },
    { key: 'i', command: 'responder.convertItem', text: vscode.l10n.t('Convert to Issue…') },
    { key: 's', command: 'responder.snooze', text: vscode.l10n.t('Snooze…') },
    { key: 'e', command: 'responder.done', text: vscode.l10n.t('Done') },
    { key: 'p', command: 'responder.setPriority', text: vscode.l10n.t('Set Priority…') },
    { key: 'n', command: 'responder.addNote', text: vscode.l10n.t('Add Note…') },
    { key: 'r', command: 'responder.reply', text: vscode.l10n.t('Reply…') },
    { key: 'x', command: 'responder.transfer', text: vscode.l10n.t('Transfer to…') },
    { key: 'u', command: 'responder.undo', text: vscode.l10n.t('Undo') },
    { key: 'f', command: 'responder.filter', text: vscode.l10n.t('Filter Queue…') },
    { key: 'shift+/', command: 'responder.showKeys', text: vscode.l10n.t('Show Keyboard Shortcuts') },
    // `?` where it is typed beside the 0, as on German, Nordic, Italian and Spanish keyboards: there is no key for `/` alone.
    { key: 'shift+[Minus]', command: 'responder.showKeys', text: vscode.l10n.t('Show Keyboard Shortcuts') },
    // Typed alike on every keyboard.
    { key: 'h', command: 'responder.showKeys', text: vscode.l10n.t('Show Keyboard Shortcuts') },
  ];
}

/** The same of the Proposals view. */
function proposalKeys(): readonly ViewKey[] {
  return [
    { key: 'a', command: 'responder.approveProposal', text: vscode.l10n.t('Approve') },
    { key: 'e', command: 'responder.editProposal', text: vscode.l10n.t('Edit…') },
    { key: 'd', command: 'responder.dropProposal', text: vscode.l10n.t('Drop') },
    { key: 'shift+/', command: 'responder.showKeys', text: vscode.l10n.t('Show Keyboard Shortcuts') },
    { key: 'shift+[Minus]', command: 'responder.showKeys', text: vscode.l10n.t('Show Keyboard Shortcuts') },
    { key: 'h', command: 'responder.showKeys', text: vscode.l10n.t('Show Keyboard Shortcuts') },
  ];
}

/** Lists the keys of the view that `row` belongs to; choosing one does what it does, on what is selected there. */
export async function showKeys(row?: unknown): Promise<void> {
  const isProposal = typeof row === 'string' && proposalIdOf(row) !== undefined;
  const choices = (isProposal ? proposalKeys() : queueKeys())
    .filter(({ key }) => key !== 'shift+[Minus]')
    .map(({ key, command, text }) => ({ label: key === 'shift+/' ? '?' : key, description: text, command }));
  const enter = isProposal
    ? { label: 'Enter', description: vscode.l10n.t('Show Proposal'), command: 'responder.showProposal' }
    : { label: 'Enter', description: vscode.l10n.t('Open in Browser'), command: 'responder.openItem' };
  const chosen = await vscode.window.showQuickPick([...choices, enter], {
    title: isProposal ? vscode.l10n.t('Proposals Keyboard Shortcuts') : vscode.l10n.t('Queue Keyboard Shortcuts'),
    placeHolder: vscode.l10n.t('They apply to the selected rows while the view has focus'),
    matchOnDescription: true,
  });
  if (chosen !== undefined && chosen.command !== 'responder.showKeys')
    await vscode.commands.executeCommand(chosen.command);
}
