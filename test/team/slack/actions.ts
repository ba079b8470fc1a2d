import type { TeamClock } from '../emulator.ts';
import { ALERT_BOT, CHANNELS, type ChannelName, NOOR, PEOPLE, RESPONDER_BOT, USER_GROUPS } from '../people.ts';
import { richText } from './blocks.ts';
import { readChannel, readThread, type SlackMessage } from './messages.ts';
import { permalink } from './search.ts';
import type { SlackUpstream } from './upstream.ts';

export interface PostOptions {
  /** Epoch ms; now when not given. */
  readonly at?: number;
  /** Instead of the `rich_text` block that Slack's editor would make of the text. */
  readonly blocks?: readonly unknown[];
  readonly attachments?: readonly unknown[];
}

/** Where a message is. */
export interface Posted {
  readonly channel: string;
  readonly ts: string;
  readonly permalink: string;
}

/** What people do in Slack, past the proxy: nothing of it is recorded or breaks by a fault. */
export class SlackActions {
  readonly #upstream: SlackUpstream;
  readonly #clock: TeamClock;

  constructor(upstream: SlackUpstream, clock: TeamClock) {
    this.#upstream = upstream;
    this.#clock = clock;
  }

  /**
   * Posts as a person (`Noor`) or `alertbot`. In the text, `@Kai`, `@integrations-team` and `#integrations` are
   * mentions; the rest is Slack's own markup.
   */
  async post(channel: ChannelName, by: string, text: string, options: PostOptions = {}): Promise<Posted> {
    return await this.#send({ channel: CHANNELS[channel], by, text, thread: undefined }, options);
  }

  async reply(
    to: Pick<Posted, 'channel' | 'ts'>,
    by: string,
    text: string,
    options: PostOptions = {},
  ): Promise<Posted> {
    return await this.#send({ channel: to.channel, by, text, thread: to.ts }, options);
  }

  /** Puts an emoji on a message, or takes that person's own away again. */
  async react(
    message: Pick<Posted, 'channel' | 'ts'>,
    by: string,
    { name = 'eyes', remove = false }: { name?: string; remove?: boolean } = {},
  ): Promise<void> {
    const { channel, ts: timestamp } = message;
    await this.#call(remove ? 'reactions.remove' : 'reactions.add', { channel, timestamp, name }, tokenFor(by));
  }

  /** Deletes a message of that person. */
  async remove(message: Pick<Posted, 'channel' | 'ts'>, by: string): Promise<void> {
    await this.#call('chat.delete', { channel: message.channel, ts: message.ts }, tokenFor(by));
  }

  /** The messages of a thread, the parent first. */
  async thread(channel: ChannelName | (string & {}), ts: string): Promise<readonly SlackMessage[]> {
    const thread = await readThread(this.#upstream, { channel: channelId(channel), ts }, NOOR.slackToken);
    if (typeof thread === 'string') throw new Error(thread);
    return thread;
  }

  /** The top-level messages of a channel, newest first. */
  async messages(channel: ChannelName | (string & {})): Promise<readonly SlackMessage[]> {
    const messages = await readChannel(this.#upstream, channelId(channel), NOOR.slackToken);
    if (typeof messages === 'string') throw new Error(messages);
    return messages;
  }

  /** The bots go where a team would invite them: not into every channel. */
  async inviteBots(): Promise<void> {
    for (const channel of [CHANNELS.integrations, CHANNELS['feedback-dogfood'], CHANNELS['alerts-integrations']]) {
      await this.#call('conversations.join', { channel }, RESPONDER_BOT.token);
    }
    await this.#call('conversations.join', { channel: CHANNELS['alerts-integrations'] }, ALERT_BOT.token);
    await this.#call('conversations.join', { channel: CHANNELS['feedback-dogfood'] }, ALERT_BOT.token);
    await this.#call(
      'conversations.invite',
      { channel: CHANNELS['integrations-internal'], users: RESPONDER_BOT.userId },
      NOOR.slackToken,
    );
  }

  async #send(
    message: { channel: string; by: string; text: string; thread: string | undefined },
    { at, blocks, attachments }: PostOptions,
  ): Promise<Posted> {
    const { channel, by, thread } = message;
    const text = withMentions(message.text);
    const isBot = by === ALERT_BOT.name;
    const shown = blocks ?? (isBot ? undefined : [richText(text)]);
    const fields = {
      channel,
      text,
      ...(thread === undefined ? {} : { thread_ts: thread }),
      ...(shown === undefined ? {} : { blocks: shown }),
      ...(attachments === undefined ? {} : { attachments }),
    };
    const act = (): Promise<Record<string, unknown>> => this.#call('chat.postMessage', fields, tokenFor(by));
    const answer = at === undefined ? await act() : await this.#clock.at(at, act);
    const ts = String(answer['ts']);
    const link = permalink(channel, {
      ts,
      text,
      ...(thread === undefined ? {} : { thread_ts: thread }),
    } as SlackMessage);
    return { channel, ts, permalink: link };
  }

  async #call(method: string, fields: Record<string, unknown>, token: string): Promise<Record<string, unknown>> {
    const answer = await this.#upstream.call(method, fields, token);
    if (answer['ok'] !== true) throw new Error(`${method}: ${String(answer['error'])}`);
    return answer;
  }
}

function tokenFor(by: string): string {
  const token = by === ALERT_BOT.name ? ALERT_BOT.token : PEOPLE.find((person) => person.name === by)?.slackToken;
  if (token === undefined) throw new Error(`nobody here is called ${by}`);
  return token;
}

function channelId(channel: string): string {
  return (CHANNELS as Readonly<Record<string, string>>)[channel] ?? channel;
}

function withMentions(text: string): string {
  const ids = new Map([
    ...PEOPLE.map((person): [string, string] => [`@${person.name}`, `<@${person.slack}>`]),
    ...USER_GROUPS.map((group): [string, string] => [`@${group.handle}`, `<!subteam^${group.id}>`]),
    ...Object.entries(CHANNELS).map(([name, id]): [string, string] => [`#${name}`, `<#${id}|${name}>`]),
  ]);
  return text.replace(/(?<![\w/])[@#][\w-]+/gu, (word) => ids.get(word) ?? word);
}
