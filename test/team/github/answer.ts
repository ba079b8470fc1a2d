import { createHash } from 'node:crypto';
import { ORGANIZATION, REPOSITORIES, TEAM_MEMBERS, TEAM_SLUG } from '../people.ts';
import { type Call, fieldsOf, json, type Reply, tokenOf } from '../proxy/call.ts';
import type { GraphqlEndpoint } from './graphql.ts';
import { listIssues, pullRequestAsIssue } from './issueList.ts';
import type { Notifications } from './notifications.ts';
import { searchIssues } from './search.ts';
import { type GitHubUpstream, githubError, indexIssues, pageOf } from './upstream.ts';

export interface GitHubParts {
  readonly upstream: GitHubUpstream;
  readonly notifications: Notifications;
  readonly graphql: GraphqlEndpoint;
  /** Accepted tokens and whose they are; a test may add and remove. */
  readonly tokens: ReadonlyMap<string, string>;
  /** The emulators' clock, epoch ms: clients count from the `Date` of an answer. */
  readonly now: () => number;
}

/** GitHub's REST API and GraphQL: the emulator's, what it lacks, and what it does otherwise than GitHub. */
export function answerGitHub(parts: GitHubParts): (call: Call) => Promise<Reply> {
  return async (call) => {
    const token = tokenOf(call);
    if (token === undefined || token === '') return githubError(401, 'Requires authentication');
    const login = parts.tokens.get(token);
    if (login === undefined) return githubError(401, 'Bad credentials');
    const reply = await route(parts, call, login);
    const date = new Date(parts.now()).toUTCString();
    const headers = { ...RATE, ...reply.headers, date, 'x-oauth-scopes': 'repo, notifications, read:org, project' };
    return conditional(call, { ...reply, headers });
  };
}

const RATE = { 'x-ratelimit-limit': '5000', 'x-ratelimit-remaining': '4990', 'x-ratelimit-resource': 'core' };
const SEARCH_RATE = { 'x-ratelimit-limit': '30', 'x-ratelimit-remaining': '29', 'x-ratelimit-resource': 'search' };

async function route(parts: GitHubParts, call: Call, login: string): Promise<Reply> {
  const { upstream, notifications } = parts;
  const path = call.path.replace(/\/+$/u, '');
  const { method } = call;
  if (path === '/graphql' && method === 'POST') return await parts.graphql.answer(call);
  if (path === '/notifications' && method === 'GET') return await notifications.list(call);
  const thread = /^\/notifications\/threads\/(\d+)$/u.exec(path)?.[1];
  if (thread !== undefined && method === 'PATCH') return notifications.markRead(thread);
  if (path === '/search/issues' && method === 'GET') {
    const reply = await searchIssues(upstream, call, login);
    return { ...reply, headers: { ...SEARCH_RATE, ...reply.headers } };
  }
  if (path === '/user/teams' && method === 'GET') return userTeams(login);
  const repository = /^\/repos\/([^/]+\/[^/]+)\//u.exec(path)?.[1];
  if (repository === undefined) return await upstream.pass(call);
  const rest = path.slice(`/repos/${repository}`.length);
  return await inRepository(upstream, call, { repository, rest });
}

async function inRepository(
  upstream: GitHubUpstream,
  call: Call,
  { repository, rest }: { repository: string; rest: string },
): Promise<Reply> {
  const isGet = call.method === 'GET';
  const isKnown = (REPOSITORIES as readonly string[]).includes(repository);
  if (isGet && isKnown && rest === '/issues') return await listIssues(upstream, call, repository);
  if (isGet && isKnown && rest === '/assignees') {
    return await upstream.pass({ ...call, path: `/orgs/${ORGANIZATION}/members` });
  }
  if (isGet && isKnown && rest === '/issues/comments') return await listComments(upstream, call, repository);
  const problem = call.method === 'POST' || call.method === 'PATCH' ? writeProblem(call, rest) : undefined;
  if (problem !== undefined) return problem;
  const reply = await upstream.pass(call);
  if (isGet && rest.startsWith('/contents/') && /\braw\b/u.test(call.headers['accept'] ?? '')) return asRaw(reply);
  const number = /^\/issues\/(\d+)$/u.exec(rest)?.[1];
  if (isGet && reply.status === 404 && isKnown && number !== undefined) {
    return await pullRequestAsIssue(upstream, repository, Number(number));
  }
  if (call.method === 'POST' && reply.status === 200 && rest.endsWith('/assignees')) return { ...reply, status: 201 };
  return reply;
}

