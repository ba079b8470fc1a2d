import * as vscode from 'vscode';
import { AT_ONCE_BY_DEFAULT } from '../../core/approval.ts';
import type { ProposalKind } from '../../core/proposal.ts';

/** Whether nothing may leave: all that is asked for becomes a proposal that waits. */
export function isDryRun(): boolean {
  return vscode.workspace.getConfiguration('responder').get<unknown>('dryRun') === true;
}

/** Whether the person wants this kind of write applied without being shown it first. */
export function isAtOnce(kind: ProposalKind): boolean {
  const kinds = vscode.workspace.getConfiguration('responder').get<unknown>('applyAtOnce');
  return Array.isArray(kinds) ? kinds.includes(kind) : AT_ONCE_BY_DEFAULT.includes(kind);
}
