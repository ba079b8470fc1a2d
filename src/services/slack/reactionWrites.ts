import type { Outcome, Write } from '../../core/proposal.ts';
import { ServiceError } from '../service.ts';
import { type SlackApi, SlackRefusal } from './client.ts';
import { permalink } from './threadSignal.ts';

type React = Extract<Write, { type: 'react' }>;

/** Adds a reaction or takes it back; what is so already is done. @throws {ServiceError} */
export async function react(
  { channel, ts, name, remove }: React,
  { api, origin }: { readonly api: SlackApi; readonly origin: string },
): Promise<Outcome> {
  if (!/^[\w+'-]{1,100}$/u.test(name)) throw new ServiceError('refused', 'this is no name of an emoji');
  try {
    await api.call(remove ? 'reactions.remove' : 'reactions.add', { channel, timestamp: ts, name });
  } catch (error) {
    if (!isSoAlready(error, remove)) throw error;
  }
  return { url: permalink(origin, channel, ts), issue: undefined, warnings: [], undo: [] };
}

function isSoAlready(error: unknown, remove: boolean): boolean {
  return error instanceof SlackRefusal && error.code === (remove ? 'no_reaction' : 'already_reacted');
}
