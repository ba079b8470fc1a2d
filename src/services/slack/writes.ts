import * as z from 'zod/mini';
import type { Outcome, Write } from '../../core/proposal.ts';
import type { Clock } from '../clock.ts';
import { ServiceError, type WriteContext, type Writer } from '../service.ts';
import type { SlackWriteApi } from './client.ts';
import { deleteMessage } from './deleteWrites.ts';
import type { PlaceContext } from './lookup.ts';
import { splitMarkdown, toBlockText, toFallback } from './messageParts.ts';
import { findChannel } from './places.ts';
import { react } from './reactionWrites.ts';
import { createSlackSession, type SlackPorts } from './session.ts';
import { permalink } from './threadSignal.ts';
import { type History, ownMarker, readHistory, readThread } from './threads.ts';
import { METADATA_TYPE, type SlackMessage, toTs } from './wire.ts';

const FIND_PAGES = 25;
/** This machine's clock and Slack's need not agree. */
const CLOCK_SKEW_MS = 10 * 60_000;
/** Slack takes a message a second in one channel: https://docs.slack.dev/apis/web-api/rate-limits */
const BETWEEN_PARTS_MS = 1000;

type SlackWrite = Extract<Write, { type: 'replyInThread' | 'postMessage' }>;

/**
 * Posts in threads and channels, reacts, and deletes what it posted. That is recognised by the marker in the message's
 * metadata. The `clock` is for the waits between the parts of a long text.
 */
export function createSlackWriter({ clock, ...ports }: SlackPorts & { readonly clock: Pick<Clock, 'delay'> }): Writer {
  const session = createSlackSession(ports);
  /** Ids of channels that were written to. */
  const memory = new Map<string, unknown>();

  async function open(write: Write, { abort }: WriteContext): Promise<Post> {
    if (write.type !== 'replyInThread' && write.type !== 'postMessage') {
      throw new ServiceError('refused', `Slack does not write ${write.type}`);
    }
    const { api, identity } = await session.open(abort);
    const context = { api, memory, identity, now: ports.now() };
    return {
      write,
      api,
      origin: identity.origin,
      channel: await channelOf(write, context),
      parts: splitMarkdown(write.markdown),
    };
  }

  return {
    service: 'slack',
    types: ['replyInThread', 'postMessage', 'react', 'deleteMessage'],
    async find(write, context) {
      // Doing these twice changes nothing, so they are simply done again.
      if (write.type === 'react' || write.type === 'deleteMessage') return undefined;
      const post = await open(write, context);
      const written = await findWritten(post);
      return isWhole(post.parts, written) ? outcome(post, written) : undefined;
    },
    async apply(write, context) {
      if (write.type === 'react') {
        return react(write, { ...(await session.open(context.abort)), begins: context.begins });
      }
      if (write.type === 'deleteMessage') return deleteMessage(write, await session.open(context.abort));
      const post = await open(write, context);
      // Of several messages some may have arrived before a failure; a single one was looked for by `find`.
      const written = new Map(post.parts.length > 1 ? await findWritten(post) : []);
      let sent = 0;
      for (const [part, markdown] of post.parts.entries()) {
        if (written.has(part)) continue;
        if (sent > 0) await clock.delay(BETWEEN_PARTS_MS, context.abort);
        written.set(part, await send(post, { part, markdown, first: written.get(0) }));
        sent += 1;
      }
      return outcome(post, written);
    },
  };
}

interface Post {
  readonly write: SlackWrite;
  readonly api: SlackWriteApi;
  readonly origin: string;
  /** Id. */
  readonly channel: string;
  readonly parts: readonly string[];
}

async function channelOf(write: SlackWrite, context: PlaceContext): Promise<string> {
  return write.type === 'replyInThread' ? write.channel : findChannel(write.channel, context);
}

/**
 * The `ts` of the parts that are already there. Later parts of a message stand in its thread.
 * @throws {ServiceError} when one that was not seen may stand in what was not read: nothing is posted on a guess.
 */
async function findWritten(post: Post): Promise<ReadonlyMap<number, string>> {
  const { api, channel, write } = post;
  if (write.type === 'replyInThread') return surelyIn(await readThread(api, channel, write.threadTs), post);
  const oldest = toTs(write.since - CLOCK_SKEW_MS);
  const history = await readHistory(api, channel, { oldest, maxPages: FIND_PAGES });
  const first = partsIn(history.messages, write.marker).get(0);
  if (first === undefined || post.parts.length === 1) return surelyIn(history, post);
  return surelyIn(await readThread(api, channel, first), post);
}

function surelyIn(
  { messages, cut }: Pick<History, 'messages' | 'cut'>,
  { write, parts }: Post,
): ReadonlyMap<number, string> {
  const written = partsIn(messages, write.marker);
  if (cut !== undefined && !isWhole(parts, written)) throw cut;
  return written;
}

function isWhole(parts: Post['parts'], written: ReadonlyMap<number, string>): boolean {
  return parts.every((_, part) => written.has(part));
}

function partsIn(messages: readonly SlackMessage[], marker: string): ReadonlyMap<number, string> {
  const parts = new Map<number, string>();
  for (const message of messages) {
    const part = z.int().safeParse(message.metadata?.event_payload['part'] ?? 0).data;
    if (part !== undefined && ownMarker(message) === marker && !parts.has(part)) parts.set(part, message.ts);
  }
  return parts;
}

const sentShape = z.object({ ts: z.string().check(z.regex(/^\d{1,12}\.\d{1,6}$/u)) });

async function send(
  { api, write, channel }: Post,
  { part, markdown, first }: { readonly part: number; readonly markdown: string; readonly first: string | undefined },
): Promise<string> {
  const reply = await api.send('chat.postMessage', {
    channel,
    thread_ts: write.type === 'replyInThread' ? write.threadTs : first,
    text: toFallback(markdown),
    blocks: [{ type: 'markdown', text: toBlockText(markdown) }],
    metadata: { event_type: METADATA_TYPE, event_payload: { marker: write.marker, part } },
    unfurl_links: false,
    unfurl_media: false,
  });
  const sent = sentShape.safeParse(reply);
  if (!sent.success) throw new ServiceError('badResponse', 'chat.postMessage: the reply cannot be read');
  return sent.data.ts;
}

function outcome({ write, origin, channel }: Post, written: ReadonlyMap<number, string>): Outcome {
  const ts = written.get(0);
  const root = write.type === 'replyInThread' ? write.threadTs : ts;
  // The last part first: a message with replies leaves a trace when it goes.
  const parts = [...written].sort(([one], [other]) => other - one);
  return {
    url: permalink(origin, channel, ts ?? '', root),
    issue: undefined,
    warnings: [],
    undo: parts.map(([, part]) => ({ type: 'deleteMessage', channel, ts: part })),
  };
}
