import { GITHUB_WEB, NOOR, REPOSITORIES } from '../people.ts';
import { type Call, forward, json, type Reply } from '../proxy/call.ts';
import { readerTokens } from '../proxy/readerTokens.ts';

/** Speaks to the emulated GitHub. Addresses in replies are the proxy's (API) or {@link GITHUB_WEB}'s (pages). */
export interface GitHubUpstream {
  /** @throws when the answer is no success. */
  call(method: string, path: string, options?: { body?: unknown; token?: string }): Promise<unknown>;
  pass(call: Call): Promise<Reply>;
  /** Where clients reach the proxy; the origin of API addresses in replies. */
  readonly apiUrl: () => string;
  /** A token for the proxy's own reading; see {@link readerTokens}. */
  readonly reader: () => string;
}

/** An issue or (with `pull_request`) a pull request, as GitHub's issue endpoints send it. */
export interface IssueRecord {
  readonly id: number;
  readonly node_id: string;
  readonly number: number;
  readonly title: string;
  readonly body: string | null;
  readonly state: 'open' | 'closed';
  readonly user: { readonly login: string };
  readonly labels: readonly { readonly name: string }[];
  readonly assignees: readonly { readonly login: string }[];
  readonly comments: number;
  readonly created_at: string;
  readonly updated_at: string;
  readonly closed_at: string | null;
  readonly html_url: string;
  readonly url: string;
  readonly repository_url: string;
  readonly pull_request?: unknown;
  readonly draft?: boolean;
  readonly [field: string]: unknown;
}

export interface CommentRecord {
  readonly id: number;
  readonly body: string;
  readonly user: { readonly login: string };
  readonly created_at: string;
  readonly updated_at: string;
  readonly issue_url: string;
  readonly html_url: string;
}

export interface PullRecord extends IssueRecord {
  readonly requested_reviewers: readonly { readonly login: string }[];
  readonly requested_teams: readonly { readonly slug: string }[];
  readonly merged_at: string | null;
  readonly diff_url: string;
  readonly patch_url: string;
  readonly issue_url: string;
}

/** One repository's issues and pull requests with what search looks at. */
export interface IndexedIssue {
  readonly repository: string;
  readonly issue: IssueRecord;
  readonly comments: readonly CommentRecord[];
  readonly requestedUsers: readonly string[];
  readonly requestedTeams: readonly string[];
  readonly merged: boolean;
}

