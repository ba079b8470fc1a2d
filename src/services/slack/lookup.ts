import * as z from 'zod/mini';
import type { FailedPlace, Memory, ServiceError } from '../service.ts';
import { type SlackApi, SlackRefusal } from './client.ts';
import type { Identity } from './wire.ts';

/** A name that was not found is not looked for again before. */
const LOOK_AGAIN_MS = 10 * 60_000;

/** What looking up a name takes. */
export interface PlaceContext {
  readonly api: SlackApi;
  readonly memory: Memory;
  readonly identity: Identity;
  readonly now: number;
}

const storedShape = z.union([z.object({ id: z.string() }), z.object({ missingAt: z.number() })]);

/** The id that is remembered, `missing` when it was looked for in vain lately, or undefined. */
export function remembered(key: string, { memory, now }: PlaceContext): { id: string } | 'missing' | undefined {
  const stored = storedShape.safeParse(memory.get(key)).data;
  if (stored === undefined) return undefined;
  if ('id' in stored) return stored;
  return now - stored.missingAt < LOOK_AGAIN_MS && stored.missingAt <= now ? 'missing' : undefined;
}

/** What went wrong with one place, and what mends it. */
export function toFailedPlace(place: string, error: ServiceError): FailedPlace {
  return { place, reason: error.reason, message: remedy(error) };
}

function remedy(error: ServiceError): string {
  if (!(error instanceof SlackRefusal)) return error.message;
  switch (error.code) {
    case 'missing_scope':
      return `The token lacks the scope ${error.needed ?? 'that this needs'}: add it to the Slack app and install it again.`;
    case 'not_in_channel':
    case 'channel_not_found':
      return 'The app cannot read this channel: invite it there.';
    default:
      return error.message;
  }
}
