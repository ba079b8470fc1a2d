import type { Outcome, Write } from '../../core/proposal.ts';
import { ServiceError, type WriteContext } from '../service.ts';
import { SlackRefusal, type SlackWriteApi } from './client.ts';
import { readMessage } from './deleteWrites.ts';
import { permalink } from './threadSignal.ts';
import { type Identity, reactedWith } from './wire.ts';

interface Session {
  readonly api: SlackWriteApi;
  readonly identity: Identity;
}

type React = Extract<Write, { type: 'react' }>;

/** Adds a reaction or takes it back; what is so already is done, and is not taken back. @throws {ServiceError} */
export async function react(
  write: React,
  { api, identity, begins }: Session & Pick<WriteContext, 'begins'>,
): Promise<Outcome> {
  const { channel, ts, name, remove } = write;
  if (!/^[\w+'-]{1,100}$/u.test(name)) throw new ServiceError('refused', 'this is no name of an emoji');
  const outcome = { url: permalink(identity.origin, channel, ts), issue: undefined, warnings: [] };
  const undo: readonly Write[] = [{ ...write, remove: !remove }];
  // What is so already, from before, is not ours to take back, whatever is heard of the write.
  if ((await isReacted(write, { api, identity })) === remove) begins?.(undo);
  try {
    await api.send(remove ? 'reactions.remove' : 'reactions.add', { channel, timestamp: ts, name });
    return { ...outcome, undo };
  } catch (error) {
    if (isSoAlready(error, remove)) return { ...outcome, undo: [] };
    throw error;
  }
}

/** Whether the reaction is there, of this account; undefined when that may not be read. @throws {ServiceError} */
async function isReacted({ channel, ts, name }: React, { api, identity }: Session): Promise<boolean | undefined> {
  try {
    const message = await readMessage(api, { channel, ts });
    return message !== undefined && reactedWith(message, name).includes(identity.userId);
  } catch (error) {
    if (error instanceof ServiceError && error.reason === 'forbidden') return undefined;
    throw error;
  }
}

function isSoAlready(error: unknown, remove: boolean): boolean {
  return error instanceof SlackRefusal && error.code === (remove ? 'no_reaction' : 'already_reacted');
}
