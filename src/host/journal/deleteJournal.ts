import * as vscode from 'vscode';
import { linkless } from '../inert.ts';
import { say } from '../say.ts';
import type { JournalPorts } from './journalPorts.ts';
import { entriesText } from './words.ts';

type DeletePorts = Pick<JournalPorts, 'team' | 'journal' | 'teller' | 'deleteJournal'>;

/** Deletes the journal once the person has read what is lost; `exportFirst` is the way to keep a copy. */
export async function deleteJournal(ports: DeletePorts, exportFirst: () => Promise<void>): Promise<void> {
  const [first, ...others] = ports.journal();
  if (first === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('The journal is empty: nothing was done here yet.'));
    return;
  }
  const remove = vscode.l10n.t('Delete Journal');
  const keep = vscode.l10n.t('Export First…');
  const since = ports.teller().dayText(first.at);
  const chosen = await vscode.window.showWarningMessage(
    linkless(vscode.l10n.t('Delete the journal of {0}?', ports.team)),
    { modal: true, detail: lossText(others.length + 1, since) },
    remove,
    keep,
  );
  if (chosen === keep) return exportFirst();
  if (chosen !== remove) return;
  ports.deleteJournal();
  say(vscode.l10n.t('Journal deleted'));
}

function lossText(entries: number, since: string): string {
  return [
    vscode.l10n.t('It has {0}, the first of {1}.', entriesText(entries), since),
    vscode.l10n.t(
      'This deletes what you marked done, claimed, snoozed, noted, prioritised, merged and checked on this machine, the time spent, a running timebox, and the statistics. Items that are still open come back to the Queue.',
    ),
    vscode.l10n.t('Nothing else changes: issues, assignees, reactions, messages and posted handoffs stay.'),
    vscode.l10n.t('This cannot be undone.'),
  ].join('\n\n');
}
