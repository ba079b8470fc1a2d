import { type Call, json, type Reply } from '../proxy/call.ts';
import { type GitHubUpstream, githubError, type IndexedIssue, indexIssues, pageOf } from './upstream.ts';

/** `GET /repos/{owner}/{repo}/issues`: with pull requests, as GitHub lists them. */
export async function listIssues(upstream: GitHubUpstream, call: Call, repository: string): Promise<Reply> {
  const { query } = call;
  const since = query.get('since');
  if (since !== null && Number.isNaN(Date.parse(since))) return githubError(422, 'Invalid request.');
  const labels = (query.get('labels') ?? '').split(',').filter((label) => label !== '');
  const found = (await indexIssues(upstream, [repository])).filter(
    ({ issue }) =>
      matchesState(issue.state, query.get('state') ?? 'open') &&
      labels.every((name) => issue.labels.some((label) => label.name.toLowerCase() === name.toLowerCase())) &&
      matchesAssignee(issue.assignees, query.get('assignee')) &&
      (query.get('creator') ?? issue.user.login) === issue.user.login &&
      (since === null || Date.parse(issue.updated_at) >= Date.parse(since)),
  );
  const page = pageOf(call, sorted(found, query), upstream.apiUrl());
  return json(
    200,
    page.items.map(({ issue }) => issue),
    page.headers,
  );
}

/** `GET /repos/{owner}/{repo}/issues/{number}` of a pull request, which the emulator does not find. */
export async function pullRequestAsIssue(upstream: GitHubUpstream, repository: string, number: number): Promise<Reply> {
  const found = (await indexIssues(upstream, [repository])).find(({ issue }) => issue.number === number);
  return found === undefined ? githubError(404, 'Not Found') : json(200, found.issue);
}

function matchesState(state: string, wanted: string): boolean {
  return wanted === 'all' || state === wanted;
}

function matchesAssignee(assignees: readonly { readonly login: string }[], wanted: string | null): boolean {
  if (wanted === null || wanted === '') return true;
  if (wanted === 'none') return assignees.length === 0;
  return assignees.some((user) => wanted === '*' || user.login === wanted);
}

function sorted(found: readonly IndexedIssue[], query: URLSearchParams): readonly IndexedIssue[] {
  const key = query.get('sort');
  const direction = query.get('direction') === 'asc' ? 1 : -1;
  const value = ({ issue }: IndexedIssue): string | number =>
    key === 'updated' ? issue.updated_at : key === 'comments' ? issue.comments : issue.created_at;
  return [...found].sort((a, b) => (value(a) < value(b) ? -direction : value(a) > value(b) ? direction : 0));
}
