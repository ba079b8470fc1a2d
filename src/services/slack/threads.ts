import * as z from 'zod/mini';
import { readMarkers } from '../../core/marker.ts';
import { type Memory, ServiceError } from '../service.ts';
import type { SlackApi } from './client.ts';
import { decodeEntities } from './mrkdwn.ts';
import { METADATA_TYPE, type MessagePage, parseMessages, type SlackMessage, scanMessage, toMs } from './wire.ts';

const PAGE = 200;
const MAX_REPLY_PAGES = 25;
const MAX_REPLIERS = 60;
/** Not joins and the like, which have an author too. */
const SPOKEN_BY_PEOPLE: ReadonlySet<string | undefined> = new Set([
  undefined,
  'file_share',
  'me_message',
  'thread_broadcast',
]);

/** What was read of a channel. */
export interface History {
  readonly messages: readonly SlackMessage[];
  readonly problems: readonly string[];
  /** Everything since this `ts` was read; later than asked for when there was too much of it. */
  readonly coveredFrom: string;
  readonly pages: number;
  /** Why there is more that was not read; undefined when all of it was. */
  readonly cut: ServiceError | undefined;
}

/** What was read of a thread. */
export interface ThreadRead extends Pick<History, 'problems' | 'cut'> {
  /** The root, then the replies, in order. */
  readonly messages: readonly SlackMessage[];
}

/**
 * The newest messages of a channel since `oldest`, at most `maxPages` pages. When Slack's limit is reached after the
 * first page, what was read is kept. @throws {ServiceError}
 */
export async function readHistory(
  api: SlackApi,
  channel: string,
  { oldest, maxPages }: { readonly oldest: string; readonly maxPages: number },
): Promise<History> {
  const messages: SlackMessage[] = [];
  const problems: string[] = [];
  let cursor: string | undefined;
  for (let page = 1; ; page += 1) {
    const reply = await nextPage(api, { channel, oldest, cursor }, page);
    if (reply instanceof ServiceError) {
      return { messages, problems, coveredFrom: oldestOf(messages), pages: page, cut: reply };
    }
    messages.push(...reply.messages);
    problems.push(...reply.problems);
    const ended = reply.nextCursor === undefined;
    if (ended) return { messages, problems, coveredFrom: oldest, pages: page, cut: undefined };
    if (page >= maxPages || reply.nextCursor === cursor) {
      const cut = tooMuch('conversations.history', page);
      return { messages, problems, coveredFrom: oldestOf(messages), pages: page, cut };
    }
    cursor = reply.nextCursor;
  }
}

function tooMuch(method: string, pages: number): ServiceError {
  return new ServiceError('badResponse', `${method}: more than was read in ${pages} pages`);
}

/** The limit that Slack sets after the first page is an answer. */
async function nextPage(
  api: SlackApi,
  args: Readonly<Record<string, unknown>>,
  page: number,
): Promise<MessagePage | ServiceError> {
  try {
    return parseMessages(await api.call('conversations.history', { ...args, limit: PAGE, include_all_metadata: true }));
  } catch (error) {
    if (page > 1 && error instanceof ServiceError && error.reason === 'rateLimited') return error;
    throw error;
  }
}

/** `ts` are of one length, so they compare as text; nothing read covers nothing. */
function oldestOf(messages: readonly SlackMessage[]): string {
  return messages.reduce((oldest, { ts }) => (Number(ts) < Number(oldest) ? ts : oldest), '999999999999.000000');
}

