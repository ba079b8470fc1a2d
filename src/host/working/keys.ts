import * as vscode from 'vscode';
import type { CommandId } from '../commands.ts';

/** A key of the Queue as the manifest binds it, and what it does. */
interface QueueKey {
  readonly key: string;
  readonly command: CommandId;
  readonly text: string;
}

/** The keys that work while the Queue has the keyboard. A test holds them and the manifest together. */
function queueKeys(): readonly QueueKey[] {
  return [
    { key: 'c', command: 'responder.claim', text: vscode.l10n.t('Claim') },
    { key: 't', command: 'responder.doItNow', text: vscode.l10n.t('Do It Now…') },
    { key: 'i', command: 'responder.convertItem', text: vscode.l10n.t('Convert to Issue…') },
    { key: 's', command: 'responder.snooze', text: vscode.l10n.t('Snooze…') },
    { key: 'e', command: 'responder.done', text: vscode.l10n.t('Done') },
    { key: 'p', command: 'responder.setPriority', text: vscode.l10n.t('Set Priority…') },
    { key: 'n', command: 'responder.addNote', text: vscode.l10n.t('Add Note…') },
    { key: 'x', command: 'responder.transfer', text: vscode.l10n.t('Transfer to…') },
    { key: 'u', command: 'responder.undo', text: vscode.l10n.t('Undo') },
    { key: 'f', command: 'responder.filter', text: vscode.l10n.t('Filter Queue…') },
    { key: 'shift+/', command: 'responder.showKeys', text: vscode.l10n.t('Show All Keys') },
    // `?` where it is typed beside the 0, as on German, Nordic, Italian and Spanish keyboards: there is no key for `/` alone.
    { key: 'shift+[Minus]', command: 'responder.showKeys', text: vscode.l10n.t('Show All Keys') },
    // Typed alike on every keyboard.
    { key: 'h', command: 'responder.showKeys', text: vscode.l10n.t('Show All Keys') },
  ];
}

/** Lists the keys; choosing one does what it does, on what is selected. */
export async function showKeys(): Promise<void> {
  const choices = queueKeys()
    .filter(({ key }) => key !== 'shift+[Minus]')
    .map(({ key, command, text }) => ({ label: key === 'shift+/' ? '?' : key, description: text, command }));
  const enter = { label: 'Enter', description: vscode.l10n.t('Open Where It Lives'), command: 'responder.openItem' };
  const chosen = await vscode.window.showQuickPick([...choices, enter], {
    title: vscode.l10n.t('Keys of the Queue'),
    placeHolder: vscode.l10n.t('They work on the selected rows while the Queue has the keyboard'),
    matchOnDescription: true,
  });
  if (chosen !== undefined && chosen.command !== 'responder.showKeys')
    await vscode.commands.executeCommand(chosen.command);
}
