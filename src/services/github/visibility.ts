import * as z from 'zod/mini';
import { createGitHubClient, type GitHubPorts } from './client.ts';
import { repositoryPath } from './records.ts';

const RepositoryRow = z.object({ private: z.boolean() });

/**
 * Whether everybody in the world can read a repository (`owner/name`); undefined when the answer does not say.
 * An `internal` repository is private to its enterprise, and GitHub calls it private.
 * https://docs.github.com/en/rest/repos/repos#get-a-repository
 * @throws {ServiceError}
 */
export async function isPublicRepository(
  repository: string,
  ports: GitHubPorts,
  abort: AbortSignal,
): Promise<boolean | undefined> {
  const { data } = await (await createGitHubClient(ports, abort)).get(repositoryPath(repository));
  const isPrivate = RepositoryRow.safeParse(data).data?.private;
  return isPrivate === undefined ? undefined : !isPrivate;
}
