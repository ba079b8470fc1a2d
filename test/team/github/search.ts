import { ORGANIZATION, PEOPLE, REPOSITORIES } from '../people.ts';
import { type Call, json, type Reply } from '../proxy/call.ts';
import { type GitHubUpstream, githubError, type IndexedIssue, indexIssues, pageOf } from './upstream.ts';

/** A qualifier or a word of a search. */
interface Term {
  readonly not: boolean;
  readonly key: string;
  readonly value: string;
  /** Of `(a OR "b c")`: one of them is enough. */
  readonly anyOf?: readonly string[];
}

/**
 * `GET /search/issues` with the qualifiers that the emulator ignores. Side by side, terms must all hold; several
 * `repo:`, `org:` or `user:` widen the search, as with GitHub's simple search. A qualifier that is not known here is
 * refused (GitHub takes it as a word), so that a test never passes on an ignored one.
 */
export async function searchIssues(upstream: GitHubUpstream, call: Call, login: string): Promise<Reply> {
  const query = call.query.get('q') ?? '';
  if (query.trim() === '') return invalid([{ resource: 'Search', field: 'q', code: 'missing' }]);
  const terms = parseSearch(query);
  const refused = [...terms.map(problemOf), lengthProblem(query)].find((problem) => problem !== undefined);
  if (refused !== undefined) return invalid([{ message: refused, resource: 'Search', field: 'q', code: 'invalid' }]);
  const indexed = await indexIssues(upstream);
  const found = sorted(
    indexed.filter((each) => holds(terms, each, login)),
    call.query,
  );
  const page = pageOf(call, found.slice(0, 1000), upstream.apiUrl());
  const items = page.items.map(({ issue }) => ({ ...issue, score: 1 }));
  return json(200, { total_count: found.length, incomplete_results: false, items }, page.headers);
}

function invalid(errors: readonly unknown[]): Reply {
  return githubError(422, 'Validation Failed', { errors });
}

/** https://docs.github.com/en/rest/search/search#limitations-on-query-length */
function lengthProblem(query: string): string | undefined {
  if (query.length > 256) return 'The search is longer than 256 characters.';
  return (query.match(/\b(?:AND|OR|NOT)\b/gu) ?? []).length > 5
    ? 'More than five AND / OR / NOT operators.'
    : undefined;
}

function parseSearch(query: string): readonly Term[] {
  const [group, alternatives] = /\(([^()]* OR [^()]*)\)/u.exec(query) ?? [];
  if (group === undefined || alternatives === undefined) return parseTerms(query);
  const anyOf = alternatives.split(' OR ').map((each) => each.trim().replaceAll('"', ''));
  return [...parseTerms(query.replace(group, '')), { not: false, key: '', value: '', anyOf }];
}

function parseTerms(query: string): readonly Term[] {
  return [...query.matchAll(/(-?)(?:([a-z-]+):)?(?:"([^"]*)"|(\S+))/giu)].map(([, minus, key, phrase, word]) => ({
    not: minus === '-',
    key: key?.toLowerCase() ?? '',
    value: phrase ?? word ?? '',
  }));
}

function problemOf({ key, value, not }: Term): string | undefined {
  const inaccessible =
    'The listed users and repositories cannot be searched either because the resources do not exist or you do not have permission to view them.';
  if (!not && key === 'repo' && !(REPOSITORIES as readonly string[]).includes(value)) return inaccessible;
  if (!not && key === 'org' && value !== ORGANIZATION) return inaccessible;
  if (!not && key === 'user' && value !== ORGANIZATION && !PEOPLE.some((each) => each.github === value))
    return inaccessible;
  return key === '' || key in CONDITIONS || SCOPES.includes(key) ? undefined : `the sample team does not know ${key}:`;
}

const SCOPES = ['repo', 'org', 'user', 'in', 'sort'];

function holds(terms: readonly Term[], each: IndexedIssue, login: string): boolean {
  const scopes = terms.filter((term) => ['repo', 'org', 'user'].includes(term.key));
  const wide = scopes.filter((term) => !term.not);
  const inScope = (term: Term): boolean =>
    term.key === 'repo' ? each.repository === term.value : each.repository.startsWith(`${term.value}/`);
  if (wide.length > 0 && !wide.some(inScope)) return false;
  if (scopes.some((term) => term.not && inScope(term))) return false;
  const places = terms.filter((term) => term.key === 'in').flatMap((term) => term.value.split(','));
  return terms
    .filter((term) => !SCOPES.includes(term.key))
    .every((term) =>
      (term.anyOf ?? [term.value]).some(
        (value) => (CONDITIONS[term.key]?.(each, ownLogin(value, login), places) ?? true) !== term.not,
      ),
    );
}

function ownLogin(value: string, login: string): string {
  return value === '@me' ? login : value;
}

type Condition = (each: IndexedIssue, value: string, places: readonly string[]) => boolean;

