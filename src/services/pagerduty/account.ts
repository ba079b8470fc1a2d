import { ServiceError } from '../service.ts';
import type { PagerDutyApi } from './client.ts';
import { parseUser, parseUsers, type User } from './wire.ts';

/**
 * In whose name the key speaks: its own user, or for an account's key the one with the address of the setting. Undefined
 * when it is nobody's. Source: `GET /users/me`, which answers 400 (and was seen to answer 404) to an account's key.
 * @throws {ServiceError} when the key is not accepted
 */
export async function readAccount(api: PagerDutyApi, email: string | undefined): Promise<User | undefined> {
  try {
    return parseUser(await api.get('/users/me'));
  } catch (error) {
    const isAccounts = error instanceof ServiceError && (error.reason === 'refused' || error.reason === 'notFound');
    if (!isAccounts) throw error;
  }
  // Asked even without an address: only an answer tells an account's key from one that is no key.
  const users = parseUsers(await api.get('/users', { limit: '25', ...(email === undefined ? {} : { query: email }) }));
  return email === undefined ? undefined : users.find((user) => user.email?.toLowerCase() === email.toLowerCase());
}
