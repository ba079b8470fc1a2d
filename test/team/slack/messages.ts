import { ALERT_BOT, RESPONDER_BOT } from '../people.ts';
import type { Fields, SlackUpstream } from './upstream.ts';

/** A message as Slack sends it; only what the proxy itself looks at is named. */
export interface SlackMessage {
  readonly ts: string;
  readonly user?: string;
  readonly text: string;
  readonly thread_ts?: string;
  readonly bot_id?: string;
  readonly reply_count?: number;
  readonly metadata?: unknown;
  readonly blocks?: readonly Record<string, unknown>[];
  readonly [field: string]: unknown;
}

/** All top-level messages of a channel, newest first, or the error word. */
export async function readChannel(
  upstream: SlackUpstream,
  channel: string,
  token: string,
): Promise<readonly SlackMessage[] | string> {
  const messages: SlackMessage[] = [];
  for (let cursor = ''; ; ) {
    const page = await upstream.call('conversations.history', { channel, limit: 1000, cursor }, token);
    if (page['ok'] !== true) return String(page['error']);
    messages.push(...(page['messages'] as SlackMessage[]));
    cursor = (page['response_metadata'] as { next_cursor?: string }).next_cursor ?? '';
    if (cursor === '') return messages.map(dressed);
  }
}

/** A whole thread, the parent first and with what Slack says of a parent; or the error word. */
export async function readThread(
  upstream: SlackUpstream,
  at: { readonly channel: string; readonly ts: string },
  token: string,
): Promise<readonly SlackMessage[] | string> {
  const answer = await upstream.call('conversations.replies', { ...at }, token);
  if (answer['ok'] !== true) return String(answer['error']);
  const [parent, ...replies] = (answer['messages'] as SlackMessage[]).map(dressed);
  if (parent === undefined || parent.ts !== at.ts) return 'thread_not_found';
  if (replies.length === 0) return [parent];
  return [asParent(parent, replies), ...replies.map((reply) => ({ ...reply, parent_user_id: parent.user }))];
}

/** Gives every parent of a thread its `thread_ts`, `reply_count`, `latest_reply` …, which the emulator leaves out. */
export async function withThreads(
  upstream: SlackUpstream,
  page: { readonly channel: string; readonly messages: readonly SlackMessage[] },
): Promise<readonly SlackMessage[]> {
  return await Promise.all(
    page.messages.map(async (message) => {
      if ((message.reply_count ?? 0) === 0) return message;
      const thread = await readThread(upstream, { channel: page.channel, ts: message.ts }, upstream.reader());
      return typeof thread === 'string' ? message : (thread[0] ?? message);
    }),
  );
}

function asParent(parent: SlackMessage, replies: readonly SlackMessage[]): SlackMessage {
  const users = [...new Set(replies.flatMap((reply) => (reply.user === undefined ? [] : [reply.user])))];
  return {
    ...parent,
    thread_ts: parent.ts,
    reply_count: replies.length,
    reply_users: users.slice(0, 5),
    reply_users_count: users.length,
    latest_reply: replies.at(-1)?.ts,
    subscribed: false,
    is_locked: false,
  };
}

/** Slack says of an app's message which app it was. */
function dressed(message: SlackMessage): SlackMessage {
  const bot = [ALERT_BOT, RESPONDER_BOT].find((each) => each.userId === message.user);
  if (bot === undefined) return { ...message, team: 'T01ACME' };
  const profile = {
    id: bot.botId,
    app_id: bot.botId.replace('B', 'A'),
    name: bot.name,
    deleted: false,
    team_id: 'T01ACME',
  };
  return { ...message, team: 'T01ACME', bot_id: bot.botId, app_id: profile.app_id, bot_profile: profile };
}

/** `fields` as a window over messages: `oldest`, `latest` (epoch seconds as text), `inclusive`. */
export function inWindow(fields: Fields): (message: SlackMessage) => boolean {
  const oldest = fields['oldest'] === undefined || fields['oldest'] === '' ? 0 : Number(fields['oldest']);
  const latest =
    fields['latest'] === undefined || fields['latest'] === '' ? Number.POSITIVE_INFINITY : Number(fields['latest']);
  const inclusive = isTrue(fields['inclusive']);
  return ({ ts }) => {
    const at = Number(ts);
    return inclusive ? at >= oldest && at <= latest : at > oldest && at < latest;
  };
}

/** Metadata is only shown to who asks for it. */
export function metadataShown(fields: Fields): (message: SlackMessage) => SlackMessage {
  if (isTrue(fields['include_all_metadata'])) return (message) => message;
  return ({ metadata: _hidden, ...message }) => message;
}

export function isTrue(value: unknown): boolean {
  return value === true || value === 'true' || value === '1' || value === 1;
}
