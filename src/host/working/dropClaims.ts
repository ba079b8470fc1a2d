import { isTaken } from '../../actions/claim.ts';
import { wordsOf } from '../../actions/words.ts';
import { standing } from '../../core/journal.ts';
import type { StoredProposal } from '../../core/proposal.ts';
import { isUndoable } from '../../core/undo.ts';
import { isGoing, isRecorded, isUndo, stands } from './claimRecord.ts';
import type { ClaimWrites } from './claimWrites.ts';
import { undoAll } from './workItems.ts';
import type { WorkingPorts } from './workingPorts.ts';

type RecordPorts = Pick<WorkingPorts, 'journal' | 'now'>;

/** Whether a row tells already of what waits for its service here: it goes on by itself, and is told of with its row. */
export function isUnderWay(stored: StoredProposal, ports: RecordPorts): boolean {
  return isRecorded(stored, ports) && isGoing(stored, ports);
}

/** Whether dropping it takes back what a row tells of it; with words that were not said yet the claim itself stands. */
export function changesRow(stored: StoredProposal, ports: RecordPorts): boolean {
  const { proposal } = stored;
  return isUnderWay(stored, ports) && (isUndo(proposal) || (stands(proposal.id, ports) && !isTaken(stored)));
}

/** Whether somebody may have read its words, or they are on their way. */
export function areWordsSent({ proposal, states }: StoredProposal): boolean {
  const said = wordsOf(proposal).flatMap(({ steps }) => steps.map((step) => states[step]?.status));
  return said.includes('done') || said.includes('sending');
}

/** Drops claims and releases that are under way, or what takes them back: their rows are as they were before. */
export async function dropClaims(
  stored: readonly StoredProposal[],
  writes: ClaimWrites,
  ports: WorkingPorts,
): Promise<void> {
  const ids = new Set(stored.map(({ proposal }) => proposal.id));
  const [first, ...others] = standing(ports.journal())
    .filter(isUndoable)
    .filter(({ id }) => ids.has(id));
  if (first !== undefined) await undoAll([first, ...others], writes, ports);
  const backs = stored.map(({ proposal }) => proposal).filter(isUndo);
  if (backs.length > 0) writes.keepStanding(backs, ports);
}
