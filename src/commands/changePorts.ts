import { randomUUID } from 'node:crypto';
import type { ChangePorts } from '../host/change/changePorts.ts';
import type { CommandWiring } from './commandWiring.ts';

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