const CONDITIONS: Readonly<Record<string, Condition>> = {
  '': (each, value, places) => texts(each, places).some((text) => text.toLowerCase().includes(value.toLowerCase())),
  is: isKind,
  type: isKind,
  state: ({ issue }, value) => issue.state === value,
  author: ({ issue }, value) => issue.user.login === value,
  assignee: ({ issue }, value) => (value === '*' ? issue.assignees.length > 0 : has(issue.assignees, value)),
  no: ({ issue }, value) =>
    value === 'assignee' ? issue.assignees.length === 0 : value === 'label' && issue.labels.length === 0,
  // Several labels in one qualifier, by commas: any of them.
  label: ({ issue }, value) =>
    value
      .split(',')
      .some((name) =>
        issue.labels.some((label) => label.name.toLowerCase() === name.replaceAll('"', '').toLowerCase()),
      ),
  mentions: (each, value) => mentioned(each, `@${value}`),
  team: (each, value) => mentioned(each, `@${value}`),
  commenter: ({ comments }, value) => comments.some((comment) => comment.user.login === value),
  involves: (each, value) =>
    each.issue.user.login === value ||
    has(each.issue.assignees, value) ||
    mentioned(each, `@${value}`) ||
    each.comments.some((comment) => comment.user.login === value),
  'review-requested': (each, value) => each.requestedUsers.includes(value),
  'team-review-requested': (each, value) => each.requestedTeams.some((slug) => `${ORGANIZATION}/${slug}` === value),
  updated: ({ issue }, value) => inRange(issue.updated_at, value),
  created: ({ issue }, value) => inRange(issue.created_at, value),
  closed: ({ issue }, value) => issue.closed_at !== null && inRange(issue.closed_at, value),
  draft: ({ issue }, value) => (issue.draft ?? false) === (value === 'true'),
  archived: (_each, value) => value === 'false',
  comments: ({ issue }, value) => {
    const [, sign, number] = /^(>=|<=|>|<)?(\d+)$/u.exec(value) ?? [];
    return compare(issue.comments, sign, Number(number));
  },
};

function isKind({ issue, merged }: IndexedIssue, value: string): boolean {
  const isPull = issue.pull_request !== undefined;
  switch (value) {
    case 'issue':
      return !isPull;
    case 'pr':
    case 'pull-request':
      return isPull;
    case 'merged':
      return merged;
    case 'unmerged':
      return isPull && !merged;
    case 'draft':
      return issue.draft ?? false;
    case 'public':
      return true;
    default:
      return issue.state === value;
  }
}

function has(users: readonly { readonly login: string }[], login: string): boolean {
  return users.some((user) => user.login === login);
}

function mentioned(each: IndexedIssue, handle: string): boolean {
  const escaped = handle.replaceAll(/[.*+?^${}()|[\]\\]/gu, '\\$&');
  const pattern = new RegExp(`(^|[^\\w/])${escaped}(?![\\w/-])`, 'iu');
  return texts(each, ['body', 'comments']).some((text) => pattern.test(text));
}

function texts({ issue, comments }: IndexedIssue, places: readonly string[]): readonly string[] {
  const all = places.length === 0;
  return [
    ...(all || places.includes('title') ? [issue.title] : []),
    ...(all || places.includes('body') ? [issue.body ?? ''] : []),
    ...(all || places.includes('comments') ? comments.map((comment) => comment.body) : []),
  ];
}

/** `>=2026-11-16`, `<2026-11-16T08:00:00Z`, `a..b` (either `*`), or a day. */
function inRange(at: string, value: string): boolean {
  const time = Date.parse(at);
  const [from, to] = value.split('..');
  if (to !== undefined) {
    return (from === '*' || time >= Date.parse(from ?? '')) && (to === '*' || time <= endOf(to));
  }
  const [, sign, date = ''] = /^(>=|<=|>|<)?(.+)$/u.exec(value) ?? [];
  if (sign === undefined) return time >= Date.parse(date) && time <= endOf(date);
  return compare(time, sign, sign === '>' || sign === '<=' ? endOf(date) : Date.parse(date));
}

function endOf(date: string): number {
  return Date.parse(date) + (date.length === 10 ? 86_399_999 : 0);
}

function compare(left: number, sign: string | undefined, right: number): boolean {
  switch (sign ?? '=') {
    case '>=':
      return left >= right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '<':
      return left < right;
    default:
      return left === right;
  }
}

function sorted(found: readonly IndexedIssue[], query: URLSearchParams): readonly IndexedIssue[] {
  const key = query.get('sort');
  const direction = query.get('order') === 'asc' ? 1 : -1;
  const value = ({ issue }: IndexedIssue): string | number =>
    key === 'updated' ? issue.updated_at : key === 'comments' ? issue.comments : issue.created_at;
  return [...found].sort((a, b) => (value(a) < value(b) ? -direction : value(a) > value(b) ? direction : 0));
}
