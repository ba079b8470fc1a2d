import type { Outcome, Write } from '../../core/proposal.ts';
import type { WriteContext } from '../service.ts';
import type { GitHubWriteClient } from './client.ts';
import { common, type IssueRecord, lacking, notSet, parseIssueRecord, readIssue } from './issueRecord.ts';
import { issuePath } from './records.ts';

type Assign = Extract<Write, { type: 'assign' }>;

/**
 * Adds assignees, then removes others: those alone that are not so already, so that taking it back leaves the rest.
 * https://docs.github.com/en/rest/issues/assignees
 * @throws {ServiceError}
 */
export async function assign(client: GitHubWriteClient, write: Assign, { begins }: WriteContext): Promise<Outcome> {
  const { repository, number } = write;
  const path = `${issuePath(repository, number)}/assignees`;
  const before = await readIssue(client, repository, number);
  const missing = lacking(write.add, before.assignees);
  const unwanted = common(before.assignees, write.remove);
  begins?.(unassign(before, { added: missing, removed: unwanted }));
  let reply: unknown;
  if (missing.length > 0) reply = await client.send('POST', path, { assignees: missing });
  if (unwanted.length > 0) reply = await client.send('DELETE', path, { assignees: unwanted });
  const after = parseIssueRecord(reply, repository) ?? (await readIssue(client, repository, number));
  const stays = common(unwanted, after.assignees);
  return {
    url: after.url,
    issue: undefined,
    warnings: [
      ...notSet('assignee', write.add, after.assignees),
      ...stays.map((name) => `assignee not removed: ${name}`),
    ],
    undo: unassign(before, { added: common(missing, after.assignees), removed: lacking(unwanted, stays) }),
  };
}

/** What takes back a change of assignees. */
export function unassign(
  { repository, number }: Pick<IssueRecord, 'repository' | 'number'>,
  { added, removed = [] }: { readonly added: readonly string[]; readonly removed?: readonly string[] },
): readonly Write[] {
  if (added.length + removed.length === 0) return [];
  return [{ type: 'assign', repository, number, add: removed, remove: added }];
}
