import * as z from 'zod/mini';
import { passes } from '../../core/sourceStatus.ts';
import type { Log, ServiceError } from '../service.ts';
import { SlackRefusal, survivable } from './client.ts';
import type { PlaceContext } from './lookup.ts';
import type { MentionTarget } from './mentionTargets.ts';
import { type Identity, scanMessage, toMs } from './wire.ts';

/** A thread in which somebody was mentioned, found outside the watched channels. */
interface FoundThread {
  readonly channel: { readonly id: string; readonly name: string };
  readonly rootTs: string;
  /** Epoch ms of the newest message that mentions. */
  readonly at: number;
}

interface SearchScope {
  readonly targets: readonly MentionTarget[];
  readonly since: number;
  /** Ids of the channels that are read anyway. */
  readonly readAnyway: ReadonlySet<string>;
}

/** Looks for mentions in all that the account can see; only a person's token with `search:read` may. */
export interface MentionSearch {
  /** Nothing when it may not search, or not now. @throws {ServiceError} `unauthenticated` */
  find(scope: SearchScope, context: PlaceContext): Promise<readonly FoundThread[]>;
}

export function createMentionSearch(log: Log): MentionSearch {
  /** Whose token was refused: it is not tried again, and said once. */
  const refused = new Set<string>();
  return {
    async find(scope, context) {
      const { teamId, userId, scopes } = context.identity;
      const account = `${teamId}/${userId}/${scopes?.join(',') ?? ''}`;
      if (scope.targets.length === 0 || refused.has(account) || !maySearch(context.identity)) return [];
      try {
        return await searchAll(scope, context);
      } catch (error) {
        const failure = survivable(error);
        if (isLasting(failure)) {
          refused.add(account);
          log.info(`slack: mentions are looked for in the watched channels only (${failure.message})`);
        }
        return [];
      }
    },
  };
}

/** A bot's token may not, and neither may one without the scope. */
export function maySearch({ isBot, scopes }: Identity): boolean {
  return !isBot && (scopes?.includes('search:read') ?? true);
}

function isLasting(failure: ServiceError): boolean {
  return failure instanceof SlackRefusal && !passes(failure.reason);
}

async function searchAll(scope: SearchScope, { api }: PlaceContext): Promise<readonly FoundThread[]> {
  const found = new Map<string, FoundThread>();
  for (const target of scope.targets) {
    const query = `${queryFor(target)} after:${dayBefore(scope.since)}`;
    const reply = await api.call('search.messages', { query, sort: 'timestamp', sort_dir: 'desc', count: 100 });
    for (const thread of parseMatches(reply, target, scope)) {
      const key = `${thread.channel.id}:${thread.rootTs}`;
      const seen = found.get(key);
      if (seen === undefined || seen.at < thread.at) found.set(key, thread);
    }
  }
  return [...found.values()];
}

export function queryFor({ id, of, handle }: Omit<MentionTarget, 'watchIds'>): string {
  if (of === 'user') return `<@${id}>`;
  return handle === id ? `<!subteam^${id}>` : `@${handle}`;
}

/** The day for `after:`, which leaves its own day out. */
export function dayBefore(ms: number): string {
  return new Date(Math.max(0, ms - 2 * 24 * 3_600_000)).toISOString().slice(0, 10);
}

const flag = z.catch(z.boolean(), false);
const replyShape = z.object({ messages: z.object({ matches: z.array(z.unknown()) }) });
const matchShape = z.object({
  ts: z.string().check(z.regex(/^\d{1,12}\.\d{1,6}$/u)),
  channel: z.object({
    id: z.string().check(z.regex(/^[CG][A-Z0-9]{1,31}$/u)),
    name: z.string().check(z.maxLength(100)),
    is_im: flag,
    is_mpim: flag,
  }),
  permalink: z.catch(z.string().check(z.maxLength(2000)), ''),
  text: z.catch(z.string(), ''),
  blocks: z.catch(z.unknown(), undefined),
  attachments: z.catch(z.unknown(), undefined),
});

/** A message that mentions somebody. */
export interface Mention {
  readonly channel: { readonly id: string; readonly name: string };
  readonly ts: string;
  readonly rootTs: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

function parseMatches(reply: unknown, target: MentionTarget, scope: SearchScope): readonly FoundThread[] {
  const { mentions } = mentionsIn(reply, target.id);
  return mentions.filter(({ at, channel }) => at >= scope.since && !scope.readAnyway.has(channel.id));
}

/**
 * A search finds words; whether somebody was mentioned is seen here. Direct messages are nobody's queue. `read` is how
 * many messages the page had, undefined when the reply is no page.
 */
export function mentionsIn(
  reply: unknown,
  targetId: string,
): { readonly read: number | undefined; readonly mentions: readonly Mention[] } {
  const matches = replyShape.safeParse(reply).data?.messages.matches;
  const mentions = (matches ?? []).slice(0, 200).flatMap((raw): readonly Mention[] => {
    const match = matchShape.safeParse(raw).data;
    if (match === undefined || match.channel.is_im || match.channel.is_mpim) return [];
    if (!scanMessage(match).mentioned.includes(targetId)) return [];
    const { ts, channel, permalink } = match;
    const rootTs = rootOf(permalink) ?? ts;
    return [{ channel: { id: channel.id, name: channel.name }, ts, rootTs, at: toMs(ts) }];
  });
  return { read: matches?.length, mentions };
}

function rootOf(permalink: string): string | undefined {
  return /[?&]thread_ts=(\d{1,12}\.\d{1,6})(?:&|$)/u.exec(permalink)?.[1];
}
