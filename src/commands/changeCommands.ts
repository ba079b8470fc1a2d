import { randomUUID } from 'node:crypto';
import type { ChangePorts } from '../host/change/changePorts.ts';
import { closeItems } from '../host/change/closeItems.ts';
import { labelItems } from '../host/change/labelItems.ts';
import { silenceItems } from '../host/change/silenceItems.ts';
import type { Commands } from '../host/commands.ts';
import { toggleDryRun } from '../host/gate/toggleDryRun.ts';
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

/** What changing issues and alerts needs, out of the session. */
export function changePorts({ session, gate, lookUps, now, log }: CommandWiring): ChangePorts {
  const { team, me, store } = session();
  return {
    team,
    me,
    gate: gate(),
    convertedOf: (item) => session().conversionOf(item),
    signals: () => store.signals(),
    lookUps,
    now,
    newId: randomUUID,
    log,
  };
}
