import { MAX_ISSUE_BODY_LENGTH } from '../../core/issueLimits.ts';
import type { Outcome, Write } from '../../core/proposal.ts';
import { ServiceError, type WriteContext } from '../service.ts';
import { unassign } from './assignWrites.ts';
import type { GitHubClient, GitHubWriteClient } from './client.ts';
import { isRefusal } from './failures.ts';
import { common, type IssueRecord, lacking, notSet, parseIssueRecord, readIssue } from './issueRecord.ts';
import { unlabel } from './labelWrites.ts';
import { readOwnRows } from './ownRows.ts';
import { issuePath, repositoryPath } from './records.ts';

type CreateIssue = Extract<Write, { type: 'createIssue' }>;
type PlanIssue = Extract<Write, { type: 'planIssue' }>;

/** Creates an issue, once. @throws {ServiceError} */
export async function createIssue(client: GitHubWriteClient, write: CreateIssue): Promise<Outcome> {
  checkBody(write.body);
  const { title, body, labels, assignees } = write;
  const reply = await client.send('POST', `${repositoryPath(write.repository)}/issues`, {
    title,
    body,
    labels,
    assignees,
  });
  const issue = parseIssueRecord(reply, write.repository);
  if (issue === undefined) throw new ServiceError('badResponse', 'GitHub does not say what it created');
  return created(issue, write);
}

/**
 * The issue that an earlier try created, by its marker. From the repository's list and not from search, whose index
 * follows later; only of our own account, since anybody can copy a marker.
 * @throws {ServiceError}
 */
export async function findIssue(client: GitHubClient, write: CreateIssue): Promise<Outcome | undefined> {
  const list = `${repositoryPath(write.repository)}/issues?state=all&sort=created&direction=desc`;
  const row = await readOwnRows(client, list, write);
  const issue = parseIssueRecord(row, write.repository);
  return issue === undefined ? undefined : created(issue, write);
}

/**
 * Adds labels and assignees to an issue that exists; what it has already stays, also when this is taken back.
 * @throws {ServiceError}
 */
export async function planIssue(
  client: GitHubWriteClient,
  write: PlanIssue,
  { begins }: WriteContext,
): Promise<Outcome> {
  const path = issuePath(write.repository, write.number);
  const before = await readIssue(client, write.repository, write.number);
  const labels = lacking(write.labels, before.labels);
  const assignees = lacking(write.assignees, before.assignees);
  begins?.([...unassign(before, { added: assignees }), ...unlabel(before, { added: labels })]);
  const refusals = [
    await tryToAdd(client, `${path}/labels`, { labels }),
    await tryToAdd(client, `${path}/assignees`, { assignees }),
  ];
  const after = await readIssue(client, write.repository, write.number);
  return {
    ...planned(after, write),
    warnings: [...leftOut(after, write), ...refusals.filter((refusal) => refusal !== undefined)],
    undo: [
      ...unassign(before, { added: common(assignees, after.assignees) }),
      ...unlabel(before, { added: common(labels, after.labels) }),
    ],
  };
}

/** Returns GitHub's word when it will not; what passes by itself is thrown, to be tried again. */
async function tryToAdd(
  client: GitHubWriteClient,
  path: string,
  body: Readonly<Record<string, readonly string[]>>,
): Promise<string | undefined> {
  if (Object.values(body).flat().length === 0) return undefined;
  try {
    await client.send('POST', path, body);
    return undefined;
  } catch (error) {
    if (error instanceof ServiceError && isRefusal(error.reason)) return error.message;
    throw error;
  }
}

/** @throws {ServiceError} `refused` when GitHub would not take it. */
export function checkBody(body: string): void {
  if (body.length > MAX_ISSUE_BODY_LENGTH) {
    throw new ServiceError('refused', `the text has more than ${String(MAX_ISSUE_BODY_LENGTH)} characters`);
  }
}

function created(issue: IssueRecord, write: CreateIssue): Outcome {
  const { repository, number } = issue;
  const undo: Write = { type: 'closeIssue', repository, number, reason: 'notPlanned' };
  return { ...planned(issue, write), undo: [undo] };
}

function planned(issue: IssueRecord, write: CreateIssue | PlanIssue): Outcome {
  const { repository, number, url, nodeId, databaseId } = issue;
  const ids = { repository, number, url, nodeId, databaseId };
  return { url, issue: ids, warnings: leftOut(issue, write), undo: [] };
}

function leftOut(issue: IssueRecord, { labels, assignees }: CreateIssue | PlanIssue): readonly string[] {
  return [...notSet('label', labels, issue.labels), ...notSet('assignee', assignees, issue.assignees)];
}
