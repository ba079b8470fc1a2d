import * as vscode from 'vscode';
import { fold } from '../core/filter.ts';
import { facetsOf } from '../core/filterSuggestions.ts';
import type { Commands } from '../host/commands.ts';
import { askFilter } from '../host/filter/filterBox.ts';
import { deleteFilter, savedFilters, saveFilter } from '../host/filter/filterSettings.ts';
import { say } from '../host/say.ts';
import type { CommandWiring } from './commandWiring.ts';

export type FilterCommands =
  | 'responder.filter'
  | 'responder.changeFilter'
  | 'responder.clearFilter'
  | 'responder.saveFilter'
  | 'responder.deleteFilter';

/** The commands that narrow the Queue. */
export function filterCommands({ session, filter, repaint }: CommandWiring): Pick<Commands, FilterCommands> {
  const keep = async (query: string): Promise<void> => {
    await filter.keep(query);
    repaint();
  };
  const ask = async (): Promise<void> => {
    const facets = facetsOf(session().items().values());
    const asked = await askFilter({
      query: filter.kept,
      facets,
      saved: savedFilters(),
      preview: (query) => {
        filter.try(query);
        return repaint()?.queue.filter;
      },
    });
    await keep(asked ?? filter.kept);
  };
  return {
    'responder.filter': ask,
    // The same in the title bar of a filtered Queue, with another icon.
    'responder.changeFilter': ask,
    'responder.clearFilter': async () => keep(''),
    'responder.saveFilter': async () => saveKept(filter.kept),
    'responder.deleteFilter': deleteSaved,
  };
}

async function saveKept(query: string): Promise<void> {
  if (query === '') return say(vscode.l10n.t('The Queue is not filtered: there is nothing to save.'));
  const saved = savedFilters();
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Save Filter'),
    prompt: vscode.l10n.t('A name for: {0}', query),
    validateInput: (text) => nameProblem(text, saved),
  });
  if (name === undefined || name.trim() === '') return;
  await saveFilter({ name: name.trim(), query });
  say(vscode.l10n.t('Filter saved: {0}', name.trim()));
}

function nameProblem(name: string, saved: ReadonlyMap<string, string>): vscode.InputBoxValidationMessage | undefined {
  const same = [...saved.keys()].find((each) => fold(each) === fold(name.trim()));
  if (same === undefined) return undefined;
  const message = vscode.l10n.t('There is a filter of this name; it will be replaced.');
  return { message, severity: vscode.InputBoxValidationSeverity.Info };
}

async function deleteSaved(): Promise<void> {
  const saved = [...savedFilters()];
  if (saved.length === 0) return say(vscode.l10n.t('No filter is saved.'));
  const choices = saved.map(([name, query]) => ({ label: name, description: query }));
  const chosen = await vscode.window.showQuickPick(choices, {
    title: vscode.l10n.t('Delete Saved Filter'),
    placeHolder: vscode.l10n.t('The filter to delete from the settings'),
  });
  if (chosen === undefined) return;
  await deleteFilter(chosen.label);
  say(vscode.l10n.t('Filter deleted: {0}', chosen.label));
}
