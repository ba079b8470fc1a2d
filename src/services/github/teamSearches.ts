import type { GitHubWatch } from '../../core/team.ts';
import { ServiceError } from '../service.ts';
import type { Search } from './readSearch.ts';
import { bodyOf, issuePath, repositoryPath } from './records.ts';
import type { TeamName } from './teamName.ts';
import { mentionsTeam } from './teamName.ts';
import type { BareSignal } from './wireIssue.ts';

/**
 * The searches of a team entry. Issues and pull requests are asked apart: a query that mixes them is refused (422) to
 * tokens of GitHub Apps. https://docs.github.com/en/rest/search/search
 */
export function searchesOf(watch: Extract<GitHubWatch, { what: 'team' }>): readonly Search[] {
  const team: TeamName = { organization: watch.organization, team: watch.team };
  const name = `${team.organization}/${team.team}`;
  const mentioned = { team, reason: 'teamMention', verify: isMentioned(team) } as const;
  return [
    { ...mentioned, query: `is:open is:issue team:${name} archived:false`, isPullRequest: false },
    { ...mentioned, query: `is:open is:pr team:${name} archived:false`, isPullRequest: true },
    {
      team,
      reason: 'reviewRequested',
      verify: isReviewRequested(team),
      query: `is:open is:pr team-review-requested:${name} archived:false`,
      isPullRequest: true,
    },
  ];
}

/** The mention may stand in the text, in a comment, or in a review. */
function isMentioned(team: TeamName): Search['verify'] {
  return async (cycle, signal, row) => {
    if (mentionsTeam(bodyOfRow(row), team)) return true;
    const old = cycle.request.known.get(signal.id);
    // A mention does not go away again.
    if (old?.reasons.includes('teamMention') === true) return true;
    for (const path of talkPaths(signal)) {
      if (path.comments === 0) continue;
      const pages = await cycle.readTalk(path.path);
      if (pages === 'later') return 'later';
      // What lies beyond is taken on the search's word.
      if (pages.cut !== undefined || pages.rows.some((comment) => mentionsTeam(bodyOfRow(comment), team))) return true;
    }
    return false;
  };
}

function talkPaths(signal: BareSignal): readonly { readonly path: string; readonly comments: number | undefined }[] {
  const number = numberOf(signal);
  const comments = { path: `${issuePath(signal.place, number)}/comments?per_page=100`, comments: signal.replies };
  if (signal.kind !== 'pullRequest') return [comments];
  const pull = `${repositoryPath(signal.place)}/pulls/${String(number)}`;
  return [
    comments,
    { path: `${pull}/reviews?per_page=100`, comments: undefined },
    { path: `${pull}/comments?per_page=100`, comments: undefined },
  ];
}

function isReviewRequested(team: TeamName): Search['verify'] {
  return async (cycle, signal) => {
    if (!cycle.mayLookUp()) return 'later';
    try {
      const reply = await cycle.client.get(`${repositoryPath(signal.place)}/pulls/${String(numberOf(signal))}`);
      return requestedTeams(reply.data)?.includes(team.team.toLowerCase()) ?? true;
    } catch (error) {
      // The search may show what the pull request itself does not; then its word is all there is.
      if (error instanceof ServiceError && (error.reason === 'notFound' || error.reason === 'forbidden')) return true;
      throw error;
    }
  };
}

/** Slugs in lower case; undefined when the record does not say. */
function requestedTeams(data: unknown): readonly string[] | undefined {
  if (typeof data !== 'object' || data === null || !('requested_teams' in data)) return undefined;
  if (!Array.isArray(data.requested_teams)) return undefined;
  return data.requested_teams.flatMap((team: unknown) =>
    typeof team === 'object' && team !== null && 'slug' in team && typeof team.slug === 'string'
      ? [team.slug.toLowerCase()]
      : [],
  );
}

function numberOf(signal: BareSignal): number {
  return Number(signal.id.slice(signal.id.lastIndexOf('#') + 1));
}

function bodyOfRow(row: unknown): string {
  return typeof row === 'object' && row !== null && 'body' in row ? bodyOf(row.body) : '';
}
