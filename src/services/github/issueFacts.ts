import * as z from 'zod/mini';
import { oneLine } from '../../core/plainText.ts';
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
  { repository, number }: IssueAddress,
  ports: GitHubPorts,
  abort: AbortSignal,
): Promise<readonly string[]> {
  return (await readIssue(await createGitHubClient(ports, abort), repository, number)).labels;
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
