import * as vscode from 'vscode';
import { issuesOf, prioritise } from '../../actions/issueChanges.ts';
import type { IssueNumber } from '../../actions/nativeIds.ts';
import { PRIORITY_LABEL, type Priority } from '../../core/priority.ts';
import { ServiceError } from '../../services/service.ts';
import { put } from '../gate/gate.ts';
import { subjectOf } from '../working/act.ts';
import type { ChangePorts } from './changePorts.ts';
import type { ItemWithIssue } from './withIssues.ts';

/** Nobody waits longer for a look at the board. */
const LOOK_MS = 10_000;
/** Each is two requests. */
const MAX_LOOKS = 10;

/** An item that got a priority here; its proposal gets `id`, that of the journal's entry, so that both are undone as one. */
export interface Prioritised extends ItemWithIssue {
  readonly id: string;
}

/**
 * Sets a priority on the team's board as well: of planned issues, and of others that stand there already. Nothing is put
 * on the board that was not there.
 */
export async function prioritiseOnBoard(
  chosen: readonly Prioritised[],
  priority: Priority,
  ports: ChangePorts,
): Promise<void> {
  const board = ports.team.issues?.project;
  if (board?.priorityField === undefined) return;
  const others = chosen.flatMap((one) => issuesOf(one).filter((issue) => !isPlanned(issue, one)));
  const found = others.length === 0 ? [] : await standing(others, board, ports);
  const proposals = chosen.flatMap((one) => {
    const issues = issuesOf(one).filter(
      (issue) => isPlanned(issue, one) || found.some((other) => isSame(issue, other)),
    );
    return prioritise({ ...one, now: ports.now() }, ports.team, priority, issues) ?? [];
  });
  const title = vscode.l10n.t(
    '{0} on the Board: {1}',
    PRIORITY_LABEL[priority],
    subjectOf(chosen.map(({ item }) => item)),
  );
  await put(title, proposals, ports.gate);
}

function isPlanned(issue: IssueNumber, { converted }: Prioritised): boolean {
  return converted !== undefined && isSame(issue, converted);
}

function isSame(one: IssueNumber, other: IssueNumber): boolean {
  return one.number === other.number && one.repository.toLowerCase() === other.repository.toLowerCase();
}

/** What cannot be looked at counts as not being there: the priority here is set all the same. */
async function standing(
  issues: readonly IssueNumber[],
  board: { readonly owner: string; readonly number: number },
  { lookUps, log }: ChangePorts,
): Promise<readonly IssueNumber[]> {
  const abort = AbortSignal.timeout(LOOK_MS);
  try {
    return await lookUps.issuesOnBoard(issues.slice(0, MAX_LOOKS), board, abort);
  } catch (error) {
    if (!abort.aborted && !(error instanceof ServiceError)) throw error;
    log.warn(`the board could not be looked at: ${error instanceof Error ? error.message : 'no answer'}`);
    return [];
  }
}
