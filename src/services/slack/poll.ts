import { parseThreadId } from '../../core/nativeIds.ts';
import type { Signal } from '../../core/signal.ts';
import type { SlackWatch } from '../../core/team.ts';
import { sameSignal } from '../sameSignal.ts';
import type { Log, PollRequest, PollResult } from '../service.ts';
import { alertRuns } from './alertRuns.ts';
import { type ChannelReading, readChannels } from './channelReading.ts';
import type { SlackApi } from './client.ts';
import { readElsewhere } from './elsewhere.ts';
import type { PlaceContext } from './lookup.ts';
import { createNameBook } from './names.ts';
import { findPlaces } from './places.ts';
import type { MentionSearch } from './search.ts';
import { createThreadReader, type ThreadReader } from './threadReader.ts';
import { parsePermalink, peopleIn, type SignalContext, type Thread, threadId, toSignal } from './threadSignal.ts';
import { forgetDigest, ownMarker } from './threads.ts';
import type { Identity, SlackMessage } from './wire.ts';

/** What one poll works with. */
export interface PollContext {
  readonly api: SlackApi;
  readonly identity: Identity;
  readonly search: MentionSearch;
  readonly now: number;
  readonly log: Log;
}

/** One cycle over all watched places. @throws {ServiceError} when nothing could be read */
export async function pollSlack(request: PollRequest, context: PollContext): Promise<PollResult> {
  const { api, identity, now, log } = context;
  const { memory, since } = request;
  const placeContext: PlaceContext = { api, memory, identity, now };
  const places = await findPlaces(
    request.watch.filter((entry): entry is SlackWatch => entry.service === 'slack'),
    placeContext,
  );
  const readings = await readChannels(places.channels, since, placeContext);
  const reader = createThreadReader({ api, memory, log });

  const threads = await watchedThreads(readings.read, request, reader);
  const elsewhere = await readElsewhere({ request, places, reader, search: context.search, placeContext });
  threads.push(...elsewhere.threads.filter(({ root }) => isRoot(root)));

  const names = createNameBook({ api, memory, teamId: identity.teamId, log });
  await names.learn(
    threads.map(({ root }) => root),
    threads.flatMap(peopleIn),
  );
  const said = toSignals(threads, { origin: identity.origin, names, targets: places.targets });
  const signals = new Map(
    alertRuns(said, earlierAlerts(request, readings.read))
      .filter((signal) => signal.updatedAt >= since)
      .map((signal) => [signal.id, signal]),
  );

  const gone = findGone(request, { readings: readings.read, signals, deleted: reader.deleted() });
  for (const id of gone) forgetThreads(request, id);
  return {
    changed: [...signals.values()].filter((signal) => !sameSignal(request.known.get(signal.id), signal)),
    gone,
    skipped: [...readings.skipped, ...reader.skipped()],
    failedPlaces: [...places.failed, ...readings.failed],
    pollAgainAt: latest(readings.retryAt, reader.retryAt()),
  };
}

/** What people say and bots report; joins, topics and the like are neither signals nor errors. */
const SPOKEN: ReadonlySet<string | undefined> = new Set([undefined, 'bot_message', 'file_share', 'me_message']);

async function watchedThreads(
  readings: readonly ChannelReading[],
  { since }: PollRequest,
  reader: ThreadReader,
): Promise<Thread[]> {
  const roots = readings.flatMap(({ channel, history }) =>
    history.messages.filter((message) => isRoot(message)).map((root) => ({ place: channel, root })),
  );
  const threads = await reader.complete(roots, since);
  // A reply that was also sent to the channel shows a thread whose root lies before the window.
  for (const { channel, history } of readings) {
    const read = new Set(history.messages.map(({ ts }) => ts));
    for (const { subtype, thread_ts: rootTs } of history.messages) {
      if (subtype !== 'thread_broadcast' || rootTs === undefined || read.has(rootTs)) continue;
      read.add(rootTs);
      const thread = await reader.read(channel, rootTs);
      if (thread !== undefined && isRoot(thread.root)) threads.push(thread);
    }
  }
  return threads;
}

/** Our own handoffs link everything they tell of, so as signals they would tie all items into one. */
function isRoot(message: SlackMessage): boolean {
  const { ts, thread_ts: rootTs, subtype } = message;
  return (rootTs === undefined || rootTs === ts) && SPOKEN.has(subtype) && ownMarker(message) === undefined;
}

function toSignals(threads: readonly Thread[], context: SignalContext): readonly Signal[] {
  const signals = threads.map((thread) => toSignal(thread, context)).filter((signal) => signal !== undefined);
  return [...new Map(signals.map((signal) => [signal.id, signal])).values()];
}

/** The known alerts that began before all that was read of their channel. */
function earlierAlerts({ known }: PollRequest, readings: readonly ChannelReading[]): readonly Signal[] {
  const readFrom = new Map(readings.map(({ channel, history }) => [channel.id, Number(history.coveredFrom)]));
  return [...known.values()].filter(({ id, kind }) => {
    const thread = kind === 'alert' ? parseThreadId(id) : undefined;
    return thread !== undefined && Number(thread.ts) < (readFrom.get(thread.channel) ?? 0);
  });
}

/** Those of all messages that a signal was made of. */
function forgetThreads({ known, memory }: PollRequest, id: string): void {
  forgetDigest(memory, id);
  for (const name of known.get(id)?.names ?? []) {
    const message = parsePermalink(name);
    if (message !== undefined) forgetDigest(memory, threadId(message.channel, message.ts));
  }
}

interface Seen {
  readonly readings: readonly ChannelReading[];
  readonly signals: ReadonlyMap<string, Signal>;
  readonly deleted: ReadonlySet<string>;
}

/** Known signals that were not reported again and should have been. What was not read stays as it was. */
function findGone({ known, since, watch }: PollRequest, { readings, signals, deleted }: Seen): readonly string[] {
  // Where a record could not be read, a missing signal may be that very record.
  const clean = readings.filter(({ history }) => history.problems.length === 0);
  const coverage = new Map(clean.map(({ channel, history }) => [channel.id, Number(history.coveredFrom)]));
  const watched = new Set(watch.map(({ id }) => id));
  const isGone = (signal: Signal): boolean => {
    const thread = parseThreadId(signal.id);
    if (thread === undefined || signal.updatedAt < since) return true;
    if (deleted.has(threadId(thread.channel, thread.ts))) return true;
    if (!signal.watchIds.some((id) => watched.has(id))) return true;
    return Number(thread.ts) >= (coverage.get(thread.channel) ?? Number.POSITIVE_INFINITY);
  };
  return [...known.values()].filter((signal) => !signals.has(signal.id) && isGone(signal)).map(({ id }) => id);
}

function latest(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}
