import * as z from 'zod/mini';
import type { Outcome, Write } from '../../core/proposal.ts';
import { safeUrl } from '../../core/url.ts';
import { ServiceError } from '../service.ts';
import type { GitHubClient, GitHubWriteClient } from './client.ts';
import { webOrigin } from './file.ts';
import { checkBody } from './issueWrites.ts';
import { isOwnRow, ownLogin, readOwnRows } from './ownRows.ts';
import { issuePath, repositoryPath } from './records.ts';

type CommentOnIssue = Extract<Write, { type: 'commentOnIssue' }>;
type DeleteComment = Extract<Write, { type: 'deleteComment' }>;

const CommentRecord = z.object({ id: z.number(), html_url: z.string() });

/** Comments once. @throws {ServiceError} */
export async function commentOnIssue(client: GitHubWriteClient, write: CommentOnIssue): Promise<Outcome> {
  checkBody(write.body);
  const path = `${issuePath(write.repository, write.number)}/comments`;
  const outcome = readOutcome(await client.send('POST', path, { body: write.body }), write);
  if (outcome === undefined) throw new ServiceError('badResponse', 'GitHub does not say what it created');
  return outcome;
}

/** Our comment of an earlier try, by its marker. @throws {ServiceError} */
export async function findComment(client: GitHubClient, write: CommentOnIssue): Promise<Outcome | undefined> {
  const list = `${issuePath(write.repository, write.number)}/comments?`;
  return readOutcome(await readOwnRows(client, list, write), write);
}

/**
 * Deletes a comment of our own account; whoever may administer a repository could delete those of others as well.
 * @throws {ServiceError} `forbidden` for somebody else's
 */
export async function deleteComment(
  client: GitHubWriteClient,
  { repository, commentId }: DeleteComment,
): Promise<Outcome> {
  const path = `${repositoryPath(repository)}/issues/comments/${String(commentId)}`;
  const url = `${webOrigin(client.apiUrl)}/${repository}`;
  const comment = await orGone(async () => (await client.get(path)).data);
  if (comment !== undefined && !isOwnRow(comment, await ownLogin(client))) {
    throw new ServiceError('forbidden', 'the comment is not ours');
  }
  if (comment !== undefined) await orGone(() => client.send('DELETE', path));
  return { url, issue: undefined, warnings: [], undo: [] };
}

/** Undefined for what is not there any more. */
async function orGone(ask: () => Promise<unknown>): Promise<unknown> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ServiceError && error.reason === 'notFound') return undefined;
    throw error;
  }
}

function readOutcome(record: unknown, { repository }: CommentOnIssue): Outcome | undefined {
  const { data } = CommentRecord.safeParse(record);
  const url = safeUrl(data?.html_url);
  if (data === undefined || url === undefined) return undefined;
  return { url, issue: undefined, warnings: [], undo: [{ type: 'deleteComment', repository, commentId: data.id }] };
}
