import type { Conversation } from '../../core/conversation.ts';
import { parseThreadId } from '../../core/nativeIds.ts';
import type { Signal } from '../../core/signal.ts';
import { ServiceError, type Source } from '../service.ts';
import { messageMarkdown } from './content.ts';
import { createNameBook } from './names.ts';
import { pollSlack } from './poll.ts';
import { createMentionSearch } from './search.ts';
import { createSlackSession, type SlackPorts, type SlackSession } from './session.ts';
import { permalink } from './threadSignal.ts';
import { readThread } from './threads.ts';
import { toMs } from './wire.ts';

/** The source of a workspace's threads: those of watched channels, and those that mention who is watched. */
export function createSlackSource(ports: SlackPorts): Source {
  const session = createSlackSession(ports);
  const search = createMentionSearch(ports.log);
  /** Names for conversations; a poll keeps its own in the store. */
  const learnt = new Map<string, unknown>();
  return {
    id: 'slack',
    service: 'slack',
    async poll(request) {
      const { api, identity } = await session.open(request.abort);
      return pollSlack(request, { api, identity, search, now: ports.now(), log: ports.log });
    },
    readConversation: (signal, abort) => readConversation(signal, abort, { ports, session, learnt }),
    async account(abort) {
      const { identity } = await session.open(abort);
      return { id: identity.userId, name: identity.name };
    },
  };
}

async function readConversation(
  signal: Signal,
  abort: AbortSignal,
  { ports, session, learnt }: { ports: SlackPorts; session: SlackSession; learnt: Map<string, unknown> },
): Promise<Conversation> {
  const thread = parseThreadId(signal.id);
  if (thread === undefined) throw new ServiceError('notFound', 'not a Slack thread');
  const { api, identity } = await session.open(abort);
  const { messages, problems } = await readThread(api, thread.channel, thread.ts);
  const names = createNameBook({ api, memory: learnt, teamId: identity.teamId, log: ports.log });
  await names.learn(messages);
  return {
    messages: messages.map((message) => ({
      author: names.author(message) ?? { id: 'unknown', name: '—', isBot: false },
      at: toMs(message.ts),
      markdown: messageMarkdown(message, names),
      url: permalink(identity.origin, thread.channel, message.ts, thread.ts),
    })),
    skipped: problems.length,
  };
}
