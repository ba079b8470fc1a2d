import type { Outcome, Write } from '../../core/proposal.ts';
import type { WriteContext, Writer } from '../service.ts';
import { ServiceError } from '../service.ts';
import { assign } from './assignWrites.ts';
import { addToBoard } from './board.ts';
import type { GitHubClient, GitHubPorts } from './client.ts';
import { createGitHubClient } from './client.ts';
import { commentOnIssue, findComment } from './commentWrites.ts';
import { createIssue, findIssue, planIssue } from './issueWrites.ts';

/** What of a proposal happens on GitHub. Called by the outbox alone. */
export function createGitHubWriter(ports: GitHubPorts): Writer {
  return {
    service: 'github',
    types: ['createIssue', 'planIssue', 'addToBoard', 'commentOnIssue', 'assign'],
    find: async (write, { abort }) => findWrite(await createGitHubClient(ports, abort), write),
    apply: async (write, context) => applyWrite(await createGitHubClient(ports, context.abort), write, context),
  };
}

async function findWrite(client: GitHubClient, write: Write): Promise<Outcome | undefined> {
  if (write.type === 'createIssue') return findIssue(client, write);
  if (write.type === 'commentOnIssue') return findComment(client, write);
  // Planning an issue, assigning it or putting it on a board twice changes nothing, so those are simply done again.
  return undefined;
}

async function applyWrite(client: GitHubClient, write: Write, { issue }: WriteContext): Promise<Outcome> {
  if (write.type === 'createIssue') return createIssue(client, write);
  if (write.type === 'planIssue') return planIssue(client, write);
  if (write.type === 'commentOnIssue') return commentOnIssue(client, write);
  if (write.type === 'assign') return assign(client, write);
  if (write.type === 'addToBoard') return addToBoard(client, write, issue);
  throw new ServiceError('refused', `GitHub does not write a ${write.type}`);
}
