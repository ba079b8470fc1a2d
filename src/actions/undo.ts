import { sentAt, undoOf } from '../core/approval.ts';
import { writeMarker } from '../core/marker.ts';
import type { Proposal, StoredProposal, Write } from '../core/proposal.ts';
import { sayMarked } from './words.ts';

/** For so long after it was sent a write can be taken back. */
export const UNDO_WITHIN_MS = 24 * 3_600_000;

/** What is said on an issue that is closed again, unless the person edits it; in English, as all that the team reads. */
const CLOSING_WORDS = 'This issue has been taken back.';

export interface UndoInput {
  /** Of the new proposal. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Why a write stays: it is longer ago than a day, its service knows no way, or that was done (or proposed) already. */
export type NoUndo = 'tooLongAgo' | 'noWay' | 'undoneAlready';

/** Undefined when it can be taken back. `all` are the proposals that are known, `now` is epoch ms. */
export function noUndoOf(
  stored: StoredProposal,
  { all, now }: { readonly all: readonly StoredProposal[]; readonly now: number },
): NoUndo | undefined {
  const { proposal, states } = stored;
  if (all.some((other) => other.proposal.undoes === proposal.id)) return 'undoneAlready';
  if (!states.some((state) => undoOf(state).length > 0)) return 'noWay';
  return isTooLongAgo(stored, now) ? 'tooLongAgo' : undefined;
}

/**
 * What takes back the steps of a proposal that are done, or that stopped half-way, the last one first; undefined when
 * nothing of it can be, or it was too long ago. Where a service knows no way, the step stays as it is.
 */
export function undo(stored: StoredProposal, { id, now }: UndoInput): Proposal | undefined {
  const { proposal, states } = stored;
  if (isTooLongAgo(stored, now)) return undefined;
  const writes = states
    .flatMap((state, index) => [undoOf(state).map((write) => ({ write, of: proposal.steps[index]?.type }))])
    .toReversed()
    .flat();
  const steps = writes.flatMap(({ write, of }, index) =>
    of === 'reopenIssue' ? [write] : withWords(write, { id: `${id}:${index}`, now }),
  );
  if (steps.length === 0) return undefined;
  return {
    id,
    createdAt: now,
    kind: 'undo',
    signalIds: proposal.signalIds,
    title: proposal.title,
    steps,
    decision: undefined,
    undoes: proposal.id,
  };
}

function isTooLongAgo(stored: StoredProposal, now: number): boolean {
  return now > sentAt(stored) + UNDO_WITHIN_MS;
}

/**
 * Nobody finds an issue closed without a word; by its marker the other machines of the team know why. One that was opened
 * again is not ours to take back: it is closed as it was.
 */
function withWords(write: Write, { id, now }: UndoInput): readonly Write[] {
  if (write.type !== 'closeIssue') return [write];
  const { repository, number } = write;
  return [sayMarked({ repository, number }, CLOSING_WORDS, { marker: writeMarker('undo', id), since: now }), write];
}
