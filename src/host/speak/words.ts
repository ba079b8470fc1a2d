import * as vscode from 'vscode';
import { say } from '../say.ts';

/** What is said here is about one item, and several are selected. */
export function sayOneAtATime(): void {
  say(vscode.l10n.t('This is about one item: select only one.'));
}
