import * as z from 'zod/mini';
import type { CreatedIssue } from '../../core/proposal.ts';
import { safeUrl } from '../../core/url.ts';
import { ServiceError } from '../service.ts';
import type { GitHubClient } from './client.ts';
import { issuePath, loginsOf } from './records.ts';
import { labelsOf } from './wireIssue.ts';

/** What writes need to know of an issue or pull request: what was there before, so that only that is left of them. */
export interface IssueRecord extends CreatedIssue {
  readonly labels: readonly string[];
  /** Logins. */
  readonly assignees: readonly string[];
  readonly isOpen: boolean;
  /** `completed`, `not_planned`, `duplicate`, `reopened`; undefined for one that was never closed. */
  readonly stateReason: string | undefined;
}

const Record = z.object({
  id: z.number(),
  node_id: z.string(),
  number: z.number(),
  html_url: z.string(),
  labels: z.optional(z.unknown()),
  assignees: z.optional(z.unknown()),
  state: z.catch(z.string(), 'open'),
  state_reason: z.catch(z.nullish(z.string()), undefined),
});

/** One issue, read now. @throws {ServiceError} */
export async function readIssue(client: GitHubClient, repository: string, number: number): Promise<IssueRecord> {
  const issue = parseIssueRecord((await client.get(issuePath(repository, number))).data, repository);
  if (issue === undefined) throw new ServiceError('badResponse', 'GitHub does not say which issue it is');
  return issue;
}

/** Undefined for what is no issue. */
export function parseIssueRecord(record: unknown, repository: string): IssueRecord | undefined {
  const { data } = Record.safeParse(record);
  const url = safeUrl(data?.html_url);
  if (data === undefined || url === undefined) return undefined;
  return {
    repository,
    number: data.number,
    url,
    nodeId: data.node_id,
    databaseId: data.id,
    labels: labelsOf(data.labels),
    assignees: loginsOf(data.assignees, 100),
    isOpen: data.state !== 'closed',
    stateReason: data.state_reason ?? undefined,
  };
}

/** The names that are not among the others. Case does not count for GitHub's logins and labels. */
export function lacking(names: readonly string[], others: readonly string[]): readonly string[] {
  const known = new Set(others.map((name) => name.toLowerCase()));
  return names.filter((name) => !known.has(name.toLowerCase()));
}

/** The names that are among the others. */
export function common(names: readonly string[], others: readonly string[]): readonly string[] {
  const missing = new Set(lacking(names, others));
  return names.filter((name) => !missing.has(name));
}

/** Without push access GitHub leaves labels and assignees out and says nothing. */
export function notSet(what: string, wanted: readonly string[], given: readonly string[]): readonly string[] {
  return lacking(wanted, given).map((name) => `${what} not set: ${name}`);
}
