import type { FeedWatch } from '../../core/team.ts';
import { type ReportedList, reportedConversation, toPollResult, UNCHANGED } from '../reported.ts';
import {
  type Log,
  type PollRequest,
  type PollResult,
  ServiceError,
  type SkippedRecord,
  type Source,
} from '../service.ts';
import { type FeedPage, getFeedPage, type Validator } from './client.ts';
import { parseFeed } from './wire.ts';

const MAX_PAGES = 5;

/** What one feed is asked with. */
export interface FeedPorts {
  /** The name that the team file gives it. */
  readonly name: string;
  /** The `Authorization` header that the person gave for exactly this origin; undefined when none. */
  readonly authorization: (origin: string) => Promise<string | undefined>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly log: Log;
}

/** The source of one feed; its id is `feed:<name>`. Address and mapping are those of the watch entry at each poll. */
export function createFeedSource(ports: FeedPorts): Source {
  const id = `feed:${ports.name}`;
  return {
    id,
    service: 'feed',
    poll: (request) => poll(id, ports, request),
    readConversation: async (signal) => reportedConversation(signal),
    account: async () => undefined,
  };
}

/** The validator with what it is good for: another address, mapping or sign-in may have another answer. */
interface Remembered {
  readonly of: string;
  readonly validator: Validator;
}

async function poll(id: string, ports: FeedPorts, request: PollRequest): Promise<PollResult> {
  const watch = request.watch.find(
    (entry): entry is FeedWatch => entry.service === 'feed' && entry.name === ports.name,
  );
  if (watch === undefined) throw new ServiceError('refused', `${id} is not watched`);
  const authorization = await ports.authorization(new URL(watch.url).origin);
  const of = JSON.stringify([watch, authorization !== undefined]);
  const query = { authorization, now: ports.now(), abort: request.abort };
  const validator = remembered(request.memory.get('validator'), of);
  const first = await getFeedPage({ ...query, url: watch.url, validator });
  if (first.type === 'unchanged') return { ...UNCHANGED, skipped: skippedBefore(request, ports.name) };
  const list = await readOn(first, watch, (url) => getFeedPage({ ...query, url, validator: undefined }));
  // The first page's validator says nothing of the pages after it.
  if (first.next === undefined)
    request.memory.set('validator', { of, validator: first.validator } satisfies Remembered);
  else request.memory.delete('validator');
  request.memory.set('skipped', list.skipped.length);
  const by = { service: 'feed', name: watch.name, place: watch.name, source: id, watchId: watch.id } as const;
  return toPollResult(list, by, { ...request, now: query.now });
}

async function readOn(
  first: Extract<FeedPage, { type: 'page' }>,
  watch: FeedWatch,
  get: (url: string) => Promise<FeedPage>,
): Promise<ReportedList> {
  const lists: ReportedList[] = [];
  let page = first;
  for (let count = 1; ; count += 1) {
    lists.push(parseFeed(page.body, watch));
    if (page.next === undefined || count === MAX_PAGES) break;
    const next = await get(page.next);
    if (next.type === 'unchanged') break;
    page = next;
  }
  return {
    records: lists.flatMap(({ records }) => records),
    skipped: lists.flatMap(({ skipped }) => skipped),
    unread: lists.flatMap(({ unread }) => unread),
    isWhole: page.next === undefined && lists.every(({ isWhole }) => isWhole),
  };
}

function remembered(value: unknown, of: string): Validator | undefined {
  if (typeof value !== 'object' || value === null || !('of' in value) || value.of !== of) return undefined;
  const validator = 'validator' in value ? value.validator : undefined;
  if (typeof validator !== 'object' || validator === null) return undefined;
  const text = (key: string): string | undefined => {
    const each: unknown = Reflect.get(validator, key);
    return typeof each === 'string' ? each : undefined;
  };
  const [etag, lastModified] = [text('etag'), text('lastModified')];
  return etag === undefined && lastModified === undefined ? undefined : { etag, lastModified };
}

/** An unchanged answer still holds the records that could not be read. */
function skippedBefore({ memory }: PollRequest, place: string): readonly SkippedRecord[] {
  const count = memory.get('skipped');
  return typeof count === 'number' ? Array.from({ length: count }, () => ({ place, problem: 'as before' })) : [];
}
