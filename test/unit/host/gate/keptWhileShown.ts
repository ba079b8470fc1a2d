import type { Proposal } from '../../../../src/core/proposal.ts';
import type { GatePorts } from '../../../../src/host/gate/gate.ts';
import type { FakeGate } from './fakeGate.ts';

/** A gate whose outbox has no text yet to revise, and what waits in it while a preview stands: a reload keeps that alone. */
export function keptWhileShown(gate: FakeGate): { readonly ports: GatePorts; readonly kept: Proposal[] } {
  const kept: Proposal[] = [];
  const show = async (): Promise<void> => void kept.push(...gate.waiting);
  const ports = {
    ...gate.ports,
    outbox: { ...gate.ports.outbox, revise: () => false },
    preview: { show, close: async () => undefined },
  } as unknown as GatePorts;
  return { ports, kept };
}
