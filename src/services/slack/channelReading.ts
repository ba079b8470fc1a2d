import * as z from 'zod/mini';
import { passes } from '../../core/sourceStatus.ts';
import type { FailedPlace, Memory, ServiceError, SkippedRecord } from '../service.ts';
import { SlackRefusal, survivable } from './client.ts';
import { type PlaceContext, toFailedPlace } from './lookup.ts';
import { type Channel, forgetChannel } from './places.ts';
import { type History, readHistory } from './threads.ts';
import { toTs } from './wire.ts';

/**
 * How channels are read. `conversations.history` does not return an old root when somebody replies to it, so every
 * poll reads the whole window again, where each root tells its `reply_count` and `latest_reply`: one call of 200
 * messages for most channels. A channel that needs more than {@link POLL_PAGES} is read whole only every
 * {@link SWEEP_MS}; between, its newest pages alone, and a reply to an older root is noticed by the next sweep.
 * Rates: `conversations.history` is Tier 3, 50 calls a minute, for a team's own app.
 */
const POLL_PAGES = 2;
const SWEEP_PAGES = 10;
const SWEEP_MS = 10 * 60_000;
/** Threads that began this long before the window may still go on in it. */
const LOOK_BACK_MS = 7 * 24 * 3_600_000;

export interface ChannelReading {
  readonly channel: Channel;
  readonly history: History;
}

export interface Readings {
  readonly read: readonly ChannelReading[];
  readonly failed: readonly FailedPlace[];
  readonly skipped: readonly SkippedRecord[];
  /** When Slack may be asked for the rest, epoch ms. */
  readonly retryAt: number | undefined;
}

/** Reads the channels one after the other, those first that went short the last time. @throws {ServiceError} when none could be read for lack of an answer */
export async function readChannels(
  channels: readonly Channel[],
  since: number,
  context: PlaceContext,
): Promise<Readings> {
  const read: ChannelReading[] = [];
  const failed: FailedPlace[] = [];
  let stop: ServiceError | undefined;
  let shortId: string | undefined;
  for (const channel of fairly(channels, context)) {
    try {
      if (stop !== undefined) throw stop;
      read.push({ channel, history: await readChannel(channel, since, context) });
    } catch (error) {
      const failure = survivable(error);
      failed.push(toFailedPlace(`#${channel.name}`, failure));
      if (failure instanceof SlackRefusal && failure.code === 'channel_not_found') forgetChannel(channel.name, context);
      if (!passes(failure.reason)) continue;
      // Another channel would hear the same.
      stop = failure;
      shortId ??= channel.id;
    }
  }
  if (stop !== undefined && read.length === 0) throw stop;
  rememberShort(shortId, context);
  const skipped = read.flatMap(({ channel, history }) =>
    history.problems.map((problem) => ({ place: `#${channel.name}`, problem })),
  );
  return { read, failed, skipped, retryAt: stop?.retryAt };
}

async function readChannel(
  { id }: Channel,
  since: number,
  { api, memory, identity, now }: PlaceContext,
): Promise<History> {
  const key = `${identity.teamId}/sweep:${id}`;
  const sweptAt = z.number().safeParse(memory.get(key)).data;
  const due = sweptAt === undefined || now - sweptAt >= SWEEP_MS || sweptAt > now;
  const oldest = toTs(since - LOOK_BACK_MS);
  const history = await readHistory(api, id, { oldest, maxPages: due ? SWEEP_PAGES : POLL_PAGES });
  if (history.pages > POLL_PAGES) memory.set(key, now);
  else if (sweptAt !== undefined && history.coveredFrom === oldest) memory.delete(key);
  return history;
}

function fairly(channels: readonly Channel[], { memory, identity }: PlaceContext): readonly Channel[] {
  const first = memory.get(shortKey(identity.teamId));
  const index = Math.max(
    0,
    channels.findIndex(({ id }) => id === first),
  );
  return [...channels.slice(index), ...channels.slice(0, index)];
}

function rememberShort(id: string | undefined, { memory, identity }: PlaceContext): void {
  setOrDelete(memory, shortKey(identity.teamId), id);
}

function shortKey(teamId: string): string {
  return `${teamId}/short`;
}

function setOrDelete(memory: Memory, key: string, value: string | undefined): void {
  if (memory.get(key) === value) return;
  if (value === undefined) memory.delete(key);
  else memory.set(key, value);
}
