import * as z from 'zod/mini';
import { ServiceError } from '../service.ts';
import type { GitHubPorts } from './client.ts';
import { createGitHubClient, githubApiUrl } from './client.ts';
import { repositoryPath } from './records.ts';

// A team file has a few hundred lines.
const MAX_LENGTH = 1_000_000;

/** What the contents API answers when it does not know the raw media type. */
const EncodedFile = z.object({ encoding: z.literal('base64'), content: z.string() });

/**
 * The text of a file on GitHub by the address of its page, `https://github.com/acme/handbook/blob/main/responder.yml`.
 * Only of the GitHub that the token is for. The branch's name holds no slash.
 * https://docs.github.com/en/rest/repos/contents
 * @throws {ServiceError}
 */
export async function readGitHubFile(url: string, ports: GitHubPorts, abort: AbortSignal): Promise<string> {
  const file = parseFileUrl(url);
  if (file === undefined) throw new ServiceError('refused', 'not the address of a file on GitHub');
  if (file.origin !== webOrigin(githubApiUrl(ports))) {
    throw new ServiceError('refused', 'the file is on another host than the GitHub that is set up');
  }
  const client = await createGitHubClient(ports, abort);
  const path = `${repositoryPath(file.repository)}/contents/${file.path}?ref=${file.ref}`;
  const text = decodedFile((await client.get(path, {}, 'application/vnd.github.raw+json')).data);
  if (text === undefined) throw new ServiceError('badResponse', 'GitHub answered with something that is no text file');
  if (text.length > MAX_LENGTH) throw new ServiceError('refused', 'the file is too long');
  return text;
}

/**
 * The address of a file beside another one: `docs/rotation.md#schedule` next to the team file. A path that begins with
 * `/` starts at the repository's root. Undefined when it would leave the repository.
 */
export function resolveGitHubFile(baseUrl: string, relativePath: string): string | undefined {
  const base = parseFileUrl(baseUrl);
  if (base === undefined) return undefined;
  const root = `${base.origin}/${base.repository}/blob/${base.ref}/`;
  const reference = relativePath.startsWith('/') ? relativePath.replace(/^\/+/u, root) : relativePath;
  const from = `${root}${base.path}`;
  if (!URL.canParse(reference, from)) return undefined;
  const { href } = new URL(reference, from);
  return href.startsWith(root) ? href : undefined;
}

interface FileAddress {
  readonly origin: string;
  readonly repository: string;
  /** As in the address: already encoded. */
  readonly ref: string;
  readonly path: string;
}

function parseFileUrl(text: string): FileAddress | undefined {
  if (text.length > 2048 || !URL.canParse(text)) return undefined;
  const { origin, protocol, username, password, pathname } = new URL(text);
  if ((protocol !== 'https:' && protocol !== 'http:') || username !== '' || password !== '') return undefined;
  const [, repository, ref, path] = /^\/([\w.-]+\/[\w.-]+)\/(?:blob|raw)\/([^/]+)\/(.+)$/u.exec(pathname) ?? [];
  if (repository === undefined || ref === undefined || path === undefined) return undefined;
  return { origin, repository, ref, path };
}

/** Where people read what the API serves: `api.github.com` and `api.acme.ghe.com` have their pages without `api.`. */
export function webOrigin(apiUrl: string): string {
  const { protocol, host } = new URL(apiUrl);
  return `${protocol}//${host.replace(/^api\./u, '')}`;
}

/** The text in an answer of the contents API, raw or encoded; undefined for a folder or what is no file. */
export function decodedFile(data: unknown): string | undefined {
  if (typeof data === 'string') return data;
  if (data instanceof ArrayBuffer) return new TextDecoder().decode(data);
  const encoded = EncodedFile.safeParse(data).data;
  return encoded === undefined ? undefined : Buffer.from(encoded.content, 'base64').toString('utf8');
}
