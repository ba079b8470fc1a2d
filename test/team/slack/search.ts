import { CHANNELS, PEOPLE, SLACK_WEB, USER_GROUPS } from '../people.ts';
import { textOf } from '../proxy/call.ts';
import { readChannel, readThread, type SlackMessage } from './messages.ts';
import type { Fields, SlackUpstream } from './upstream.ts';

interface Found {
  readonly channel: { readonly id: string; readonly name: string };
  readonly message: SlackMessage;
}

/** `search.messages` (user tokens only): words, "phrases", `in:`, `from:`, `after:`, `before:`, `on:`, `-not`. */
export async function searchMessages(
  upstream: SlackUpstream,
  fields: Fields,
  token: string,
): Promise<Record<string, unknown>> {
  const query = textOf(fields['query']);
  if (query.trim() === '') return { ok: false, error: 'no_query' };
  const wanted = parseQuery(query);
  const all = await allMessages(upstream, token);
  const direction = fields['sort_dir'] === 'asc' ? 1 : -1;
  const found = all
    .filter((each) => wanted.every((test) => test(each)))
    .sort((a, b) => direction * (Number(a.message.ts) - Number(b.message.ts)));
  const count = Math.min(Number(fields['count'] ?? 20), 100);
  const page = Math.max(1, Number(fields['page'] ?? 1));
  const pages = Math.max(1, Math.ceil(found.length / count));
  return {
    ok: true,
    query,
    messages: {
      total: found.length,
      pagination: { total_count: found.length, page, per_page: count, page_count: pages, first: 1, last: found.length },
      paging: { count, total: found.length, page, pages },
      matches: found.slice((page - 1) * count, page * count).map(asMatch),
    },
  };
}

async function allMessages(upstream: SlackUpstream, token: string): Promise<readonly Found[]> {
  const found: Found[] = [];
  for (const [name, id] of Object.entries(CHANNELS)) {
    const messages = await readChannel(upstream, id, token);
    if (typeof messages === 'string') continue;
    for (const message of messages) {
      const thread =
        (message.reply_count ?? 0) > 0
          ? await readThread(upstream, { channel: id, ts: message.ts }, upstream.reader())
          : [message];
      found.push(
        ...(typeof thread === 'string' ? [message] : thread).map((each) => ({ channel: { id, name }, message: each })),
      );
    }
  }
  return found;
}

function parseQuery(query: string): readonly ((found: Found) => boolean)[] {
  return [...query.matchAll(/(-?)(?:(in|from|after|before|on):)?(?:"([^"]*)"|(\S+))/gu)].map(
    ([, minus, key, phrase, word]) => {
      const test = condition(key, phrase ?? word ?? '');
      return minus === '-' ? (found: Found) => !test(found) : test;
    },
  );
}

function condition(key: string | undefined, value: string): (found: Found) => boolean {
  const id = value.replace(/^<?[@#]?([^|>]*).*$/u, '$1');
  const day = ({ message }: Found): string => new Date(Number(message.ts) * 1000).toISOString().slice(0, 10);
  switch (key ?? '') {
    case 'in':
      return ({ channel }) => channel.id === id || channel.name === id;
    case 'from': {
      const person = PEOPLE.find((each) => [each.slack, each.name.toLowerCase()].includes(id));
      return ({ message }) => message.user === (person?.slack ?? id);
    }
    case 'after':
      return (found) => day(found) > value;
    case 'before':
      return (found) => day(found) < value;
    case 'on':
      return (found) => day(found) === value;
    default:
      return ({ message }) => searchable(message).includes(value.toLowerCase());
  }
}

/** The text with its markup and as it is read, and what only the blocks say. */
function searchable(message: SlackMessage): string {
  const blocks = JSON.stringify(message.blocks ?? [])
    .replace(/"usergroup_id":"(\w+)"/gu, '<!subteam^$1>')
    .replace(/"user_id":"(\w+)"/gu, '<@$1>');
  const raw = `${message.text} ${blocks}`;
  const read = USER_GROUPS.reduce((text, group) => text.replaceAll(`<!subteam^${group.id}>`, `@${group.handle}`), raw);
  return `${raw} ${read}`.toLowerCase();
}

function asMatch({ channel, message }: Found): Record<string, unknown> {
  const person = PEOPLE.find((each) => each.slack === message.user);
  return {
    iid: `${channel.id}-${message.ts}`,
    team: 'T01ACME',
    channel: {
      ...channel,
      is_private: channel.name === 'integrations-internal',
      is_channel: true,
      is_im: false,
      is_mpim: false,
    },
    type: 'message',
    user: message.user ?? '',
    username: person?.name.toLowerCase() ?? message['username'] ?? '',
    ts: message.ts,
    text: message.text,
    ...(message.blocks === undefined ? {} : { blocks: message.blocks }),
    permalink: permalink(channel.id, message),
  };
}

export function permalink(channel: string, message: Pick<SlackMessage, 'ts' | 'thread_ts'>): string {
  const address = `${SLACK_WEB}/archives/${channel}/p${message.ts.replace('.', '')}`;
  const { thread_ts: thread } = message;
  return thread === undefined || thread === message.ts ? address : `${address}?thread_ts=${thread}&cid=${channel}`;
}
