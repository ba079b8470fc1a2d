import type { Outcome, Write } from '../../core/proposal.ts';
import { ServiceError, type WriteContext } from '../service.ts';
import type { GitHubWriteClient } from './client.ts';
import { common, type IssueRecord, lacking, notSet, readIssue } from './issueRecord.ts';
import { issuePath } from './records.ts';

type Label = Extract<Write, { type: 'label' }>;

/**
 * Adds labels, then removes others: those alone that are not so already, so that taking it back leaves the rest.
 * https://docs.github.com/en/rest/issues/labels
 * @throws {ServiceError}
 */
export async function label(client: GitHubWriteClient, write: Label, { begins }: WriteContext): Promise<Outcome> {
  const { repository, number } = write;
  const path = `${issuePath(repository, number)}/labels`;
  const before = await readIssue(client, repository, number);
  const missing = lacking(write.add, before.labels);
  // As they are spelled there, so that they come back the same.
  const unwanted = common(before.labels, write.remove);
  begins?.(unlabel(before, { added: missing, removed: unwanted }));
  if (missing.length > 0) await client.send('POST', path, { labels: missing });
  for (const name of unwanted) await removeLabel(client, path, name);
  const hasChanged = missing.length + unwanted.length > 0;
  const after = hasChanged ? await readIssue(client, repository, number) : before;
  const stays = common(unwanted, after.labels);
  return {
    url: after.url,
    issue: undefined,
    warnings: [...notSet('label', write.add, after.labels), ...stays.map((name) => `label not removed: ${name}`)],
    undo: unlabel(before, { added: common(missing, after.labels), removed: lacking(unwanted, stays) }),
  };
}

async function removeLabel(client: GitHubWriteClient, path: string, name: string): Promise<void> {
  // In a path these two mean the folder, and not the label.
  if (name === '.' || name === '..') throw new ServiceError('refused', `GitHub’s API cannot name the label ${name}`);
  try {
    await client.send('DELETE', `${path}/${encodeURIComponent(name)}`);
  } catch (error) {
    // Somebody else was quicker.
    if (!(error instanceof ServiceError && error.reason === 'notFound')) throw error;
  }
}

/** What takes back a change of labels. */
export function unlabel(
  { repository, number }: Pick<IssueRecord, 'repository' | 'number'>,
  { added, removed = [] }: { readonly added: readonly string[]; readonly removed?: readonly string[] },
): readonly Write[] {
  if (added.length + removed.length === 0) return [];
  return [{ type: 'label', repository, number, add: removed, remove: added }];
}
