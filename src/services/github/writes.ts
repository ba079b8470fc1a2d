import type { Outcome, Write } from '../../core/proposal.ts';
import type { WriteContext, Writer } from '../service.ts';
import { ServiceError } from '../service.ts';
import { assign } from './assignWrites.ts';
import { addToBoard, removeFromBoard, restoreBoardFields, setBoardPriority } from './boardWrites.ts';
import type { GitHubClient, GitHubPorts, GitHubWriteClient } from './client.ts';
import { createGitHubWriteClient } from './client.ts';
import { commentOnIssue, deleteComment, findComment } from './commentWrites.ts';
import { createIssue, findIssue, planIssue } from './issueWrites.ts';
import { label } from './labelWrites.ts';
import { closeIssue, reopenIssue } from './stateWrites.ts';

const ISSUE_TYPES = [
  'createIssue',
  'planIssue',
  'commentOnIssue',
  'assign',
  'label',
  'closeIssue',
  'reopenIssue',
  'deleteComment',
] as const satisfies readonly Write['type'][];
const BOARD_TYPES = [
  'addToBoard',
  'setBoardPriority',
  'restoreBoardFields',
  'removeFromBoard',
] as const satisfies readonly Write['type'][];

/** What of a proposal happens on GitHub. Called by the outbox alone. */
export function createGitHubWriter(ports: GitHubPorts): Writer {
  return {
    service: 'github',
    types: [...ISSUE_TYPES, ...BOARD_TYPES],
    // A fault on GitHub's side passes here as it does for the write itself.
    find: async (write, { abort }) => findWrite(await createGitHubWriteClient(ports, abort), write),
    apply: async (write, context) => applyWrite(await createGitHubWriteClient(ports, context.abort), write, context),
  };
}

async function findWrite(client: GitHubClient, write: Write): Promise<Outcome | undefined> {
  if (write.type === 'createIssue') return findIssue(client, write);
  if (write.type === 'commentOnIssue') return findComment(client, write);
  // All others look first, and write only what is not so already: they are simply done again.
  return undefined;
}

async function applyWrite(client: GitHubWriteClient, write: Write, context: WriteContext): Promise<Outcome> {
  if (write.type === 'createIssue') return createIssue(client, write);
  if (write.type === 'planIssue') return planIssue(client, write, context);
  if (write.type === 'commentOnIssue') return commentOnIssue(client, write);
  if (write.type === 'deleteComment') return deleteComment(client, write);
  if (write.type === 'assign') return assign(client, write, context);
  if (write.type === 'label') return label(client, write, context);
  if (write.type === 'closeIssue') return closeIssue(client, write, context);
  if (write.type === 'reopenIssue') return reopenIssue(client, write, context);
  return applyToBoard(client, write, context);
}

async function applyToBoard(client: GitHubWriteClient, write: Write, context: WriteContext): Promise<Outcome> {
  if (write.type === 'addToBoard') return addToBoard(client, write, context);
  if (write.type === 'setBoardPriority') return setBoardPriority(client, write, context);
  if (write.type === 'restoreBoardFields') return restoreBoardFields(client, write, context);
  if (write.type === 'removeFromBoard') return removeFromBoard(client, write);
  throw new ServiceError('refused', `GitHub does not write a ${write.type}`);
}
