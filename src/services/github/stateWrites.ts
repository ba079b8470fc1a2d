import type { Outcome, Write } from '../../core/proposal.ts';
import { ServiceError, type WriteContext } from '../service.ts';
import type { GitHubWriteClient } from './client.ts';
import { parseIssueRecord, readIssue } from './issueRecord.ts';
import { issuePath } from './records.ts';

type CloseIssue = Extract<Write, { type: 'closeIssue' }>;
type ReopenIssue = Extract<Write, { type: 'reopenIssue' }>;

/**
 * Closes an issue or pull request; one that is closed stays as it is.
 * https://docs.github.com/en/rest/issues/issues#update-an-issue
 * @throws {ServiceError}
 */
export async function closeIssue(
  client: GitHubWriteClient,
  write: CloseIssue,
  { begins }: WriteContext,
): Promise<Outcome> {
  const { repository, number, reason } = write;
  const before = await readIssue(client, repository, number);
  if (!before.isOpen) return outcome(before.url, []);
  const undo: readonly Write[] = [{ type: 'reopenIssue', repository, number }];
  begins?.(undo);
  const stateReason = reason === 'completed' ? 'completed' : 'not_planned';
  await setState(client, write, { state: 'closed', state_reason: stateReason });
  return outcome(before.url, undo);
}

/** Opens an issue or pull request again; one that is open stays as it is. @throws {ServiceError} */
export async function reopenIssue(
  client: GitHubWriteClient,
  write: ReopenIssue,
  { begins }: WriteContext,
): Promise<Outcome> {
  const { repository, number } = write;
  const before = await readIssue(client, repository, number);
  if (before.isOpen) return outcome(before.url, []);
  const reason = before.stateReason === 'completed' || before.stateReason === undefined ? 'completed' : 'notPlanned';
  const undo: readonly Write[] = [{ type: 'closeIssue', repository, number, reason }];
  begins?.(undo);
  await setState(client, write, { state: 'open' });
  return outcome(before.url, undo);
}

async function setState(
  client: GitHubWriteClient,
  { repository, number }: CloseIssue | ReopenIssue,
  wanted: { readonly state: 'open' | 'closed'; readonly state_reason?: string },
): Promise<void> {
  const after = parseIssueRecord(await client.send('PATCH', issuePath(repository, number), wanted), repository);
  if (after?.isOpen !== (wanted.state === 'open')) {
    throw new ServiceError('badResponse', `GitHub does not say that the issue is ${wanted.state}`);
  }
}

function outcome(url: string, undo: readonly Write[]): Outcome {
  return { url, issue: undefined, warnings: [], undo };
}
