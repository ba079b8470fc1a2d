import * as z from 'zod/mini';
import { oneLine } from '../../core/plainText.ts';
import type { BoardPriority } from '../../core/priority.ts';
import type { Write } from '../../core/proposal.ts';
import type { Signal } from '../../core/signal.ts';
import { changesOf, namesOf } from './board.ts';
import { FIND_BOARD, FIND_ITEMS, parseBoard, parseItemOn } from './boardWire.ts';
import { createGitHubClient, type GitHubPorts } from './client.ts';
import { readIssue } from './issueRecord.ts';
import { readPages } from './pages.ts';
import { repositoryPath } from './records.ts';

/** A list with more labels than this is not read to its end by people either. */
const MAX_PAGES = 5;

const LabelRow = z.object({ name: z.string().check(z.minLength(1), z.maxLength(100)) });

interface IssueAddress {
  /** `owner/name`. */
  readonly repository: string;
  readonly number: number;
}

/**
 * The names of a repository's labels, at most 500, in GitHub's order.
 * https://docs.github.com/en/rest/issues/labels#list-labels-for-a-repository
 * @throws {ServiceError}
 */
export async function repositoryLabels(
  repository: string,
  ports: GitHubPorts,
  abort: AbortSignal,
): Promise<readonly string[]> {
  const path = `${repositoryPath(repository)}/labels?per_page=100`;
  const { rows } = await readPages(await createGitHubClient(ports, abort), path, MAX_PAGES);
  return rows.flatMap((row) => {
    const { data } = LabelRow.safeParse(row);
    // A name that a row would show otherwise than it is, is none to choose.
    return data === undefined || oneLine(data.name, 100) !== data.name ? [] : [data.name];
  });
}

/** The labels that an issue or pull request has now. @throws {ServiceError} */
export async function issueLabels(
  issue: IssueAddress,
  ports: GitHubPorts,
  abort: AbortSignal,
): Promise<readonly string[]> {
  return (await issueFacts(issue, ports, abort)).labels;
}

/** What a write may change of an issue or pull request, as it is now. @throws {ServiceError} */
export async function issueFacts(
  { repository, number }: IssueAddress,
  ports: GitHubPorts,
  abort: AbortSignal,
): Promise<Pick<Signal, 'labels' | 'assignees' | 'state'>> {
  const { labels, assignees, isOpen } = await readIssue(await createGitHubClient(ports, abort), repository, number);
  return { labels, assignees, state: isOpen ? 'open' : 'closed' };
}

/** Undefined when there is no such board, field or option: then nothing can be written to it. @throws {ServiceError} */
export async function boardPriority(
  { repository, number, board: address, field, option }: Extract<Write, { readonly type: 'setBoardPriority' }>,
  ports: GitHubPorts,
  abort: AbortSignal,
): Promise<BoardPriority | undefined> {
  const client = await createGitHubClient(ports, abort);
  const board = parseBoard(await client.query(FIND_BOARD, { owner: address.owner, number: address.number }));
  if (board === undefined) return undefined;
  const { nodeId } = await readIssue(client, repository, number);
  const item = parseItemOn(board.id, await client.query(FIND_ITEMS, { contentId: nodeId }));
  const [change] = changesOf(board, { priority: { field, option }, timebox: undefined });
  if (change === undefined || 'problem' in change) return undefined;
  const before = namesOf(board, change.fieldId, item?.values.get(change.fieldId));
  const after = namesOf(board, change.fieldId, change.value)?.value;
  if (before === undefined || after === undefined) return undefined;
  return { isOnBoard: item !== undefined, before: before.value, after };
}

/** Of some issues those that stand on a board; none when there is no such board. @throws {ServiceError} */
export async function issuesOnBoard<Issue extends IssueAddress>(
  issues: readonly Issue[],
  { owner, number }: { readonly owner: string; readonly number: number },
  ports: GitHubPorts,
  abort: AbortSignal,
): Promise<readonly Issue[]> {
  const client = await createGitHubClient(ports, abort);
  const board = parseBoard(await client.query(FIND_BOARD, { owner, number }));
  const found: Issue[] = [];
  if (board === undefined) return found;
  for (const issue of issues) {
    const { nodeId } = await readIssue(client, issue.repository, issue.number);
    const item = parseItemOn(board.id, await client.query(FIND_ITEMS, { contentId: nodeId }));
    if (item !== undefined) found.push(issue);
  }
  return found;
}