/** GitHub says that a raw file is text; from the emulator's type a client would not know. */
function asRaw(reply: Reply): Reply {
  return { ...reply, headers: { ...reply.headers, 'content-type': 'application/vnd.github.raw+json; charset=utf-8' } };
}

/** What GitHub refuses and the emulator takes. */
function writeProblem(call: Call, rest: string): Reply | undefined {
  const { title, body } = fieldsOf(call);
  const isComment = rest.includes('/comments');
  const isNewIssue = call.method === 'POST' && rest === '/issues';
  if (!isNewIssue && !isComment && !/^\/issues\/\d+$/u.test(rest)) return undefined;
  if (isNewIssue && typeof title !== 'string') return githubError(422, 'Invalid request.\n\n"title" wasn\'t supplied.');
  const resource = isComment ? 'IssueComment' : 'Issue';
  if (typeof body === 'string' && body.length > 65_536) {
    return validationFailed(resource, 'body', 'body is too long (maximum is 65536 characters)');
  }
  if (typeof title === 'string' && title.length > 256) {
    return validationFailed(resource, 'title', 'title is too long (maximum is 256 characters)');
  }
  return undefined;
}

function validationFailed(resource: string, field: string, message: string): Reply {
  return githubError(422, 'Validation Failed', { errors: [{ resource, code: 'custom', field, message }] });
}

function userTeams(login: string): Reply {
  if (!TEAM_MEMBERS.some((person) => person.github === login)) return json(200, []);
  const team = {
    id: 1,
    node_id: 'T_sample',
    name: 'Integrations',
    slug: TEAM_SLUG,
    privacy: 'closed',
    permission: 'push',
  };
  return json(200, [{ ...team, parent: null, organization: { login: ORGANIZATION, id: 1, node_id: 'O_sample' } }]);
}

/** Every GET has an `ETag`; who knows it is told 304, as github.com does. */
function conditional(call: Call, reply: Reply): Reply {
  if (call.method !== 'GET' || (reply.status !== 200 && reply.status !== 304)) return reply;
  if (reply.status === 304) return reply;
  const etag = `W/"${createHash('sha256').update(reply.body).digest('hex')}"`;
  const headers = {
    ...reply.headers,
    etag,
    'cache-control': 'private, max-age=60, s-maxage=60',
    vary: 'Accept, Authorization',
  };
  const known = (call.headers['if-none-match'] ?? '').split(',').map((tag) => tag.trim().replace(/^W\//u, ''));
  return known.includes(etag.replace(/^W\//u, '')) ? { status: 304, headers, body: '' } : { ...reply, headers };
}

/** `GET /repos/{owner}/{repo}/issues/comments`: by `since`, `sort`, `direction`. */
async function listComments(upstream: GitHubUpstream, call: Call, repository: string): Promise<Reply> {
  const since = Date.parse(call.query.get('since') ?? '') || 0;
  const key = call.query.get('sort') === 'updated' ? 'updated_at' : 'created_at';
  const sign = call.query.get('direction') === 'desc' ? -1 : 1;
  const comments = (await indexIssues(upstream, [repository]))
    .flatMap((each) => each.comments)
    .filter((comment) => Date.parse(comment.updated_at) >= since)
    .sort((a, b) => sign * (Date.parse(a[key]) - Date.parse(b[key])));
  const page = pageOf(call, comments, upstream.apiUrl());
  return json(200, page.items, page.headers);
}
