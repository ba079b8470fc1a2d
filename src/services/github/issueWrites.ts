import * as z from 'zod/mini';
import type { Outcome, Write } from '../../core/proposal.ts';
import { safeUrl } from '../../core/url.ts';
import { ServiceError } from '../service.ts';
import type { GitHubClient } from './client.ts';
import { isRefusal } from './failures.ts';
import { readOwnRows } from './ownRows.ts';
import { issuePath, loginsOf, repositoryPath } from './records.ts';
import { labelsOf } from './wireIssue.ts';

type CreateIssue = Extract<Write, { type: 'createIssue' }>;
type PlanIssue = Extract<Write, { type: 'planIssue' }>;

/** 422 "body is too long" above it; in characters. */
const MAX_BODY_LENGTH = 65_536;

const CreatedRecord = z.object({
  id: z.number(),
  node_id: z.string(),
  number: z.number(),
  html_url: z.string(),
  labels: z.optional(z.unknown()),
  assignees: z.optional(z.unknown()),
});

/** Creates an issue, once. @throws {ServiceError} */
export async function createIssue(client: GitHubClient, write: CreateIssue): Promise<Outcome> {
  checkBody(write.body);
  const { title, body, labels, assignees } = write;
  const reply = await client.post(`${repositoryPath(write.repository)}/issues`, { title, body, labels, assignees });
  const outcome = readOutcome(reply, write);
  if (outcome === undefined) throw new ServiceError('badResponse', 'GitHub does not say what it created');
  return outcome;
}

/**
 * The issue that an earlier try created, by its marker. From the repository's list and not from search, whose index
 * follows later; only of our own account, since anybody can copy a marker.
 * @throws {ServiceError}
 */
export async function findIssue(client: GitHubClient, write: CreateIssue): Promise<Outcome | undefined> {
  const list = `${repositoryPath(write.repository)}/issues?state=all&sort=created&direction=desc`;
  const row = await readOwnRows(client, list, write);
  return row === undefined ? undefined : readOutcome(row, write);
}

/** Adds labels and assignees to an issue that exists; what it has already stays. @throws {ServiceError} */
export async function planIssue(client: GitHubClient, write: PlanIssue): Promise<Outcome> {
  const path = issuePath(write.repository, write.number);
  const refusals = [
    await tryToAdd(client, `${path}/labels`, { labels: write.labels }),
    await tryToAdd(client, `${path}/assignees`, { assignees: write.assignees }),
  ];
  const outcome = readOutcome((await client.get(path)).data, write);
  if (outcome === undefined) throw new ServiceError('badResponse', 'GitHub does not say which issue it is');
  return { ...outcome, warnings: [...outcome.warnings, ...refusals.filter((refusal) => refusal !== undefined)] };
}

/** Returns GitHub's word when it will not; what passes by itself is thrown, to be tried again. */
async function tryToAdd(
  client: GitHubClient,
  path: string,
  body: Readonly<Record<string, readonly string[]>>,
): Promise<string | undefined> {
  if (Object.values(body).flat().length === 0) return undefined;
  try {
    await client.post(path, body);
    return undefined;
  } catch (error) {
    if (error instanceof ServiceError && isRefusal(error.reason)) return error.message;
    throw error;
  }
}

/** @throws {ServiceError} `refused` when GitHub would not take it. */
export function checkBody(body: string): void {
  if (body.length > MAX_BODY_LENGTH) {
    throw new ServiceError('refused', `the text has more than ${String(MAX_BODY_LENGTH)} characters`);
  }
}

function readOutcome(record: unknown, write: CreateIssue | PlanIssue): Outcome | undefined {
  const { data } = CreatedRecord.safeParse(record);
  const url = safeUrl(data?.html_url);
  if (data === undefined || url === undefined) return undefined;
  return {
    url,
    issue: {
      repository: write.repository,
      number: data.number,
      url,
      nodeId: data.node_id,
      databaseId: data.id,
    },
    warnings: [
      ...missing('label', write.labels, labelsOf(data.labels)),
      ...missing('assignee', write.assignees, loginsOf(data.assignees, 100)),
    ],
    undo: [],
  };
}

/** Without push access GitHub leaves labels and assignees out and says nothing. */
export function missing(what: string, wanted: readonly string[], given: readonly string[]): readonly string[] {
  const names = new Set(given.map((name) => name.toLowerCase()));
  return wanted.filter((name) => !names.has(name.toLowerCase())).map((name) => `${what} not set: ${name}`);
}
