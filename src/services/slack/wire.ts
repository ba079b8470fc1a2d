import * as z from 'zod/mini';
import { alertNamesIn } from '../../core/alertName.ts';
import { oneLine } from '../../core/plainText.ts';
import { findUrls } from '../../core/url.ts';
import { ServiceError } from '../service.ts';
import { decodeEntities } from './mrkdwn.ts';

/** What our own messages carry, so that they are found again and never taken for somebody's question. */
export const METADATA_TYPE = 'responder_duty';

const timestamp = z.string().check(z.regex(/^\d{1,12}\.\d{1,6}$/u));
const optionalText = z.catch(z.optional(z.string().check(z.maxLength(1000))), undefined);
const optionalTs = z.catch(z.optional(timestamp), undefined);
const id = z.string().check(z.regex(/^[A-Z0-9]{1,32}$/u));
const optionalId = z.catch(z.optional(id), undefined);
const raw = z.catch(z.unknown(), undefined);

const messageShape = z.object({
  ts: timestamp,
  thread_ts: optionalTs,
  subtype: optionalText,
  user: optionalId,
  bot_id: optionalId,
  username: optionalText,
  bot_profile: z.catch(z.optional(z.object({ name: optionalText })), undefined),
  text: z.catch(z.string(), ''),
  blocks: raw,
  attachments: raw,
  files: raw,
  reply_count: z.catch(z.int().check(z.minimum(0)), 0),
  latest_reply: optionalTs,
  reactions: raw,
  edited: z.catch(z.optional(z.object({ ts: timestamp })), undefined),
  metadata: z.catch(
    z.optional(z.object({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) })),
    undefined,
  ),
});

/** A message as Slack tells it; blocks, attachments and files are read when they are needed. */
export type SlackMessage = z.infer<typeof messageShape>;

export interface MessagePage {
  readonly messages: readonly SlackMessage[];
  /** What is wrong with the records that were passed over. */
  readonly problems: readonly string[];
  readonly nextCursor: string | undefined;
}

const cursorShape = z.object({
  response_metadata: z.catch(
    z.optional(z.object({ next_cursor: z.catch(z.optional(z.string().check(z.maxLength(2000))), undefined) })),
    undefined,
  ),
});

/** @throws {ServiceError} `badResponse` when the reply holds no list of messages. */
export function parseMessages(reply: unknown): MessagePage {
  const records = listOf(reply, 'messages');
  const messages: SlackMessage[] = [];
  const problems: string[] = [];
  for (const record of records) {
    const parsed = messageShape.safeParse(record);
    if (parsed.success) messages.push(parsed.data);
    else problems.push(problemOf(parsed.error));
  }
  return { messages, problems, nextCursor: cursorOf(reply) };
}

/** The list that a reply holds under `key`. @throws {ServiceError} `badResponse` */
export function listOf(reply: unknown, key: string): readonly unknown[] {
  const list = z.record(z.string(), z.unknown()).safeParse(reply).data?.[key];
  if (!Array.isArray(list)) throw new ServiceError('badResponse', `the reply holds no list of ${key}`);
  return list;
}

/** Where the next page begins; undefined on the last one. */
export function cursorOf(reply: unknown): string | undefined {
  return cursorShape.safeParse(reply).data?.response_metadata?.next_cursor || undefined;
}

function problemOf(error: z.core.$ZodError): string {
  return `a message without a usable ${oneLine(error.issues[0]?.path.join('.') || 'shape', 60)}`;
}

const identityShape = z.object({
  url: z.url().check(z.maxLength(300)),
  user: z.catch(z.string(), ''),
  user_id: id,
  team_id: id,
  bot_id: optionalId,
  response_metadata: z.catch(z.object({ scopes: z.catch(z.optional(z.array(z.string())), undefined) }), {}),
});

/** Whose token it is. */
export interface Identity {
  /** Origin of the workspace: permalinks begin with it. */
  readonly origin: string;
  readonly teamId: string;
  readonly userId: string;
  readonly name: string;
  readonly isBot: boolean;
  /** Undefined when Slack did not say. */
  readonly scopes: readonly string[] | undefined;
}

