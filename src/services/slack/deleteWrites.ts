import type { Outcome, Write } from '../../core/proposal.ts';
import { ServiceError } from '../service.ts';
import { type SlackApi, SlackRefusal, type SlackWriteApi } from './client.ts';
import { permalink } from './threadSignal.ts';
import { type Identity, parseMessages, type SlackMessage } from './wire.ts';

type DeleteMessage = Extract<Write, { type: 'deleteMessage' }>;

/**
 * Deletes a message of our own; an owner of a workspace could delete those of others as well. One that is gone is fine.
 * @throws {ServiceError} `forbidden` for somebody else's
 */
export async function deleteMessage(
  { channel, ts }: DeleteMessage,
  { api, identity }: { readonly api: SlackWriteApi; readonly identity: Identity },
): Promise<Outcome> {
  const message = await readMessage(api, { channel, ts });
  if (message !== undefined && message.user !== identity.userId)
    throw new ServiceError('forbidden', 'the message is not ours');
  if (message !== undefined) await orGone(() => api.send('chat.delete', { channel, ts }));
  return { url: permalink(identity.origin, channel, ts), issue: undefined, warnings: [], undo: [] };
}

/** One message; undefined when there is none. https://docs.slack.dev/reference/methods/conversations.replies takes any message's `ts`. */
export async function readMessage(
  api: SlackApi,
  { channel, ts }: { readonly channel: string; readonly ts: string },
): Promise<SlackMessage | undefined> {
  const window = { oldest: ts, latest: ts, inclusive: true, limit: 10 };
  const reply = await orGone(() => api.call('conversations.replies', { channel, ts, ...window }));
  if (reply === undefined) return undefined;
  return parseMessages(reply).messages.find((message) => message.ts === ts);
}

async function orGone(ask: () => Promise<unknown>): Promise<unknown> {
  try {
    return await ask();
  } catch (error) {
    const isGone =
      error instanceof SlackRefusal && (error.code === 'message_not_found' || error.code === 'thread_not_found');
    if (isGone) return undefined;
    throw error;
  }
}
