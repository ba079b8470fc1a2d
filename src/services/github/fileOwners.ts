import * as z from 'zod/mini';
import { type CodeOwnersRule, parseCodeOwners } from '../../core/codeOwners.ts';
import type { FileAuthor } from '../../core/owners.ts';
import { ServiceError } from '../service.ts';
import type { GitHubClient, GitHubPorts } from './client.ts';
import { createGitHubClient } from './client.ts';
import { decodedFile } from './file.ts';
import { rowsOf } from './pages.ts';
import { authorOf, repositoryPath, timeOf } from './records.ts';

/** Where GitHub looks for the file; the first that is there counts. */
const PLACES = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'] as const;
/** Of one file; who changed it long ago knows little of it. */
const COMMITS = 10;
const MAX_FILES = 2;

const Commit = z.object({
  // Null for whom GitHub does not know.
  author: z.object({ login: z.string(), type: z.optional(z.unknown()) }),
  commit: z.object({ author: z.object({ date: z.string() }) }),
});

interface Known {
  readonly etag: string | undefined;
  readonly rules: readonly CodeOwnersRule[];
}

/** Who owns the files of repositories; a CODEOWNERS that is unchanged costs one request that counts for nothing (304). */
export class FileOwners {
  readonly #ports: GitHubPorts;
  /** By repository and place. */
  readonly #known = new Map<string, Known>();

  constructor(ports: GitHubPorts) {
    this.#ports = ports;
  }

  /** The rules of a repository's CODEOWNERS; none when it has no such file. @throws {ServiceError} */
  async codeOwners(repository: string, abort: AbortSignal): Promise<readonly CodeOwnersRule[]> {
    const base = repositoryPath(repository);
    const client = await createGitHubClient(this.#ports, abort);
    for (const place of PLACES) {
      const rules = await this.#read(client, `${base}/contents/${place}`);
      if (rules !== undefined) return rules;
    }
    return [];
  }

  /**
   * Who changed files last, people only, each once a file with their last time; of two files at most, a request each.
   * @throws {ServiceError}
   */
  async lastAuthors(repository: string, paths: readonly string[], abort: AbortSignal): Promise<readonly FileAuthor[]> {
    const base = repositoryPath(repository);
    const client = await createGitHubClient(this.#ports, abort);
    const found: FileAuthor[] = [];
    for (const path of paths.slice(0, MAX_FILES)) {
      const query = `path=${encodeURIComponent(path)}&per_page=${String(COMMITS)}`;
      // https://docs.github.com/en/rest/commits/commits#list-commits
      const { data } = await client.get(`${base}/commits?${query}`);
      found.push(...authorsOf(path, rowsOf(data)));
    }
    return found;
  }

  /** Undefined when there is no such file. */
  async #read(client: GitHubClient, path: string): Promise<readonly CodeOwnersRule[] | undefined> {
    const key = path.toLowerCase();
    const before = this.#known.get(key);
    try {
      const reply = await client.get(path, { etag: before?.etag }, 'application/vnd.github.raw+json');
      if (reply.notModified) return before?.rules;
      const rules = parseCodeOwners(decodedFile(reply.data) ?? '');
      this.#known.set(key, { etag: reply.etag, rules });
      return rules;
    } catch (error) {
      if (error instanceof ServiceError && error.reason === 'notFound') return undefined;
      throw error;
    }
  }
}

function authorsOf(path: string, rows: readonly unknown[]): readonly FileAuthor[] {
  const lastAt = new Map<string, number>();
  for (const row of rows.slice(0, COMMITS)) {
    const { data } = Commit.safeParse(row);
    if (data === undefined) continue;
    const at = timeOf(data.commit.author.date);
    const author = authorOf(data.author);
    if (at === undefined || author.isBot) continue;
    lastAt.set(author.id, Math.max(at, lastAt.get(author.id) ?? at));
  }
  return Array.from(lastAt, ([login, at]) => ({ path, login, at }));
}