/** A thread, as much of it as a few thousand replies. @throws {ServiceError} `notFound` when it was deleted */
export async function readThread(api: SlackApi, channel: string, ts: string): Promise<ThreadRead> {
  const messages = new Map<string, SlackMessage>();
  const problems: string[] = [];
  let cursor: string | undefined;
  let cut: ServiceError | undefined;
  for (let page = 1; ; page += 1) {
    const args = { channel, ts, cursor, limit: PAGE, include_all_metadata: true };
    const reply = parseMessages(await api.call('conversations.replies', args));
    // Each page begins with the root again.
    for (const message of reply.messages) messages.set(message.ts, message);
    problems.push(...reply.problems);
    if (reply.nextCursor === undefined) break;
    if (page >= MAX_REPLY_PAGES || reply.nextCursor === cursor) {
      cut = tooMuch('conversations.replies', page);
      break;
    }
    cursor = reply.nextCursor;
  }
  return { messages: [...messages.values()].sort((a, b) => Number(a.ts) - Number(b.ts)), problems, cut };
}

/** Who replied, and when: first and last, epoch ms. Whether it is a person is told by their own record. */
const replierShape = z.object({
  id: z.string(),
  /** All of it came through an app: the word of a bot, unless the record says that it is a person. */
  viaApp: z.boolean(),
  firstAt: z.number(),
  lastAt: z.number(),
});
export type Replier = z.infer<typeof replierShape>;

/** What the replies of a thread add to its signal; remembered, so that an unchanged thread is never read again. */
const digestShape = z.object({
  count: z.number(),
  latest: z.string(),
  urls: z.array(z.string()),
  mentioned: z.array(z.string()),
  markers: z.array(z.string()),
  repliers: z.array(replierShape),
});
export type Digest = z.infer<typeof digestShape>;

export const NO_REPLIES: Digest = { count: 0, latest: '', urls: [], mentioned: [], markers: [], repliers: [] };

export function rememberedDigest(memory: Memory, signalId: string): Digest | undefined {
  return digestShape.safeParse(memory.get(`thread:${signalId}`)).data;
}

export function rememberDigest(memory: Memory, signalId: string, digest: Digest): void {
  memory.set(`thread:${signalId}`, digest);
}

export function forgetDigest(memory: Memory, signalId: string): void {
  memory.delete(`thread:${signalId}`);
}

/** `count` and `latest` are the root's own words, by which a change is noticed. */
export function digestReplies(root: SlackMessage, replies: readonly SlackMessage[]): Digest {
  const scans = replies.map(scanMessage);
  return {
    count: root.reply_count,
    latest: root.latest_reply ?? '',
    urls: [...new Set(scans.flatMap(({ urls }) => urls))].slice(0, 50),
    mentioned: [...new Set(scans.flatMap(({ mentioned }) => mentioned))].slice(0, 100),
    markers: [...new Set(replies.flatMap(markersOf))].slice(0, 50),
    repliers: repliersOf(replies),
  };
}

/** The people among the authors of messages, and bots that look like them; those who spoke last when they are many. */
export function repliersOf(messages: readonly SlackMessage[]): Replier[] {
  const repliers = new Map<string, Replier>();
  for (const { user, subtype, bot_id: botId, ts } of messages) {
    if (user === undefined || !SPOKEN_BY_PEOPLE.has(subtype)) continue;
    const at = toMs(ts);
    const before = repliers.get(user) ?? { id: user, viaApp: true, firstAt: at, lastAt: at };
    const viaApp = before.viaApp && botId !== undefined;
    repliers.set(user, {
      id: user,
      viaApp,
      firstAt: Math.min(before.firstAt, at),
      lastAt: Math.max(before.lastAt, at),
    });
  }
  return [...repliers.values()].sort((a, b) => b.lastAt - a.lastAt).slice(0, MAX_REPLIERS);
}

/** The whole marker that we gave a message, as `writeMarker` made it. */
export function ownMarker({ metadata }: SlackMessage): string | undefined {
  const marker = metadata?.event_type === METADATA_TYPE ? metadata.event_payload['marker'] : undefined;
  return typeof marker === 'string' ? decodeEntities(marker) : undefined;
}

/** The signals that our own messages in a thread stand for. */
export function markersOf(message: SlackMessage): readonly string[] {
  const marker = ownMarker(message)?.slice(0, 2000) ?? '';
  return ['item', 'reply', 'loop'].flatMap((kind) => readMarkers(kind, marker));
}
