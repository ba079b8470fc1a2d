import * as vscode from 'vscode';
import type { Commands } from '../host/commands.ts';
import { convertItems } from '../host/convert/convertItems.ts';
import { sayNothingSelected } from '../host/nothingSelected.ts';
import { targetRows } from '../host/rowTargets.ts';
import { urlOf } from '../host/tree/queueRows.ts';
import type { CommandWiring } from './commandWiring.ts';
import { onItems } from './onItems.ts';

export type ItemCommands = 'responder.openItem' | 'responder.convertItem' | 'responder.copyLink';

/** The commands that take an item elsewhere: to its page, to the clipboard, to the plan. */
export function itemCommands(wiring: CommandWiring): Pick<Commands, ItemCommands> {
  const { session, convert, selected, openUrl } = wiring;
  const urls = (row: unknown, rows: unknown): readonly string[] =>
    targetRows(row, rows, selected()).flatMap((id) => urlOf(id, session().items()) ?? []);
  return {
    'responder.openItem': async (row, rows) => {
      const chosen = urls(row, rows);
      if (chosen.length === 0) sayNothingSelected();
      for (const url of chosen) await openUrl(url);
    },
    'responder.convertItem': onItems(wiring, convert)(convertItems),
    'responder.copyLink': async (row, rows) => {
      const chosen = urls(row, rows);
      if (chosen.length === 0) sayNothingSelected();
      else await vscode.env.clipboard.writeText(chosen.join('\n'));
    },
  };
}
