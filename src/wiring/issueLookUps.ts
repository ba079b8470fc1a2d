import { apiUrl } from '../host/auth/credentials.ts';
import type { ChangeLookUps } from '../host/change/changePorts.ts';
import type { IssueLookUps } from '../host/convert/convertPorts.ts';
import type { OwnerLookUps } from '../host/speak/speakPorts.ts';
import { systemClock } from '../services/clock.ts';
import type { GitHubPorts } from '../services/github/client.ts';
import { FileOwners } from '../services/github/fileOwners.ts';
import {
  boardPriority,
  issueFacts,
  issueLabels,
  issuesOnBoard,
  repositoryLabels,
} from '../services/github/issueFacts.ts';
import { findSimilarIssues } from '../services/github/similarIssues.ts';
import { IssueTemplates } from '../services/github/templates.ts';
import { isPublicRepository } from '../services/github/visibility.ts';
import type { Log } from '../services/service.ts';
import type { FormerValuesPorts } from './formerValues.ts';
import type { ReadersPorts } from './readers.ts';

/** What is asked of a repository that is about to be written to; templates and owners are remembered as long as it lives. */
export function issueLookUps({
  token,
  log,
}: {
  readonly token: () => Promise<string | undefined>;
  readonly log: Log;
}): IssueLookUps &
  ChangeLookUps &
  OwnerLookUps &
  Pick<ReadersPorts, 'isPublic'> &
  Pick<FormerValuesPorts, 'issueFacts' | 'boardPriority'> {
  const ports: GitHubPorts = {
    token,
    log,
    now: () => systemClock.now(),
    get apiUrl() {
      return apiUrl('github');
    },
  };
  const templates = new IssueTemplates(ports);
  const owners = new FileOwners(ports);
  return {
    similarIssues: (repository, matter, abort) => findSimilarIssues(repository, matter, ports, abort),
    repositoryLabels: (repository, abort) => repositoryLabels(repository, ports, abort),
    issueLabels: (issue, abort) => issueLabels(issue, ports, abort),
    issuesOnBoard: (issues, board, abort) => issuesOnBoard(issues, board, ports, abort),
    issueFacts: (issue, abort) => issueFacts(issue, ports, abort),
    boardPriority: (write, abort) => boardPriority(write, ports, abort),
    isPublic: (repository, abort) => isPublicRepository(repository, ports, abort),
    codeOwners: (repository, abort) => owners.codeOwners(repository, abort),
    lastAuthors: (repository, paths, abort) => owners.lastAuthors(repository, paths, abort),
    issueTemplates: (repository, abort) => templates.read(repository, abort),
  };
}
