import * as z from 'zod/mini';
import type { FailedPlace } from '../service.ts';
import { type SlackApi, survivable } from './client.ts';
import { lookThrough } from './listing.ts';
import { type PlaceContext, remembered, toFailedPlace } from './lookup.ts';
import { parseGroups, type UserGroup } from './names.ts';
import { listOf } from './wire.ts';

/** Somebody whose mention makes a signal. */
export interface MentionTarget {
  readonly id: string;
  readonly of: 'user' | 'group';
  /** Without `@`; what a search looks for. */
  readonly handle: string;
  readonly watchIds: readonly string[];
}

/** Looking up handles takes the list of groups, once for all of them. */
interface HandleContext extends PlaceContext {
  readonly groups: () => Promise<readonly UserGroup[]>;
}

/** A list of the workspace's user groups that is asked for at most once. */
export function groupsOnce(api: SlackApi): HandleContext['groups'] {
  let asked: Promise<readonly UserGroup[]> | undefined;
  return () => {
    asked ??= api.call('usergroups.list', {}).then(parseGroups);
    return asked;
  };
}

/** Who a handle is; undefined, and a failed place, when nobody can be found. @throws {ServiceError} `unauthenticated` */
export async function findTarget(
  handle: string,
  context: HandleContext,
  failed: FailedPlace[],
): Promise<Omit<MentionTarget, 'watchIds'> | undefined> {
  try {
    const id = isId(handle) ? handle : await findHandle(handle, context);
    if (id !== undefined) return { id, of: id.startsWith('S') ? 'group' : 'user', handle };
    failed.push(nobody(handle));
  } catch (error) {
    failed.push(toFailedPlace(`@${handle}`, survivable(error)));
  }
  return undefined;
}

function isId(handle: string): boolean {
  return /^[UWS][A-Z0-9]{4,31}$/u.test(handle);
}

async function findHandle(handle: string, context: HandleContext): Promise<string | undefined> {
  const key = `${context.identity.teamId}/handle:${handle}`;
  const stored = remembered(key, context);
  if (stored !== undefined) return stored === 'missing' ? undefined : stored.id;
  const id = await lookForHandle(handle, context);
  if (id?.startsWith('S') === true) context.memory.set(`${context.identity.teamId}/group:${id}`, handle);
  context.memory.set(key, id === undefined ? { missingAt: context.now } : { id });
  return id;
}

const memberShape = z.object({
  id: z.string().check(z.regex(/^[UW][A-Z0-9]{1,31}$/u)),
  name: z.string(),
  profile: z.catch(z.object({ display_name: z.catch(z.string(), '') }), { display_name: '' }),
});

/** User groups first: that is what a team is called by; then people. */
async function lookForHandle(handle: string, { api, groups }: HandleContext): Promise<string | undefined> {
  const wanted = handle.toLowerCase();
  let failure: Error | undefined;
  try {
    const group = (await groups()).find((one) => one.handle.toLowerCase() === wanted);
    if (group !== undefined) return group.id;
  } catch (error) {
    failure = survivable(error);
  }
  let id: string | undefined;
  await lookThrough(api, { method: 'users.list', args: {} }, (reply) => {
    const members = listOf(reply, 'members').flatMap((raw) => memberShape.safeParse(raw).data ?? []);
    const is = (name: string): boolean => name.toLowerCase() === wanted;
    id = members.find((one) => is(one.name) || is(one.profile.display_name))?.id;
    return id !== undefined;
  });
  // Without the list of groups nobody can say that there is no such group.
  if (id === undefined && failure !== undefined) throw failure;
  return id;
}

function nobody(handle: string): FailedPlace {
  return { place: `@${handle}`, reason: 'notFound', message: 'No user group and nobody of this handle in Slack.' };
}
