import * as z from 'zod/mini';
import { oneLine } from '../../core/plainText.ts';
import type { Account } from '../service.ts';
import { ServiceError } from '../service.ts';
import type { GitHubClient } from './client.ts';

const UserRecord = z.object({ login: z.string(), name: z.catch(z.nullish(z.string()), undefined) });

/** Who the token belongs to. @throws {ServiceError} */
export async function readAccount(client: GitHubClient): Promise<Account> {
  const parsed = UserRecord.safeParse((await client.get('/user')).data);
  if (!parsed.success) throw new ServiceError('badResponse', 'GitHub does not say who this is');
  const login = oneLine(parsed.data.login, 100);
  return { id: login, name: oneLine(parsed.data.name ?? '', 100) || login };
}
