import * as vscode from 'vscode';
import { issuesOf, prioritise } from '../../actions/issueChanges.ts';
import type { IssueNumber } from '../../core/nativeIds.ts';
import { PRIORITY_LABEL, type Priority } from '../../core/priority.ts';
import type { Proposal } from '../../core/proposal.ts';
import { ServiceError } from '../../services/service.ts';
import { put } from '../gate/gate.ts';
import { subjectOf } from '../working/act.ts';
import type { ChangePorts } from './changePorts.ts';
import type { ItemWithIssue } from './withIssues.ts';

/** The act's own *Undo*, which stands in the status bar already, takes the board's part back as well. */
const BESIDE_THE_ACT: ChangePorts['gate']['undoBar'] = {
  show: () => undefined,
  showAct: () => undefined,
  hide: () => undefined,
};
/** Each is two requests. */
const LOOKS_AT_ONCE = 10;
/** Nobody waits longer for so many. */
const LOOK_MS = 10_000;
const MOST_LOOKS = 100;

/**
 * An item that got a priority; its proposal gets the id of the journal's entry, so that both are undone as one. There is none
 * where it had that priority here already.
 */
export interface Prioritised extends ItemWithIssue {
  readonly entryId: string | undefined;
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
  const { found, unknown } = await standing(others, board, ports);
  const proposals = chosen.flatMap((one) => {
    const issues = issuesOf(one).filter(
      (issue) => isPlanned(issue, one) || found.some((other) => isSame(issue, other)),
    );
    const id = one.entryId ?? ports.newId();
    return prioritise({ ...one, id, now: ports.now() }, ports.team, priority, issues) ?? [];
  });
  const title = vscode.l10n.t(
    '{0} on the Board: {1}',
    PRIORITY_LABEL[priority],
    subjectOf(chosen.map(({ item }) => item)),
  );
  if (unknown > 0) sayUnknown(unknown);
  const isOfAct = ({ id }: Proposal): boolean => chosen.some(({ entryId }) => entryId === id);
  await put(title, proposals, proposals.every(isOfAct) ? { ...ports.gate, undoBar: BESIDE_THE_ACT } : ports.gate);
}

function sayUnknown(count: number): void {
  void vscode.window.showWarningMessage(
    count === 1
      ? vscode.l10n.t('Priority not set on the board: whether the issue is on it could not be checked.')
      : vscode.l10n.t(
          'Priority not set on the board for {0} issues: whether they are on it could not be checked.',
          count,
        ),
  );
}

function isPlanned(issue: IssueNumber, { converted }: Prioritised): boolean {
  return converted !== undefined && isSame(issue, converted);
}

function isSame(one: IssueNumber, other: IssueNumber): boolean {
  return one.number === other.number && one.repository.toLowerCase() === other.repository.toLowerCase();
}

/**
 * Those that stand on the board, and how many could not be looked at. These count as not being there: the priority here is
 * set all the same.
 */
async function standing(
  issues: readonly IssueNumber[],
  board: { readonly owner: string; readonly number: number },
  { lookUps, log }: ChangePorts,
): Promise<{ readonly found: readonly IssueNumber[]; readonly unknown: number }> {
  const found: IssueNumber[] = [];
  for (let looked = 0; looked < issues.length; looked += LOOKS_AT_ONCE) {
    if (looked >= MOST_LOOKS) return { found, unknown: issues.length - looked };
    const abort = AbortSignal.timeout(LOOK_MS);
    try {
      found.push(...(await lookUps.issuesOnBoard(issues.slice(looked, looked + LOOKS_AT_ONCE), board, abort)));
    } catch (error) {
      if (!abort.aborted && !(error instanceof ServiceError)) throw error;
      log.warn(`the board could not be looked at: ${error instanceof Error ? error.message : 'no answer'}`);
      return { found, unknown: issues.length - looked };
    }
  }
  return { found, unknown: 0 };
}
