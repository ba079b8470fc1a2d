import * as z from 'zod/mini';
import type { IssueTemplate } from '../../core/issueTemplate.ts';
import { ServiceError } from '../service.ts';
import type { GitHubClient, GitHubPorts } from './client.ts';
import { createGitHubClient } from './client.ts';
import { decodedFile } from './file.ts';
import { parseIssueTemplate } from './issueTemplate.ts';
import { rowsOf } from './pages.ts';
import { repositoryPath } from './records.ts';

const FOLDER = '.github/ISSUE_TEMPLATE';
/** More than anybody chooses from; each is a request. */
const MAX_TEMPLATES = 12;
const MAX_SIZE = 65_536;

const FileRow = z.object({
  type: z.literal('file'),
  path: z.string().check(z.maxLength(300), z.regex(/^\.github\/ISSUE_TEMPLATE\/[\w. ()+-]+\.(?:md|ya?ml)$/iu)),
  name: z.string(),
  sha: z.string().check(z.maxLength(100)),
  size: z.number().check(z.maximum(MAX_SIZE)),
});

export interface FoundTemplates {
  readonly templates: readonly IssueTemplate[];
  /** Files that look like templates and cannot be read as one. */
  readonly skipped: number;
}

interface Folder {
  readonly etag: string | undefined;
  /** Undefined: there is no such folder. */
  readonly found: FoundTemplates | undefined;
}

/**
 * The issue templates of repositories, remembered as long as this lives: a folder that is unchanged costs one request
 * that counts for nothing (304). Where a repository has none, its organization's `.github` repository is asked.
 */
export class IssueTemplates {
  readonly #ports: GitHubPorts;
  readonly #folders = new Map<string, Folder>();
  /** By the file's own hash and its path. */
  readonly #files = new Map<string, IssueTemplate | undefined>();

  constructor(ports: GitHubPorts) {
    this.#ports = ports;
  }

  /** @throws {ServiceError} */
  async read(repository: string, abort: AbortSignal): Promise<FoundTemplates> {
    repositoryPath(repository);
    const client = await createGitHubClient(this.#ports, abort);
    const [owner = ''] = repository.split('/');
    const own = await this.#folder(client, repository);
    const found = own ?? (await this.#folder(client, `${owner}/.github`));
    return found ?? { templates: [], skipped: 0 };
  }

  async #folder(client: GitHubClient, repository: string): Promise<FoundTemplates | undefined> {
    const key = repository.toLowerCase();
    const before = this.#folders.get(key);
    const path = `${repositoryPath(repository)}/contents/${FOLDER}`;
    try {
      const reply = await client.get(path, { etag: before?.etag });
      if (reply.notModified) return before?.found;
      const found = await this.#templates(client, repository, reply.data);
      this.#folders.set(key, { etag: reply.etag, found });
      return found;
    } catch (error) {
      if (error instanceof ServiceError && error.reason === 'notFound') return undefined;
      throw error;
    }
  }

  async #templates(client: GitHubClient, repository: string, listing: unknown): Promise<FoundTemplates | undefined> {
    const rows = rowsOf(listing)
      .flatMap((row) => FileRow.safeParse(row).data ?? [])
      .filter(({ name }) => !/^config\.ya?ml$/iu.test(name))
      .slice(0, MAX_TEMPLATES);
    if (rows.length === 0) return undefined;
    const templates: IssueTemplate[] = [];
    for (const { path, sha } of rows) {
      const key = `${sha} ${path}`;
      const template = this.#files.has(key) ? this.#files.get(key) : await this.#file(client, repository, path);
      this.#files.set(key, template);
      if (template !== undefined) templates.push(template);
    }
    return { templates, skipped: rows.length - templates.length };
  }

  async #file(client: GitHubClient, repository: string, path: string): Promise<IssueTemplate | undefined> {
    const url = `${repositoryPath(repository)}/contents/${path.split('/').map(encodeURIComponent).join('/')}`;
    const text = decodedFile((await client.get(url, {}, 'application/vnd.github.raw+json')).data);
    return text === undefined ? undefined : parseIssueTemplate(path, text);
  }
}
