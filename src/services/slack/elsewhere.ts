import * as z from 'zod/mini';
import { parseThreadId } from '../../core/nativeIds.ts';
import type { PollRequest } from '../service.ts';
import type { PlaceContext } from './lookup.ts';
import type { Places } from './places.ts';
import type { MentionSearch } from './search.ts';
import type { ThreadReader } from './threadReader.ts';
import { type Thread, type ThreadPlace, threadId } from './threadSignal.ts';

/** Threads outside the watched channels are looked at again this often; a search tells of new mentions before. */
const LOOK_AGAIN_MS = 10 * 60_000;

interface ElsewhereOptions {
  readonly request: PollRequest;
  readonly places: Places;
  readonly reader: ThreadReader;
  readonly search: MentionSearch;
  readonly placeContext: PlaceContext;
}

/** Threads of channels that are not watched, in which somebody watched was mentioned. @throws {ServiceError} `unauthenticated` */
export async function readElsewhere(options: ElsewhereOptions): Promise<{ readonly threads: readonly Thread[] }> {
  const { request, places, reader, search, placeContext } = options;
  const readAnyway = new Set(places.channels.map(({ id }) => id));
  const scope = { targets: places.targets, since: request.since, readAnyway };
  const found = await search.find(scope, placeContext);
  const wanted = new Map<string, Omit<Wanted, 'id'>>();
  for (const { channel, rootTs, at } of found) {
    const id = threadId(channel.id, rootTs);
    const known = request.known.get(id);
    if (known === undefined || known.updatedAt < at) wanted.set(id, { place: unwatched(channel), ts: rootTs });
  }
  const rest = knownElsewhere(request, readAnyway).filter(({ id }) => !wanted.has(id));
  if (rest.length > 0 && isDue(placeContext)) for (const { id, ...thread } of rest) wanted.set(id, thread);
  const threads: Thread[] = [];
  for (const { place, ts } of wanted.values()) {
    const thread = await reader.read(place, ts);
    if (thread !== undefined) threads.push(thread);
  }
  return { threads };
}

function unwatched({ id, name }: { readonly id: string; readonly name: string }): ThreadPlace {
  return { id, name, watchIds: [], alerts: false };
}

function isDue({ memory, identity, now }: PlaceContext): boolean {
  const key = `${identity.teamId}/elsewhereAt`;
  const at = z.number().safeParse(memory.get(key)).data;
  const due = at !== undefined && (now - at >= LOOK_AGAIN_MS || at > now);
  // The first ones were read just now, when they were found.
  if (due || at === undefined) memory.set(key, now);
  return due;
}

interface Wanted {
  /** Of the signal. */
  readonly id: string;
  readonly place: ThreadPlace;
  readonly ts: string;
}

function knownElsewhere({ known, since }: PollRequest, readAnyway: ReadonlySet<string>): readonly Wanted[] {
  return [...known.values()].flatMap((signal): readonly Wanted[] => {
    const thread = parseThreadId(signal.id);
    if (thread === undefined || readAnyway.has(thread.channel) || signal.updatedAt < since) return [];
    const place = unwatched({ id: thread.channel, name: signal.place.replace(/^#/u, '') });
    return [{ id: signal.id, place, ts: thread.ts }];
  });
}