/** Reads `auth.test`. @throws {ServiceError} `badResponse` */
export function parseIdentity(reply: unknown): Identity {
  const parsed = identityShape.safeParse(reply);
  const url = parsed.success ? new URL(parsed.data.url) : undefined;
  if (!parsed.success || !/^https?:$/u.test(url?.protocol ?? '')) {
    throw new ServiceError('badResponse', 'auth.test: the reply cannot be read');
  }
  const { user, user_id: userId, team_id: teamId, bot_id: botId, response_metadata: metadata } = parsed.data;
  return {
    origin: url?.origin ?? '',
    teamId,
    userId,
    name: oneLine(user, 80) || userId,
    isBot: botId !== undefined,
    scopes: metadata.scopes,
  };
}

/** A message's time in epoch milliseconds; its `ts` is seconds with microseconds. */
export function toMs(ts: string): number {
  const [seconds = '0', micros = '0'] = ts.split('.');
  return Number(seconds) * 1000 + Math.floor(Number(micros.padEnd(6, '0')) / 1000);
}

export function toTs(ms: number): string {
  return (Math.max(0, ms) / 1000).toFixed(6);
}

const reactionShape = z.object({ name: z.string(), users: z.array(id) });

/** Ids of those who reacted with an emoji, sorted; Slack may name fewer than it counts. */
export function reactedWith({ reactions }: Pick<SlackMessage, 'reactions'>, name: string): readonly string[] {
  const list: readonly unknown[] = Array.isArray(reactions) ? reactions.slice(0, 100) : [];
  const users = list.flatMap((one) => {
    const { data } = reactionShape.safeParse(one);
    return data?.name === name ? data.users.slice(0, 100) : [];
  });
  return [...new Set(users)].sort();
}

/** What a message holds in all of its text, blocks and attachments. */
export interface Scan {
  /** Normalised addresses. */
  readonly urls: readonly string[];
  /** Ids of the users and groups it mentions. */
  readonly mentioned: readonly string[];
  /** The name of the alert that it is about, see `alertNamesIn`. */
  readonly alerts: readonly string[];
}

const MENTION = /<(?:!subteam\^|@)([A-Z0-9]{1,32})(?:\|[^>]{0,200})?>/gu;
const PICTURES = /icon|image|thumb|avatar/iu;
const MAX_SCANNED = 200_000;
const MAX_NODES = 5000;
const MAX_DEPTH = 14;

export function scanMessage({
  text,
  blocks,
  attachments,
}: Pick<SlackMessage, 'text' | 'blocks' | 'attachments'>): Scan {
  const found = { texts: [] as string[], mentioned: new Set<string>(), room: MAX_SCANNED, nodes: MAX_NODES };
  for (const part of [text, blocks, attachments]) scan(part, found, { depth: 0, rich: false });
  const words = decodeEntities(found.texts.join('\n'));
  return { urls: findUrls(words), mentioned: [...found.mentioned].slice(0, 100), alerts: alertNamesIn(words) };
}

interface Found {
  readonly texts: string[];
  readonly mentioned: Set<string>;
  room: number;
  nodes: number;
}

function scan(value: unknown, found: Found, at: { readonly depth: number; readonly rich: boolean }): void {
  if (found.nodes-- <= 0 || found.room <= 0 || at.depth > MAX_DEPTH) return;
  if (typeof value === 'string') {
    const part = value.slice(0, found.room);
    found.room -= part.length;
    found.texts.push(part);
    // In rich text a typed `<@U1>` is only text; mentions are elements of their own.
    if (!at.rich) for (const [, mentioned = ''] of part.matchAll(MENTION)) found.mentioned.add(mentioned);
  } else if (Array.isArray(value)) {
    for (const one of value) scan(one, found, { ...at, depth: at.depth + 1 });
  } else if (typeof value === 'object' && value !== null) scanObject(value, found, at);
}

function scanObject(value: object, found: Found, at: { readonly depth: number; readonly rich: boolean }): void {
  const entries: readonly [string, unknown][] = Object.entries(value);
  const fields = new Map(entries);
  const type = fields.get('type');
  const mentioned = type === 'user' ? fields.get('user_id') : type === 'usergroup' ? fields.get('usergroup_id') : '';
  if (typeof mentioned === 'string' && /^[A-Z0-9]{1,32}$/u.test(mentioned)) found.mentioned.add(mentioned);
  const rich = at.rich || (typeof type === 'string' && type.startsWith('rich_text'));
  for (const [key, inner] of entries) {
    if (!PICTURES.test(key)) scan(inner, found, { depth: at.depth + 1, rich });
  }
}
