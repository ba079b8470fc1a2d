import type { Item } from '../core/item.ts';
import type { StoredProposal } from '../core/proposal.ts';
import { guard } from '../host/errors.ts';
import { isDryRun } from '../host/gate/writeSettings.ts';
import { claimAndSaySo, claimItems, releaseItems } from '../host/working/claimItems.ts';
import type { AgainAs } from '../host/working/claimPorts.ts';
import type { WorkingPorts } from '../host/working/workingPorts.ts';
import type { CommandWiring } from './commandWiring.ts';
import { workingPorts } from './workingPorts.ts';

/** Claims an item as the first part of the act of this id. */
export function claimAs(wiring: CommandWiring, item: Item, actId: string): void {
  void guard(wiring.log, 'claim', () => claimItems([item], wiring.claims, workingPorts(wiring), actId));
}

/**
 * Goes on with the claims and releases that a crash or a closed window interrupted, or a dry run held up. Of those that
 * wait for their service a person may want `only` some tried now: then nothing is done with the others.
 */
export function finishClaims(wiring: CommandWiring, only?: readonly StoredProposal[]): void {
  if (isDryRun()) return;
  const ports = portsOfEarlier(wiring);
  const again: AgainAs = (what, items, typed) => {
    void guard(wiring.log, what, () => {
      if (typed !== undefined) return claimAndSaySo(items, wiring.claims, ports, typed);
      return what === 'claim' ? claimItems(items, wiring.claims, ports) : releaseItems(items, wiring.claims, ports);
    });
  };
  wiring.claims.finish(ports, again, only && new Set(only.map(({ proposal }) => proposal.id)));
}

/** Sees what became of claims that could not be sent at once; after the outbox went on. */
export function followClaims(wiring: CommandWiring): void {
  wiring.claims.follow(portsOfEarlier(wiring));
}

/** These claims were made before: *Undo* takes back what a person did last in this window, so they are no acts of it. */
function portsOfEarlier(wiring: CommandWiring): WorkingPorts {
  return workingPorts({ ...wiring, acts: new Set() });
}
