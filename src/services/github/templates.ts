import * as z from 'zod/mini';
import type { IssueTemplate } from '../../core/issueTemplate.ts';
import { ServiceError } from '../service.ts';
import type { GitHubClient, GitHubPorts } from './client.ts';
import { createGitHubClient } from './client.ts';
import { decodedFile } from './file.ts';
import { parseIssueTemplate, SINGLE_TEMPLATE } from './issueTemplate.ts';
import { rowsOf } from './pages.ts';
import { repositoryPath } from './records.ts';

const FOLDER = '.github/ISSUE_TEMPLATE';
const IN_FOLDER = /^\.github\/ISSUE_TEMPLATE\/[^/]+\.(?:md|ya?ml)$/iu;
/** What no name needs: control characters, halves of others, and what turns text around. An emoji's joiner is none. */
const HIDING = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\\]/u;
/** Where a repository may have its only template, in the order in which GitHub looks; the root is named by nothing. */
const SINGLE_PLACES = ['.github', '', 'docs'];
/** More than anybody chooses from; each is a request. */
const MAX_TEMPLATES = 12;
const MAX_SIZE = 65_536;

const Row = z.object({
  type: z.enum(['file', 'dir']),
  path: z.string().check(z.maxLength(300)),
  name: z.string(),
  sha: z.string().check(z.maxLength(100)),
  size: z.number(),
});

type Row = z.infer<typeof Row>;

export interface FoundTemplates {
  readonly templates: readonly IssueTemplate[];
  /** Files that look like templates and are not among them: they cannot be read as one, or are too many. */
  readonly skipped: number;
}

const NONE: FoundTemplates = { templates: [], skipped: 0 };

interface Listing {
  readonly etag: string | undefined;
  /** Those that may lead to a template, or keep others away. */
  readonly rows: readonly Row[];
}

/**
 * The issue templates of repositories, remembered as long as this lives: a folder that is unchanged costs one request
 * that counts for nothing (304). Where a repository has none in its folder its single `ISSUE_TEMPLATE.md` is offered, and
 * where it has neither that nor any file in the folder, those of its organization's `.github` repository.
 * https://docs.github.com/en/communities/setting-up-your-project-for-healthy-contributions/creating-a-default-community-health-file
 */
export class IssueTemplates {
  readonly #ports: GitHubPorts;
  /** By the address of the folder. */
  readonly #listings = new Map<string, Listing>();
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
    if (own !== undefined && !isEmpty(own)) return own;
    const found = (await this.#single(client, repository)) ?? own ?? (await this.#folder(client, `${owner}/.github`));
    return found ?? NONE;
  }

  /** Undefined without any file: one that is no template, as `config.yml`, keeps the organization's away too. */
  async #folder(client: GitHubClient, repository: string): Promise<FoundTemplates | undefined> {
    const files = (await this.#list(client, repository, FOLDER)).filter(({ type }) => type === 'file');
    const rows = files.filter(({ path, name }) => IN_FOLDER.test(path) && !/^config\.ya?ml$/iu.test(name));
    return files.length === 0 ? undefined : this.#templates(client, repository, rows);
  }

  /** The root says which of the other places there are, and lists are free while nothing changes, as 404 is not. */
  async #single(client: GitHubClient, repository: string): Promise<FoundTemplates | undefined> {
    const root = await this.#list(client, repository, '');
    const folders = new Set(root.flatMap(({ type, path }) => (type === 'dir' ? [path] : [])));
    for (const place of SINGLE_PLACES) {
      if (place !== '' && !folders.has(place)) continue;
      const rows = place === '' ? root : await this.#list(client, repository, place);
      const file = rows.find(({ type, path }) => type === 'file' && SINGLE_TEMPLATE.test(path));
      if (file !== undefined) return this.#templates(client, repository, [file]);
    }
    return undefined;
  }

  /** Nothing for a folder that there is not. */
  async #list(client: GitHubClient, repository: string, folder: string): Promise<readonly Row[]> {
    const address = [repositoryPath(repository), 'contents', folder].filter((part) => part !== '').join('/');
    const before = this.#listings.get(address);
    try {
      const reply = await client.get(address, { etag: before?.etag });
      if (reply.notModified) return before?.rows ?? [];
      const rows = rowsOf(reply.data).flatMap((row) => Row.safeParse(row).data ?? []);
      const leading = rows.filter(({ path }) => leads(path));
      this.#listings.set(address, { etag: reply.etag, rows: leading });
      return leading;
    } catch (error) {
      if (error instanceof ServiceError && error.reason === 'notFound') return [];
      throw error;
    }
  }

  async #templates(client: GitHubClient, repository: string, rows: readonly Row[]): Promise<FoundTemplates> {
    const templates: IssueTemplate[] = [];
    const readable = rows.filter(({ path, size }) => size <= MAX_SIZE && !HIDING.test(path));
    for (const { path, sha } of readable.slice(0, MAX_TEMPLATES)) {
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

function leads(path: string): boolean {
  return path.startsWith(`${FOLDER}/`) || SINGLE_TEMPLATE.test(path) || SINGLE_PLACES.includes(path);
}

function isEmpty({ templates, skipped }: FoundTemplates): boolean {
  return templates.length === 0 && skipped === 0;
}
