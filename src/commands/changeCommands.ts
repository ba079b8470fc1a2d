import { randomUUID } from 'node:crypto';
import type { Item } from '../core/item.ts';
import type { ChangePorts } from '../host/change/changePorts.ts';
import { closeItems } from '../host/change/closeItems.ts';
import { labelItems } from '../host/change/labelItems.ts';
import { silenceItems } from '../host/change/silenceItems.ts';
import type { Commands } from '../host/commands.ts';
import { toggleDryRun } from '../host/gate/toggleDryRun.ts';
import { sayNothingSelected } from '../host/nothingSelected.ts';
import { targetItems } from '../host/rowTargets.ts';
import type { Wiring } from './commandHandlers.ts';

export type ChangeCommands =
  | 'responder.changeLabels'
  | 'responder.closeIssue'
  | 'responder.silenceAlert'
  | 'responder.toggleDryRun';

/** The commands that change what exists outside, on one row or many, and the one by which nothing leaves. */
export function changeCommands(wiring: Wiring): Pick<Commands, ChangeCommands> {
  const on =
    (run: (items: readonly Item[], ports: ChangePorts) => Promise<void>) =>
    async (row?: unknown, rows?: unknown): Promise<void> => {
      const items = targetItems(row, rows, wiring.selected()).flatMap((id) => wiring.session().items().get(id) ?? []);
      if (items.length === 0) sayNothingSelected();
      else await run(items, changePorts(wiring));
    };
  return {
    'responder.changeLabels': on(labelItems),
    'responder.closeIssue': on(closeItems),
    'responder.silenceAlert': on(silenceItems),
    'responder.toggleDryRun': toggleDryRun,
  };
}

/** What changing issues and alerts needs, out of the session. */
export function changePorts({ session, gate, lookUps, now, log }: Wiring): ChangePorts {
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