export function connectGitHub(origin: string, apiUrl: () => string): GitHubUpstream {
  const address = origin.replace('localhost', '127.0.0.1');
  const rewrite = (text: string): string =>
    text
      .replaceAll(`"html_url":"${origin}`, `"html_url":"${GITHUB_WEB}`)
      .replaceAll(origin, apiUrl())
      // GitHub's times have no fractions of a second.
      .replaceAll(/(_at":"[\dT:-]{19})\.\d{3}Z"/gu, '$1Z"');
  const pass = async (call: Call): Promise<Reply> => {
    const reply = await forward(address, call);
    const { link, ...headers } = reply.headers;
    const own = link?.replace(/https?:\/\/[^/>]+/gu, apiUrl());
    return { ...reply, headers: own === undefined ? headers : { ...headers, link: own }, body: rewrite(reply.body) };
  };
  return {
    pass,
    apiUrl,
    reader: readerTokens(),
    call: async (method, path, { body, token = NOOR.githubToken } = {}) => {
      const url = new URL(path, 'http://127.0.0.1');
      const reply = await pass({
        method,
        path: url.pathname,
        query: url.searchParams,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        text: body === undefined ? '' : JSON.stringify(body),
        body,
      });
      if (reply.status >= 300) throw new Error(`${method} ${path}: ${reply.status} ${reply.body}`);
      return reply.body === '' ? undefined : JSON.parse(reply.body);
    },
  };
}

/** Everything of these repositories, newest first. */
export async function indexIssues(
  upstream: GitHubUpstream,
  repositories: readonly string[] = REPOSITORIES,
): Promise<readonly IndexedIssue[]> {
  const indexed = await Promise.all(repositories.map((repository) => indexRepository(upstream, repository)));
  return indexed.flat().sort((a, b) => (a.issue.created_at < b.issue.created_at ? 1 : -1));
}

async function indexRepository(upstream: GitHubUpstream, repository: string): Promise<readonly IndexedIssue[]> {
  const [issues, pulls] = await Promise.all([
    everyPage<IssueRecord>(upstream, `/repos/${repository}/issues?state=all`),
    everyPage<PullRecord>(upstream, `/repos/${repository}/pulls?state=all`),
  ]);
  // One by one: the emulator does not answer a repository's `/issues/comments`, and counts none of a pull request.
  const discussed = [...issues.filter((issue) => issue.comments > 0), ...pulls];
  const said = await Promise.all(
    discussed.map(async ({ number }): Promise<[number, readonly CommentRecord[]]> => {
      return [number, await everyPage(upstream, `/repos/${repository}/issues/${number}/comments?sort=created`)];
    }),
  );
  const comments = new Map(said);
  const of = (number: number): readonly CommentRecord[] => comments.get(number) ?? [];
  return [
    ...issues.map((issue) => ({
      repository,
      issue,
      comments: of(issue.number),
      requestedUsers: [],
      requestedTeams: [],
      merged: false,
    })),
    ...pulls.map((pull) => ({
      repository,
      issue: pullAsIssue(pull, of(pull.number)),
      comments: of(pull.number),
      requestedUsers: pull.requested_reviewers.map((user) => user.login),
      requestedTeams: pull.requested_teams.map((team) => team.slug),
      merged: pull.merged_at !== null,
    })),
  ];
}

async function everyPage<T>(upstream: GitHubUpstream, path: string): Promise<readonly T[]> {
  const all: T[] = [];
  for (let page = 1; ; page += 1) {
    const items = (await upstream.call('GET', `${path}&per_page=100&page=${page}`, {
      token: upstream.reader(),
    })) as readonly T[];
    all.push(...items);
    if (items.length < 100) return all;
  }
}

/** GitHub's issue endpoints show pull requests as issues too; the emulator does not. */
function pullAsIssue(pull: PullRecord, comments: readonly CommentRecord[]): IssueRecord {
  const newest = comments.reduce(
    (latest, each) => (each.updated_at > latest ? each.updated_at : latest),
    pull.updated_at,
  );
  const repositoryUrl = pull.url.replace(/\/pulls\/\d+$/u, '');
  const url = `${repositoryUrl}/issues/${pull.number}`;
  return {
    url,
    repository_url: repositoryUrl,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: pull.html_url,
    // A pull request's issue has an id of its own.
    id: 1_000_000 + pull.id,
    node_id: pull.node_id,
    number: pull.number,
    title: pull.title,
    user: pull.user,
    labels: pull.labels,
    state: pull.state,
    state_reason: null,
    locked: pull['locked'],
    assignee: pull.assignees[0] ?? null,
    assignees: pull.assignees,
    milestone: pull['milestone'],
    comments: comments.length,
    created_at: pull.created_at,
    updated_at: newest,
    closed_at: pull.closed_at,
    draft: pull.draft ?? false,
    body: pull.body,
    author_association: 'MEMBER',
    pull_request: {
      url: pull.url,
      html_url: pull.html_url,
      diff_url: pull.diff_url,
      patch_url: pull.patch_url,
      merged_at: pull.merged_at,
    },
  };
}

/** A page of a list with GitHub's `Link` header. */
export function pageOf<T>(
  call: Call,
  items: readonly T[],
  apiUrl: string,
): { items: readonly T[]; headers: Record<string, string> } {
  const size = Math.max(1, Math.min(Number(call.query.get('per_page') ?? 30) || 30, 100));
  const page = Math.max(1, Number(call.query.get('page') ?? 1) || 1);
  const last = Math.max(1, Math.ceil(items.length / size));
  const address = (number: number): string => {
    const query = new URLSearchParams(call.query);
    query.set('page', String(number));
    return `<${apiUrl}${call.path}?${query.toString()}>`;
  };
  const links = [
    ...(page > 1 ? [`${address(page - 1)}; rel="prev"`] : []),
    ...(page < last ? [`${address(page + 1)}; rel="next"`, `${address(last)}; rel="last"`] : []),
    ...(page > 1 ? [`${address(1)}; rel="first"`] : []),
  ];
  return {
    items: items.slice((page - 1) * size, page * size),
    headers: links.length > 0 ? { link: links.join(', ') } : {},
  };
}

export function githubError(status: number, message: string, more: Record<string, unknown> = {}): Reply {
  return json(status, { message, ...more, documentation_url: 'https://docs.github.com/rest', status: String(status) });
}
