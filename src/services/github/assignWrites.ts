import * as z from 'zod/mini';
import type { Outcome, Write } from '../../core/proposal.ts';
import { safeUrl } from '../../core/url.ts';
import { ServiceError } from '../service.ts';
import type { GitHubClient } from './client.ts';
import { missing } from './issueWrites.ts';
import { issuePath, loginsOf } from './records.ts';

type Assign = Extract<Write, { type: 'assign' }>;

const AssignedRecord = z.object({ html_url: z.string(), assignees: z.unknown() });

/**
 * Adds assignees, then removes others. https://docs.github.com/en/rest/issues/assignees
 * @throws {ServiceError}
 */
export async function assign(client: GitHubClient, { repository, number, add, remove }: Assign): Promise<Outcome> {
  const path = issuePath(repository, number);
  let issue: unknown;
  if (add.length > 0) issue = await client.post(`${path}/assignees`, { assignees: add });
  if (remove.length > 0) issue = await client.delete(`${path}/assignees`, { assignees: remove });
  issue ??= (await client.get(path)).data;
  const { data } = AssignedRecord.safeParse(issue);
  const url = safeUrl(data?.html_url);
  if (data === undefined || url === undefined) {
    throw new ServiceError('badResponse', 'GitHub does not say which issue it is');
  }
  const assignees = loginsOf(data.assignees, 100);
  return {
    url,
    issue: undefined,
    warnings: [...missing('assignee', add, assignees), ...stays(remove, assignees)],
    undo: [],
  };
}

function stays(unwanted: readonly string[], assignees: readonly string[]): readonly string[] {
  const names = new Set(assignees.map((name) => name.toLowerCase()));
  return unwanted.filter((name) => names.has(name.toLowerCase())).map((name) => `assignee not removed: ${name}`);
}
