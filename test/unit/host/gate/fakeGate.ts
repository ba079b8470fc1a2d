import type { Proposal, StoredProposal } from '../../../../src/core/proposal.ts';
import type { GatePorts } from '../../../../src/host/gate/gate.ts';

/** A gate before which everything that is sent arrives; what happened at it is said in order. */
export class FakeGate {
  readonly sent: Proposal[] = [];
  readonly waiting: Proposal[] = [];
  /** The proposals that were shown before they were asked about. */
  readonly shown: Proposal[] = [];
  /** What *Undo* in the status bar speaks of. */
  undo: string | undefined;
  now = Date.UTC(2026, 10, 24, 11);
  #count = 0;

  readonly ports = {
    outbox: {
      submit: async (proposal: Proposal) => {
        const waiting = this.waiting.findIndex(({ id }) => id === proposal.id);
        if (waiting >= 0) this.waiting.splice(waiting, 1);
        this.sent.push(proposal);
        return done(proposal);
      },
      approve: async () => Promise.reject(new Error('nothing is approved here')),
      propose: (proposal: Proposal) => {
        if (!this.waiting.some(({ id }) => id === proposal.id)) this.waiting.push(proposal);
        return waits(proposal);
      },
      revise: () => true,
      drop: () => true,
      stored: () => [...this.sent.map(done), ...this.waiting.map(waits)],
    },
    preview: {
      show: async (_: string, { proposals }: { readonly proposals: readonly Proposal[] }) =>
        void this.shown.push(...proposals),
      close: async () => undefined,
    },
    undoBar: {
      show: (text: string) => void (this.undo = text),
      showAct: (text: string) => void (this.undo = text),
      hide: () => void (this.undo = undefined),
    },
    placeOf: () => undefined,
    coveredBy: () => 1,
    refresh: async () => undefined,
    now: () => this.now,
    newId: () => `p${++this.#count}`,
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
  } as unknown as GatePorts;
}

function waits(proposal: Proposal): StoredProposal {
  return { proposal, approvedAt: undefined, states: proposal.steps.map(() => ({ status: 'waiting' })) };
}

function done(proposal: Proposal): StoredProposal {
  const outcome = { url: 'https://github.example/1', issue: undefined, warnings: [], undo: proposal.steps };
  return { proposal, approvedAt: 1, states: proposal.steps.map(() => ({ status: 'done', outcome })) };
}
