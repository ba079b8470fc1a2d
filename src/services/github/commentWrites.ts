import type { Outcome, Write } from '../../core/proposal.ts';
import { safeUrl } from '../../core/url.ts';
import { ServiceError } from '../service.ts';
import type { GitHubClient } from './client.ts';
import { checkBody } from './issueWrites.ts';
import { readOwnRows } from './ownRows.ts';
import { issuePath } from './records.ts';

type CommentOnIssue = Extract<Write, { type: 'commentOnIssue' }>;

/** Comments once. @throws {ServiceError} */
export async function commentOnIssue(client: GitHubClient, write: CommentOnIssue): Promise<Outcome> {
  checkBody(write.body);
  const reply = await client.post(`${issuePath(write.repository, write.number)}/comments`, { body: write.body });
  const outcome = readOutcome(reply);
  if (outcome === undefined) throw new ServiceError('badResponse', 'GitHub does not say what it created');
  return outcome;
}

/** Our comment of an earlier try, by its marker. @throws {ServiceError} */
export async function findComment(client: GitHubClient, write: CommentOnIssue): Promise<Outcome | undefined> {
  const list = `${issuePath(write.repository, write.number)}/comments?`;
  return readOutcome(await readOwnRows(client, list, write));
}

function readOutcome(record: unknown): Outcome | undefined {
  if (typeof record !== 'object' || record === null || !('html_url' in record)) return undefined;
  const url = safeUrl(record.html_url);
  return url === undefined ? undefined : { url, issue: undefined, warnings: [], undo: [] };
}
