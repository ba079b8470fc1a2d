import { setImmediate } from 'node:timers/promises';
import * as vscode from 'vscode';
import { journalLines } from '../../core/journalExport.ts';
import { withAbort } from '../progress.ts';
import type { JournalPorts } from './journalPorts.ts';
import { journalMarkdown } from './markdown.ts';
import { entriesText } from './words.ts';

/** So many lines are made before the window gets a chance to do something else. */
const CHUNK = 2000;

type ExportPorts = Pick<JournalPorts, 'team' | 'journal' | 'rows' | 'teller' | 'now'>;

/** Writes the journal to a file that the person names: JSON Lines for programs, Markdown for people. */
export async function exportJournal(ports: ExportPorts): Promise<void> {
  if (ports.journal().length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('The journal is empty: nothing was done here yet.'));
    return;
  }
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const day = new Date(ports.now()).toISOString().slice(0, 10);
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export Journal'),
    saveLabel: vscode.l10n.t('Export'),
    filters: { 'JSON Lines': ['jsonl'], Markdown: ['md'] },
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, `responder-journal-${day}.jsonl`) }),
  });
  if (target === undefined) return;
  const entries = ports.journal().length;
  const text = await withAbort(vscode.l10n.t('Exporting the journal'), (abort, report) =>
    /\.md$/iu.test(target.path) ? markdownOf(ports) : linesOf(ports, abort, report),
  );
  if (text === undefined) return;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  const open = vscode.l10n.t('Open');
  const said = vscode.l10n.t('Journal exported: {0}.', entriesText(entries));
  if ((await vscode.window.showInformationMessage(said, open)) === open) await vscode.window.showTextDocument(target);
}

/** Undefined when it was cancelled: nothing is written then. */
async function linesOf(
  { journal, team, now }: ExportPorts,
  abort: AbortSignal,
  report: (message: string) => void,
): Promise<string | undefined> {
  const entries = journal();
  const lines: string[] = [];
  for (const line of journalLines({ journal: entries, team, exportedAt: now() })) {
    lines.push(line);
    if (lines.length % CHUNK !== 0) continue;
    report(vscode.l10n.t('{0} of {1}', lines.length, entries.length));
    await setImmediate();
    if (abort.aborted) return undefined;
  }
  return `${lines.join('\n')}\n`;
}

async function markdownOf({ rows, teller, team }: ExportPorts): Promise<string> {
  const all = rows();
  const told = teller();
  const facts = [vscode.l10n.t('Journal: {0}', entriesText(all.length)), vscode.l10n.t('Times: {0}', told.timeZone)];
  return journalMarkdown(all, told, { heading: vscode.l10n.t('Journal of {0}', team), facts });
}
