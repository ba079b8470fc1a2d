import { CHANNELS, USER_GROUPS } from '../people.ts';
import { type Call, fieldsOf, isRecord, json, type Reply, textOf, tokenOf } from '../proxy/call.ts';
import { blocksProblem } from './blocks.ts';
import {
  inWindow,
  isTrue,
  metadataShown,
  readChannel,
  readThread,
  type SlackMessage,
  withThreads,
} from './messages.ts';
import { searchMessages } from './search.ts';
import type { Fields, SlackUpstream } from './upstream.ts';

interface Ask {
  readonly upstream: SlackUpstream;
  readonly fields: Fields;
  readonly token: string;
}

type Method = (ask: Ask) => Promise<Record<string, unknown>>;

/** Slack's Web API: the emulator's, and what it lacks. `tokens`: accepted tokens; a test may add and remove. */
export function answerSlack(upstream: SlackUpstream, tokens: ReadonlySet<string>): (call: Call) => Promise<Reply> {
  return async (call) => {
    const method = /^\/api\/([\w.]+)$/u.exec(call.path)?.[1];
    if (method === undefined) return { status: 404, headers: {}, body: 'Not Found' };
    const fields = { ...Object.fromEntries(call.query), ...fieldsOf(call) };
    const token = tokenOf(call) ?? (typeof fields['token'] === 'string' ? fields['token'] : undefined);
    if (token === undefined || token === '') return json(200, { ok: false, error: 'not_authed' });
    if (!tokens.has(token)) return json(200, { ok: false, error: 'invalid_auth' });
    const answer = METHODS[method] ?? ((ask: Ask) => ask.upstream.call(method, ask.fields, ask.token));
    return json(200, await answer({ upstream, fields, token }), {
      'x-oauth-scopes': token.startsWith('xoxb-') ? BOT_SCOPES : USER_SCOPES,
    });
  };
}

const BOT_SCOPES =
  'channels:history,channels:read,groups:history,groups:read,chat:write,reactions:read,reactions:write,users:read,usergroups:read';
const USER_SCOPES = `${BOT_SCOPES},search:read`;

const METHODS: Readonly<Record<string, Method>> = {
  'conversations.history': history,
  'conversations.replies': replies,
  'users.conversations': userConversations,
  'usergroups.list': ({ fields }) =>
    Promise.resolve({ ok: true, usergroups: USER_GROUPS.map((group) => userGroup(group, fields)) }),
  'usergroups.users.list': ({ fields }) => {
    const group = USER_GROUPS.find((each) => each.id === fields['usergroup']);
    return Promise.resolve(group === undefined ? refuse('no_such_subteam') : { ok: true, users: group.users });
  },
  'search.messages': ({ upstream, fields, token }) =>
    token.startsWith('xoxb-')
      ? Promise.resolve(refuse('not_allowed_token_type'))
      : searchMessages(upstream, fields, token),
  'chat.postMessage': postMessage,
};

function refuse(error: string): Record<string, unknown> {
  return { ok: false, error };
}

async function history({ upstream, fields, token }: Ask): Promise<Record<string, unknown>> {
  const channel = textOf(fields['channel']);
  if (token.startsWith('xoxb-') && !(await isMember(upstream, channel, token))) return refuse('not_in_channel');
  const all = await readChannel(upstream, channel, token);
  if (typeof all === 'string') return refuse(all);
  const wanted = all.filter(inWindow(fields));
  const page = paged(wanted, fields, 100);
  if (page === undefined) return refuse('invalid_cursor');
  const messages = await withThreads(upstream, { channel, messages: page.items });
  return {
    ok: true,
    messages: messages.map(metadataShown(fields)),
    ...page.more,
    pin_count: 0,
    channel_actions_ts: null,
  };
}

