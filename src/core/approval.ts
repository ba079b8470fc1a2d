import { isClaim, type ProposalKind, type StepState, type StoredProposal, type Write } from './proposal.ts';
import { passes } from './sourceStatus.ts';

/** Longer after its approval (or after the moment to which a service put it off) nothing is sent without asking again. */
export const STALE_AFTER_MS = 3_600_000;

/**
 * `waiting`: nobody has said yet that it may be sent; `stale`: that was said too long ago; `stopped`: it was refused, and
 * trying again alone does not help; `going`: it is sent, or will be by itself.
 */
export type ProposalPhase = 'waiting' | 'stale' | 'stopped' | 'going' | 'done';

/** Where a proposal stands at a moment (epoch ms). */
export function proposalPhase(stored: StoredProposal, now: number): ProposalPhase {
  const { states, approvedAt } = stored;
  if (states.every(({ status }) => status === 'done')) return 'done';
  if (approvedAt === undefined) return 'waiting';
  if (states.some((state) => state.status === 'failed' && !passes(state.reason))) return 'stopped';
  return isStale(stored, now) ? 'stale' : 'going';
}

/** Whether so long has passed since a person said that it may be sent that they are asked again. */
export function isStale({ states, approvedAt = 0 }: StoredProposal, now: number): boolean {
  const putOff = states.map((state) => (state.status === 'failed' ? (state.retryAt ?? 0) : 0));
  return now > Math.max(approvedAt, ...putOff) + STALE_AFTER_MS;
}

/**
 * Nothing of the step is outside, it was not tried or its service would not have it; but for what its tries had changed
 * before that (`undoOf`).
 */
export function isUnsent(state: StepState): boolean {
  return state.status === 'waiting' || (state.status === 'failed' && (state.permanent || state.unsent === true));
}

/** When it was written, epoch ms; what stopped half-way counts from its approval. Its approval may be gone by now. */
export function sentAt(stored: StoredProposal): number {
  return stored.sentAt ?? stored.approvedAt ?? stored.proposal.createdAt;
}

/** What takes back what a step changed, or was about to change when it stopped half-way. */
export function undoOf(state: StepState): readonly Write[] {
  if (state.status === 'done') return state.outcome.undo;
  return state.status === 'waiting' ? [] : (state.undo ?? []);
}

/**
 * Of writes that stopped before their end those that a person is told of: claims mend themselves, and what nobody has
 * approved yet waits where it is seen.
 */
export function unfinishedForPerson(unfinished: readonly StoredProposal[], now: number): readonly StoredProposal[] {
  return unfinished.filter((stored) => !isClaim(stored.proposal) && proposalPhase(stored, now) !== 'waiting');
}

/** Small and reversible: applied as soon as the person asks for them, unless they chose otherwise. */
export const AT_ONCE_BY_DEFAULT: readonly ProposalKind[] = ['claim', 'release', 'label', 'prioritise', 'undo'];
