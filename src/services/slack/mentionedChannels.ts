import type { SuggestedPlace } from '../../core/suggestedPlace.ts';
import { type FailedPlace, ServiceError } from '../service.ts';
import { findTarget, groupsOnce, type MentionTarget } from './mentionTargets.ts';
import { dayBefore, type Mention, maySearch, mentionsIn, queryFor } from './search.ts';
import { createSlackSession, type SlackPorts } from './session.ts';

/** Pages of 100 messages for each handle: enough to see where a team is called, whoever is called more. */
const MAX_PAGES = 5;
const PAGE_SIZE = 100;

export interface MentionedScope {
  /** Handles or ids of the team, without `@`. */
  readonly handles: readonly string[];
  /** Names of the channels that are watched already, without `#`. */
  readonly watched: ReadonlySet<string>;
  /** Epoch milliseconds. */
  readonly since: number;
}

/**
 * The channels in which somebody of `handles` was mentioned and that are not watched, most mentions first. Only a
 * person's token with `search:read` may look. https://docs.slack.dev/reference/methods/search.messages
 * @throws {ServiceError} `forbidden` for a bot's token; `notFound` when nobody is called so
 */
export async function mentionedChannels(
  scope: MentionedScope,
  ports: SlackPorts,
  abort: AbortSignal,
): Promise<readonly SuggestedPlace[]> {
  const { api, identity } = await createSlackSession(ports).open(abort);
  if (!maySearch(identity)) throw new ServiceError('forbidden', 'search.messages: only for people with search:read');
  const failed: FailedPlace[] = [];
  const context = { api, identity, memory: new Map<string, unknown>(), now: ports.now(), groups: groupsOnce(api) };
  const found = new Map<string, SuggestedPlace>();
  // One message that mentions two handles counts once.
  const counted = new Set<string>();
  let targets = 0;
  for (const handle of scope.handles) {
    const target = await findTarget(handle, context, failed);
    if (target === undefined) continue;
    targets += 1;
    for await (const match of mentionsOf(target, scope, (args) => api.call('search.messages', args))) {
      const { id, name } = match.channel;
      const key = `${id}:${match.ts}`;
      if (scope.watched.has(name) || counted.has(key)) continue;
      counted.add(key);
      const { mentions = 0, lastAt = 0 } = found.get(id) ?? {};
      found.set(id, { channel: name, mentions: mentions + 1, lastAt: Math.max(lastAt, match.at) });
    }
  }
  const [failure] = failed;
  if (targets === 0 && failure !== undefined) throw new ServiceError(failure.reason, failure.message);
  return [...found.values()].sort((a, b) => b.mentions - a.mentions || b.lastAt - a.lastAt);
}

async function* mentionsOf(
  target: Omit<MentionTarget, 'watchIds'>,
  { since }: MentionedScope,
  ask: (args: Readonly<Record<string, unknown>>) => Promise<unknown>,
): AsyncGenerator<Mention> {
  const query = `${queryFor(target)} after:${dayBefore(since)}`;
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const reply = await ask({ query, sort: 'timestamp', sort_dir: 'desc', count: PAGE_SIZE, page });
    const { read, mentions } = mentionsIn(reply, target.id);
    if (read === undefined) throw new ServiceError('badResponse', 'search.messages: the reply cannot be read');
    yield* mentions.filter(({ at }) => at >= since);
    if (read < PAGE_SIZE) return;
  }
}
