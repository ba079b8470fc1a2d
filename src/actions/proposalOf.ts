import { type Item, leadSignal } from '../core/item.ts';
import type { Proposal, ProposalKind, Write } from '../core/proposal.ts';

interface ProposalInput {
  readonly item: Item;
  /** Of the proposal. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** The proposal to do something about an item, by whose title people know it. */
export function proposalOf(kind: ProposalKind, { item, id, now }: ProposalInput, steps: readonly Write[]): Proposal {
  return {
    id,
    createdAt: now,
    kind,
    signalIds: item.signals.map((signal) => signal.id),
    title: leadSignal(item).title,
    steps,
    decision: undefined,
    undoes: undefined,
  };
}
