import type { Outcome, Write } from '../../core/proposal.ts';
import { ServiceError, type WriteContext } from '../service.ts';
import { SlackRefusal, type SlackWriteApi } from './client.ts';
import { permalink } from './threadSignal.ts';

type React = Extract<Write, { type: 'react' }>;

/** Adds a reaction or takes it back; what is so already is done, and is not taken back. @throws {ServiceError} */
export async function react(
  write: React,
  { api, origin, begins }: { readonly api: SlackWriteApi; readonly origin: string } & Pick<WriteContext, 'begins'>,
): Promise<Outcome> {
  const { channel, ts, name, remove } = write;
  if (!/^[\w+'-]{1,100}$/u.test(name)) throw new ServiceError('refused', 'this is no name of an emoji');
  const outcome = { url: permalink(origin, channel, ts), issue: undefined, warnings: [] };
  const undo: readonly Write[] = [{ ...write, remove: !remove }];
  begins?.(undo);
  try {
    await api.send(remove ? 'reactions.remove' : 'reactions.add', { channel, timestamp: ts, name });
    return { ...outcome, undo };
  } catch (error) {
    if (isSoAlready(error, remove)) return { ...outcome, undo: [] };
    throw error;
  }
}

function isSoAlready(error: unknown, remove: boolean): boolean {
  return error instanceof SlackRefusal && error.code === (remove ? 'no_reaction' : 'already_reacted');
}