async function replies({ upstream, fields, token }: Ask): Promise<Record<string, unknown>> {
  const at = { channel: textOf(fields['channel']), ts: textOf(fields['ts']) };
  if (token.startsWith('xoxb-') && !(await isMember(upstream, at.channel, token))) return refuse('not_in_channel');
  const thread = await readThread(upstream, at, token);
  if (typeof thread === 'string') return refuse(thread);
  const [parent, ...rest] = thread;
  const page = paged(rest.filter(inWindow(fields)), fields, 1000);
  if (page === undefined) return refuse('invalid_cursor');
  const messages = [...(parent === undefined ? [] : [parent]), ...page.items];
  return { ok: true, messages: messages.map(metadataShown(fields)), ...page.more };
}

interface Page {
  readonly items: readonly SlackMessage[];
  readonly more: Record<string, unknown>;
}

/** A page by `limit` and `cursor`; undefined when the cursor is none of ours. */
function paged(messages: readonly SlackMessage[], fields: Fields, usual: number): Page | undefined {
  const limit = Math.max(1, Math.min(Number(fields['limit'] ?? usual) || usual, 999));
  const cursor = typeof fields['cursor'] === 'string' ? fields['cursor'] : '';
  const after =
    cursor === ''
      ? ''
      : Buffer.from(cursor, 'base64')
          .toString('utf8')
          .replace(/^next_ts:/u, '');
  const start = after === '' ? 0 : messages.findIndex((message) => message.ts === after);
  if (start < 0) return undefined;
  const next = messages[start + limit];
  const more =
    next === undefined
      ? { has_more: false }
      : { has_more: true, response_metadata: { next_cursor: Buffer.from(`next_ts:${next.ts}`).toString('base64') } };
  return { items: messages.slice(start, start + limit), more };
}

async function isMember(upstream: SlackUpstream, channel: string, token: string): Promise<boolean> {
  const info = await upstream.call('conversations.info', { channel }, token);
  // An unknown channel is answered by the method itself.
  return !isRecord(info['channel']) || info['channel']['is_member'] === true;
}

async function userConversations({ upstream, fields, token }: Ask): Promise<Record<string, unknown>> {
  const answer = await upstream.call('conversations.list', { ...fields, limit: fields['limit'] ?? 100 }, token);
  if (!Array.isArray(answer['channels'])) return answer;
  return { ...answer, channels: answer['channels'].filter((each) => isRecord(each) && each['is_member'] === true) };
}

function userGroup(group: (typeof USER_GROUPS)[number], fields: Fields): Record<string, unknown> {
  return {
    id: group.id,
    team_id: 'T01ACME',
    is_usergroup: true,
    is_subteam: true,
    name: group.name,
    description: '',
    handle: group.handle,
    is_external: false,
    date_create: 1_700_000_000,
    date_update: 1_700_000_000,
    date_delete: 0,
    auto_type: null,
    created_by: 'U02KAI',
    updated_by: 'U02KAI',
    deleted_by: null,
    prefs: { channels: [], groups: [] },
    ...(isTrue(fields['include_users']) ? { users: group.users } : {}),
    ...(isTrue(fields['include_count']) ? { user_count: group.users.length } : {}),
  };
}

async function postMessage({ upstream, fields, token }: Ask): Promise<Record<string, unknown>> {
  const blocks = parsed(fields['blocks']);
  if (blocks === null || (blocks !== undefined && !Array.isArray(blocks))) return refuse('invalid_blocks_format');
  const problem = blocks === undefined ? undefined : blocksProblem(blocks.filter(isRecord));
  if (problem !== undefined) return { ...refuse(problem), response_metadata: { messages: [`[ERROR] ${problem}`] } };
  const name = textOf(fields['channel']).replace(/^#/u, '');
  const channel = (CHANNELS as Readonly<Record<string, string>>)[name] ?? name;
  if (!(await isMember(upstream, channel, token))) return refuse('not_in_channel');
  return await upstream.call('chat.postMessage', { ...fields, channel }, token);
}

/** A field that is JSON, or JSON as text; null when it is neither. */
function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (value === '') return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}
