import * as vscode from 'vscode';
import { unfinishedForPerson } from '../core/approval.ts';
import type { Commands } from '../host/commands.ts';
import { finishLater } from '../host/convert/carryOut.ts';
import { offerHandoff } from '../host/unfinishedHandoff.ts';
import type { CommandWiring } from './commandWiring.ts';

export type UnfinishedCommands = 'responder.showUnfinished';

/** The command that goes through what stopped half-way; what has no question of its own stands among the proposals. */
export function unfinishedCommands(wiring: CommandWiring): Pick<Commands, UnfinishedCommands> {
  const { session, convert, handoff, now } = wiring;
  return {
    'responder.showUnfinished': async () => {
      const unfinished = unfinishedForPerson(session().outbox.unfinished(), now());
      if (unfinished.length === 0) void vscode.window.showInformationMessage(vscode.l10n.t('No interrupted changes.'));
      const openHandoff = (): void => handoff.open();
      for (const stored of unfinished) {
        const { kind } = stored.proposal;
        if (kind === 'convert') await finishLater(stored, convert());
        if (kind === 'postHandoff')
          await offerHandoff(stored, { openHandoff, drop: (id) => session().outbox.drop(id) });
      }
      if (unfinished.some(({ proposal: { kind } }) => kind !== 'convert' && kind !== 'postHandoff'))
        await vscode.commands.executeCommand('responder.proposals.focus');
    },
  };
}
