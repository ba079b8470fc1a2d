import * as vscode from 'vscode';
import type { TimeboxChoiceId } from '../../core/timebox.ts';

export function timeboxText(id: TimeboxChoiceId): string {
  switch (id) {
    case 'twoHours':
      return vscode.l10n.t('2 hours');
    case 'halfDay':
      return vscode.l10n.t('Half a day');
    case 'oneDay':
      return vscode.l10n.t('1 day');
    case 'twoDays':
      return vscode.l10n.t('2 days');
  }
}
