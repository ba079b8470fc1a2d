import { type GitHubUpstream, type IndexedIssue, indexIssues } from './upstream.ts';

interface Closed {
  readonly event: string;
  readonly actor: { readonly login: string } | null;
  readonly created_at: string;
}

/** GitHub closes what a merged pull request names so, in its own repository: `Fixes #12`. */
export function closedBy(body: string | null): readonly number[] {
  const words = /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+#(\d+)/giu;
  return [...(body ?? '').matchAll(words)].map(([, number]) => Number(number));
}

/** The parts of an issue's timeline that tell how it was closed, oldest first, as GitHub's GraphQL gives them. */
export async function closingTimeline(
  upstream: GitHubUpstream,
  { repository, issue }: IndexedIssue,
): Promise<readonly Record<string, unknown>[]> {
  const all = await indexIssues(upstream, [repository]);
  const pulls = all.filter(
    (each) => each.issue.pull_request !== undefined && closedBy(each.issue.body).includes(issue.number),
  );
  const references = pulls.map((pull) => ({
    __typename: 'CrossReferencedEvent',
    willCloseTarget: true,
    source: pullOf(pull),
  }));
  const path = `/repos/${repository}/issues/${issue.number}/events`;
  const events = (await upstream.call('GET', path, { token: upstream.reader() })) as readonly Closed[];
  const closed = events
    .filter(({ event }) => event === 'closed')
    .map(({ actor, created_at: createdAt }) => {
      const merged = pulls.find((pull) => pull.merged && isOneMoment(pull.issue.closed_at, createdAt));
      return { __typename: 'ClosedEvent', createdAt, actor: userOf(actor), closer: merged ? pullOf(merged) : null };
    });
  return [...references, ...closed];
}

/** A person, as GraphQL's `Actor`. */
export function userOf(user: { readonly login: string } | null): Record<string, unknown> | null {
  return user === null ? null : { __typename: 'User', login: user.login };
}

function isOneMoment(one: string | null, other: string): boolean {
  return one !== null && Math.abs(Date.parse(one) - Date.parse(other)) <= 5000;
}

function pullOf({ issue, merged }: IndexedIssue): Record<string, unknown> {
  const { number, html_url: url } = issue;
  const mergedAt = merged ? issue.closed_at : null;
  return { __typename: 'PullRequest', number, url, merged, mergedAt, milestone: issue['milestone'] ?? null };
}
