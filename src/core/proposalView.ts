import { type ProposalPhase, proposalPhase } from './approval.ts';
import type { ProposalKind, StoredProposal } from './proposal.ts';
import type { SourceFailure } from './sourceStatus.ts';

/** A proposal that waits for a person, or for its service, as the Proposals view shows it. */
export interface ProposalView {
  readonly id: string;
  readonly kind: ProposalKind;
  readonly title: string;
  readonly phase: Exclude<ProposalPhase, 'done'>;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** Why it was not written, when that was tried. */
  readonly reason: SourceFailure | undefined;
  /** Part of it is outside already. */
  readonly isBegun: boolean;
}

/**
 * The proposals that are not done, oldest first. What is being sent, and claims, whose rows tell of them, are left out.
 * `now` is epoch ms.
 */
export function projectProposals(stored: Iterable<StoredProposal>, now: number): readonly ProposalView[] {
  const views: ProposalView[] = [];
  for (const one of stored) {
    const { proposal, states } = one;
    const phase = proposalPhase(one, now);
    const failed = states.find((state) => state.status === 'failed');
    const isSending = phase === 'going' && failed === undefined;
    const isOwnRow = (proposal.kind === 'claim' || proposal.kind === 'release') && phase !== 'waiting';
    if (phase === 'done' || isSending || isOwnRow) continue;
    const { id, kind, title, createdAt } = proposal;
    const isBegun = states.some(({ status }) => status === 'done');
    views.push({ id, kind, title, phase, createdAt, reason: failed?.reason, isBegun });
  }
  return views.sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
}
