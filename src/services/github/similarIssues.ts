import { errorLines, type IssueCandidate, type Matter, tellingUrls, tellingWords } from '../../core/similar.ts';
import type { SourceFailure } from '../../core/sourceStatus.ts';
import { abortable } from '../abortable.ts';
import { ServiceError } from '../service.ts';
import type { GitHubClient, GitHubPorts } from './client.ts';
import { createGitHubClient } from './client.ts';
import { rowsOf } from './pages.ts';
import { bodyOf, repositoryPath } from './records.ts';
import { parseIssue } from './wireIssue.ts';

/** GitHub takes 256 characters; who asks for less is never told 422 for one more. */
const MAX_QUERY_LENGTH = 240;
/** At most five of `AND`, `OR` and `NOT` are taken: https://docs.github.com/en/rest/search/search#limitations-on-query-length */
const MAX_ALTERNATIVES = 5;
const MAX_PHRASE_LENGTH = 80;
const ROWS = 30;

export interface FoundIssues {
  readonly candidates: readonly IssueCandidate[];
  /** Why it is not all that GitHub knows. */
  readonly failure: SourceFailure | 'aborted' | undefined;
}

/**
 * Issues of a repository, open or closed, that may be about the same matter, by at most two requests. Never throws for
 * what GitHub answers: what was found before a failure or an abort is returned with the reason.
 */
export async function findSimilarIssues(
  repository: string,
  matter: Matter,
  ports: GitHubPorts,
  abort: AbortSignal,
): Promise<FoundIssues> {
  const candidates: IssueCandidate[] = [];
  try {
    repositoryPath(repository);
    const client = await createGitHubClient({ ...ports, retries: 0 }, abort);
    for (const query of similarQueries(repository, matter)) {
      candidates.push(...(await abortable(search(client, query, repository), abort)));
    }
    return { candidates, failure: undefined };
  } catch (error) {
    if (abort.aborted) return { candidates, failure: 'aborted' };
    if (error instanceof ServiceError) return { candidates, failure: error.reason };
    throw error;
  }
}

/** The exact parts first (addresses, alert names, an error line), since they tell most; then the title's words, any of them. */
export function similarQueries(repository: string, matter: Matter): readonly string[] {
  const [line = ''] = errorLines(matter.text);
  const [url, otherUrl] = tellingUrls(matter).map(withoutScheme);
  const [alert, otherAlert] = matter.alertNames;
  // What does not fit any more is left out from the end.
  const exact = [url, alert, longestRun(line), otherUrl, otherAlert].map(phrase).filter((each) => each !== '');
  const words = tellingWords(matter.title, MAX_ALTERNATIVES);
  const scope = `repo:${repository} is:issue`;
  return [
    ...(exact.length === 0 ? [] : [fitted(scope, exact)]),
    ...(words.length === 0 ? [] : [fitted(`${scope} in:title`, words)]),
  ];
}

async function search(client: GitHubClient, query: string, repository: string): Promise<readonly IssueCandidate[]> {
  const reply = await client.get(`/search/issues?q=${encodeURIComponent(query)}&per_page=${String(ROWS)}`);
  return rowsOf(reply.data).flatMap((row) => {
    const candidate = candidateOf(row);
    return candidate?.repository.toLowerCase() === repository.toLowerCase() ? [candidate] : [];
  });
}

function candidateOf(row: unknown): IssueCandidate | undefined {
  const parsed = parseIssue(row);
  if (!parsed.ok || parsed.value.kind !== 'issue') return undefined;
  const { id, place, url, title, state, mentions } = parsed.value;
  const body: unknown = typeof row === 'object' && row !== null && 'body' in row ? row.body : undefined;
  return {
    repository: place,
    number: Number(id.slice(id.lastIndexOf('#') + 1)),
    url,
    title,
    state: state === 'closed' ? 'closed' : 'open',
    text: bodyOf(body),
    mentions,
  };
}

/** As many alternatives as fit; GitHub reads several words side by side as all of them. */
function fitted(scope: string, alternatives: readonly string[]): string {
  const kept: string[] = [];
  for (const each of alternatives.slice(0, MAX_ALTERNATIVES + 1)) {
    const query = group(scope, [...kept, each]);
    if (query.length <= MAX_QUERY_LENGTH) kept.push(each);
  }
  return group(scope, kept);
}

function group(scope: string, alternatives: readonly string[]): string {
  return alternatives.length < 2 ? [scope, ...alternatives].join(' ') : `${scope} (${alternatives.join(' OR ')})`;
}

/** Remote text as a phrase to search for: nothing in it ends the phrase, and no `OR` counts (they are upper case). */
function phrase(text = ''): string {
  const clean = text
    .slice(0, 1000)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_.:/-]+/gu, ' ')
    .trim();
  const cut =
    clean.length <= MAX_PHRASE_LENGTH ? clean : clean.slice(0, MAX_PHRASE_LENGTH).replace(/[\s/.-][^\s/.-]*$/u, '');
  return cut.length < 4 ? '' : `"${cut}"`;
}

/** People write an address with and without it. */
function withoutScheme(url: string): string {
  return url.replace(/^https?:\/\//u, '');
}

/** Of an error line the longest part in which nothing differs between two occurrences. */
function longestRun(line: string): string {
  return line
    .split('#')
    .map((run) => run.trim())
    .reduce((longest, run) => (run.length > longest.length ? run : longest), '');
}
