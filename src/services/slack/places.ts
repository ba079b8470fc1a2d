import * as z from 'zod/mini';
import type { SlackWatch } from '../../core/team.ts';
import { type FailedPlace, ServiceError } from '../service.ts';
import { type ReadMethod, type SlackApi, SlackRefusal, survivable } from './client.ts';
import { lookThrough } from './listing.ts';
import { type PlaceContext, remembered, toFailedPlace } from './lookup.ts';
import { findTarget, groupsOnce, type MentionTarget } from './mentionTargets.ts';
import { listOf } from './wire.ts';

/** A watched channel; several entries may watch one. */
export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly watchIds: readonly string[];
  readonly alerts: boolean;
}

export interface Places {
  readonly channels: readonly Channel[];
  readonly targets: readonly MentionTarget[];
  readonly failed: readonly FailedPlace[];
}

/** Finds the ids of what the team file names; each is looked for once and remembered. @throws {ServiceError} */
export async function findPlaces(watch: readonly SlackWatch[], context: PlaceContext): Promise<Places> {
  const failed: FailedPlace[] = [];
  const channels: Channel[] = [];
  const names = watch.flatMap((entry) => (entry.what === 'channel' ? [channelName(entry.channel)] : []));
  const ids = await findChannels([...new Set(names)], context, failed);
  for (const [name, id] of ids) {
    const entries = watch.filter((entry) => entry.what === 'channel' && channelName(entry.channel) === name);
    const alerts = entries.some((entry) => entry.what === 'channel' && entry.alerts);
    channels.push({ id, name, watchIds: entries.map((entry) => entry.id), alerts });
  }
  const targets = new Map<string, MentionTarget>();
  const groups = groupsOnce(context.api);
  for (const entry of watch) {
    if (entry.what !== 'mention') continue;
    const target = await findTarget(entry.handle.replace(/^@/u, ''), { ...context, groups }, failed);
    if (target === undefined) continue;
    const watchIds = [...(targets.get(target.id)?.watchIds ?? []), entry.id];
    targets.set(target.id, { ...target, watchIds });
  }
  return { channels, targets: [...targets.values()], failed };
}

/** Forgets a channel's id, so that it is looked for anew. */
export function forgetChannel(name: string, { memory, identity }: PlaceContext): void {
  memory.delete(`${identity.teamId}/channel:${name}`);
}

/** The id of one channel, for a write. @throws {ServiceError} `notFound`, or what kept it from being found */
export async function findChannel(name: string, context: PlaceContext): Promise<string> {
  const failed: FailedPlace[] = [];
  const ids = await findChannels([channelName(name)], context, failed);
  const [failure] = failed;
  const id = ids.get(channelName(name));
  if (id === undefined) throw new ServiceError(failure?.reason ?? 'notFound', failure?.message ?? 'no such channel');
  return id;
}

function channelName(name: string): string {
  return name.replace(/^#/u, '').toLowerCase();
}

async function findChannels(
  names: readonly string[],
  context: PlaceContext,
  failed: FailedPlace[],
): Promise<ReadonlyMap<string, string>> {
  const key = (name: string): string => `${context.identity.teamId}/channel:${name}`;
  const found = new Map<string, string>();
  const wanted = new Set<string>();
  for (const name of names) {
    const stored = remembered(key(name), context);
    if (stored === undefined) wanted.add(name);
    else if (stored === 'missing') failed.push(noChannel(name));
    else found.set(name, stored.id);
  }
  const failure = wanted.size === 0 ? undefined : await lookThroughLists(wanted, context, found);
  for (const name of names) {
    const id = found.get(name);
    if (id !== undefined && wanted.has(name)) {
      context.memory.set(key(name), { id });
      context.memory.set(`${context.identity.teamId}/channelName:${id}`, name);
    } else if (id === undefined && wanted.has(name)) {
      if (failure === undefined) context.memory.set(key(name), { missingAt: context.now });
      failed.push(failure === undefined ? noChannel(name) : toFailedPlace(`#${name}`, failure));
    }
  }
  return found;
}

/** First the channels that the account is in, then all public ones. What failed, when something did. */
async function lookThroughLists(
  wanted: ReadonlySet<string>,
  { api }: PlaceContext,
  found: Map<string, string>,
): Promise<ServiceError | undefined> {
  const missing = (): boolean => [...wanted].some((name) => !found.has(name));
  const take = (reply: unknown): boolean => {
    for (const { id, name } of parseChannels(reply)) if (wanted.has(name)) found.set(name, id);
    return !missing();
  };
  let failure: ServiceError | undefined;
  for (const method of ['users.conversations', 'conversations.list'] as const) {
    if (missing()) failure = await tryList(api, method, take);
  }
  return missing() ? failure : undefined;
}

/** Without `groups:read` the public channels can still be listed. */
async function tryList(
  api: SlackApi,
  method: ReadMethod,
  take: (reply: unknown) => boolean,
): Promise<ServiceError | undefined> {
  let failure: ServiceError | undefined;
  for (const types of ['public_channel,private_channel', 'public_channel']) {
    try {
      await lookThrough(api, { method, args: { types, exclude_archived: true } }, take);
      return undefined;
    } catch (error) {
      failure = survivable(error);
      if (!(failure instanceof SlackRefusal) || failure.code !== 'missing_scope') break;
    }
  }
  return failure;
}

const channelShape = z.object({ id: z.string().check(z.regex(/^[A-Z0-9]{1,32}$/u)), name: z.string() });

function parseChannels(reply: unknown): readonly z.infer<typeof channelShape>[] {
  return listOf(reply, 'channels').flatMap((raw) => channelShape.safeParse(raw).data ?? []);
}

function noChannel(name: string): FailedPlace {
  const message = 'No channel of this name can be seen: invite the app to it, or correct the name in the team file.';
  return { place: `#${name}`, reason: 'notFound', message };
}
