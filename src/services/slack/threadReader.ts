import type { Log, Memory, ServiceError, SkippedRecord } from '../service.ts';
import { type SlackApi, survivable } from './client.ts';
import { lastChange, type Thread, type ThreadPlace, threadId } from './threadSignal.ts';
import { type Digest, digestReplies, NO_REPLIES, readThread, rememberDigest, rememberedDigest } from './threads.ts';
import { type SlackMessage, toMs } from './wire.ts';

/** `conversations.replies` is Tier 3, 50 calls a minute: the rest of a cold start waits for the next polls. */
const MAX_READS = 40;

/** Reads threads within one poll's allowance. */
export interface ThreadReader {
  /**
   * Adds to each root what its replies hold, reading only the threads that changed, newest first. What is older than
   * `since` is left out, but for alerts: what began earlier may go on, so that its root is needed, as it was read last.
   */
  complete(roots: readonly RootMessage[], since: number): Promise<Thread[]>;
  /** One thread of which only its root's `ts` is known; undefined when it cannot be read, or not now. */
  read(place: ThreadPlace, rootTs: string): Promise<Thread | undefined>;
  /** Signal ids of threads that are no more. */
  deleted(): ReadonlySet<string>;
  skipped(): readonly SkippedRecord[];
  /** When the rest may be read, epoch ms. */
  retryAt(): number | undefined;
}

interface RootMessage {
  readonly place: ThreadPlace;
  readonly root: SlackMessage;
}

export function createThreadReader(options: {
  readonly api: SlackApi;
  readonly memory: Memory;
  readonly log: Log;
}): ThreadReader {
  const { api, memory, log } = options;
  const deleted = new Set<string>();
  const skipped: SkippedRecord[] = [];
  let reads = MAX_READS;
  let retryAt: number | undefined;

  async function read(place: ThreadPlace, rootTs: string, told?: SlackMessage): Promise<Thread | undefined> {
    if (reads <= 0) return undefined;
    reads -= 1;
    const id = threadId(place.id, rootTs);
    try {
      const { messages, problems } = await readThread(api, place.id, rootTs);
      skipped.push(...problems.map((problem) => ({ place: `#${place.name}`, problem })));
      const root = messages.find(({ ts }) => ts === rootTs);
      // What is left of a deleted message that has replies.
      if (root?.subtype === 'tombstone') deleted.add(id);
      if (root === undefined || root.subtype === 'tombstone') return undefined;
      const replies = messages.filter((message) => message !== root);
      // By what the history said: that is what the next poll compares with.
      const digest = digestReplies(told ?? root, replies);
      if (replies.length > 0) rememberDigest(memory, id, digest);
      return { place, root, digest };
    } catch (error) {
      const failure = survivable(error);
      if (failure.reason === 'notFound') deleted.add(id);
      else stop(failure);
      return undefined;
    }
  }

  /** What one thread hears the others would hear too. */
  function stop(failure: ServiceError): void {
    reads = 0;
    retryAt = failure.retryAt;
    log.info(`slack: threads are read later (${failure.message})`);
  }

  async function complete(roots: readonly RootMessage[], since: number): Promise<Thread[]> {
    const wanted = roots
      .filter(({ place, root }) => place.alerts || lastActivity(root) >= since)
      .sort((a, b) => lastActivity(b.root) - lastActivity(a.root));
    const threads: Thread[] = [];
    for (const { place, root } of wanted) {
      const known = digestOf(memory, place, root);
      const digest =
        known.fresh || lastActivity(root) < since
          ? known.digest
          : ((await read(place, root.ts, root))?.digest ?? known.digest);
      if (!deleted.has(threadId(place.id, root.ts))) threads.push({ place, root, digest: asTold(digest, root) });
    }
    return threads;
  }

  return { complete, read, deleted: () => deleted, skipped: () => skipped, retryAt: () => retryAt };
}

function lastActivity(root: SlackMessage): number {
  return Math.max(toMs(root.ts), lastChange(root));
}

function digestOf(memory: Memory, place: ThreadPlace, root: SlackMessage): { digest: Digest; fresh: boolean } {
  if (root.reply_count === 0) return { digest: NO_REPLIES, fresh: true };
  const digest = rememberedDigest(memory, threadId(place.id, root.ts));
  const fresh = digest?.count === root.reply_count && digest.latest === (root.latest_reply ?? '');
  return { digest: digest ?? NO_REPLIES, fresh };
}

function asTold(digest: Digest, root: SlackMessage): Digest {
  return { ...digest, count: root.reply_count, latest: root.latest_reply ?? '' };
}
