import * as z from 'zod/mini';
import { oneLine } from '../../core/plainText.ts';
import type { Author } from '../../core/signal.ts';
import type { Log, Memory } from '../service.ts';
import { type SlackApi, SlackRefusal, survivable } from './client.ts';
import { contentOf } from './content.ts';
import { mentionsIn, type Names } from './richText.ts';
import { listOf, type SlackMessage } from './wire.ts';

const MAX_LOOKUPS = 60;

/** Names of users and groups, asked for once and kept in the source's memory. */
export interface NameBook extends Names {
  /**
   * Learns everybody whom these messages name, and `others`; what cannot be learnt keeps its id.
   * @throws {ServiceError} `unauthenticated`
   */
  learn(messages: readonly SlackMessage[], others?: readonly string[]): Promise<void>;
  author(message: SlackMessage): Author | undefined;
  /** Whether a user is a bot; undefined when nothing is known of them. */
  isBot(userId: string): boolean | undefined;
}

interface NameBookOptions {
  readonly api: SlackApi;
  readonly memory: Memory;
  readonly teamId: string;
  readonly log: Log;
}

/** Of somebody who cannot be looked up only the id is known, which is remembered so that nobody asks again. */
const personShape = z.object({ name: z.string(), isBot: z.optional(z.boolean()) });
type Person = z.infer<typeof personShape>;

export function createNameBook({ api, memory, teamId, log }: NameBookOptions): NameBook {
  const key = (kind: string, id: string): string => `${teamId}/${kind}:${id}`;
  let lookups = MAX_LOOKUPS;

  const person = (id: string): Person | undefined => personShape.safeParse(memory.get(key('user', id))).data;
  const name = (kind: string, id: string): string => {
    const known = memory.get(key(kind, id));
    return typeof known === 'string' ? known : id;
  };

  async function ask(what: string, run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      // What failed for one will fail for the others: no more in this cycle.
      lookups = 0;
      log.info(`slack: ${what} stay unnamed for now (${survivable(error).message})`);
    }
  }

  async function learnUser(id: string): Promise<void> {
    if (lookups <= 0 || person(id) !== undefined) return;
    lookups -= 1;
    await ask('users', async () => {
      memory.set(key('user', id), await readUser(api, id));
    });
  }

  async function learnGroups(ids: readonly string[]): Promise<void> {
    const unknown = ids.filter((id) => memory.get(key('group', id)) === undefined);
    if (lookups <= 0 || unknown.length === 0) return;
    lookups -= 1;
    await ask('user groups', async () => {
      const groups = parseGroups(await api.call('usergroups.list', { include_disabled: true }));
      for (const { id, handle } of groups) memory.set(key('group', id), handle);
      for (const id of unknown) if (memory.get(key('group', id)) === undefined) memory.set(key('group', id), id);
    });
  }

  return {
    async learn(messages, others = []) {
      const mentions = messages.flatMap((message) => mentionsIn(contentOf(message)));
      const users = mentions.flatMap(({ of, id }) => (of === 'user' ? [id] : []));
      const authors = messages.flatMap(({ user }) => user ?? []);
      for (const id of new Set([...authors, ...users, ...others])) await learnUser(id);
      await learnGroups([...new Set(mentions.flatMap(({ of, id }) => (of === 'group' ? [id] : [])))]);
    },
    author: (message) => authorOf(message, person),
    isBot: (id) => person(id)?.isBot,
    user: (id) => person(id)?.name ?? id,
    group: (id) => name('group', id),
    channel: (id) => name('channelName', id),
  };
}

/**
 * A message sent with a person's token through an app has a `bot_id` too, so the person's own record decides whether
 * a bot speaks; `bot_id` does only where there is no person or nothing is known of them.
 */
function authorOf(message: SlackMessage, person: (id: string) => Person | undefined): Author | undefined {
  const { user, bot_id: botId, username, bot_profile: profile } = message;
  const id = user ?? botId;
  if (id === undefined) return undefined;
  const known = person(id);
  const isBot = message.subtype === 'bot_message' || (known?.isBot ?? botId !== undefined);
  const own = [username, profile?.name];
  const names = isBot ? [...own, known?.name] : [known?.name, ...own];
  return { id, name: oneLine(names.find(Boolean) ?? '', 80) || id, isBot };
}

const text = z.catch(z.optional(z.string()), undefined);
const userShape = z.object({
  user: z.object({
    name: text,
    real_name: text,
    is_bot: z.catch(z.boolean(), false),
    profile: z.catch(z.object({ display_name: text, real_name: text }), {}),
  }),
});

async function readUser(api: SlackApi, id: string): Promise<Person> {
  try {
    return parseUser(await api.call('users.info', { user: id }), id);
  } catch (error) {
    if (error instanceof SlackRefusal && /^user_not_(?:found|visible)$/u.test(error.code)) return { name: id };
    throw error;
  }
}

function parseUser(reply: unknown, id: string): Person {
  const parsed = userShape.safeParse(reply);
  if (!parsed.success) return { name: id };
  const { name, real_name: realName, is_bot: isBot, profile } = parsed.data.user;
  const called = [profile.display_name, realName, profile.real_name, name].find((one) => (one ?? '').trim() !== '');
  return { name: oneLine(called ?? '', 80) || id, isBot: isBot || id === 'USLACKBOT' };
}

const groupShape = z.object({ id: z.string().check(z.regex(/^[A-Z0-9]{1,32}$/u)), handle: z.string() });

export interface UserGroup {
  readonly id: string;
  /** Without `@`. */
  readonly handle: string;
}

/** Reads `usergroups.list`. @throws {ServiceError} `badResponse` */
export function parseGroups(reply: unknown): readonly UserGroup[] {
  return listOf(reply, 'usergroups').flatMap((raw) => {
    const parsed = groupShape.safeParse(raw);
    return parsed.success ? [{ id: parsed.data.id, handle: oneLine(parsed.data.handle, 80) }] : [];
  });
}
