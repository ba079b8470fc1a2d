import * as z from 'zod/mini';
import type { ChannelReaders } from '../../core/reach.ts';
import { createSlackSession, type SlackPorts } from './session.ts';

const ChannelReply = z.object({
  channel: z.object({
    is_private: z.boolean(),
    num_members: z.optional(z.int().check(z.nonnegative())),
  }),
});

/**
 * Who can read a channel, by its id; undefined when the answer does not say.
 * https://docs.slack.dev/reference/methods/conversations.info
 * @throws {ServiceError}
 */
export async function channelReaders(
  channel: string,
  ports: SlackPorts,
  abort: AbortSignal,
): Promise<ChannelReaders | undefined> {
  const { api } = await createSlackSession(ports).open(abort);
  const { data } = ChannelReply.safeParse(await api.call('conversations.info', { channel, include_num_members: true }));
  return data && { isPrivate: data.channel.is_private, members: data.channel.num_members };
}
