import { closeItems } from '../host/change/closeItems.ts';
import { labelItems } from '../host/change/labelItems.ts';
import { silenceItems } from '../host/change/silenceItems.ts';
import type { Commands } from '../host/commands.ts';
import { toggleDryRun } from '../host/gate/toggleDryRun.ts';
import { changePorts } from './changePorts.ts';
import type { CommandWiring } from './commandWiring.ts';
import { onItems } from './onItems.ts';

export type ChangeCommands =
  | 'responder.changeLabels'
  | 'responder.closeIssue'
  | 'responder.silenceAlert'
  | 'responder.toggleDryRun';

/** The commands that change what exists outside, on one row or many, and the one by which nothing leaves. */
export function changeCommands(wiring: CommandWiring): Pick<Commands, ChangeCommands> {
  const on = onItems(wiring, () => changePorts(wiring));
  return {
    'responder.changeLabels': on(labelItems),
    'responder.closeIssue': on(closeItems),
    'responder.silenceAlert': on(silenceItems),
    'responder.toggleDryRun': toggleDryRun,
  };
}
