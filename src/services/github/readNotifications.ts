import type { Cycle } from './cycle.ts';
import type { FoundEntry, ListMemory } from './listMemory.ts';
import { isTrusted, loadList, someOf } from './listMemory.ts';
import { readPages } from './pages.ts';
import type { NotificationRow } from './wireNotification.ts';
import { parseNotification } from './wireNotification.ts';

export const NOTIFICATIONS_KEY = 'notifications';

const PAGE_CAP = 10;
const DAY_MS = 86_400_000;

export interface NotificationsReading {
  readonly list: ListMemory;
  /** Seconds that GitHub wants between two polls (`X-Poll-Interval`). */
  readonly pollInterval: number | undefined;
}

/**
 * Reads the notifications of the account, read ones too: looking at one in a browser does not settle it.
 * https://docs.github.com/en/rest/activity/notifications
 * @throws {ServiceError}
 */
export async function readNotifications(cycle: Cycle): Promise<NotificationsReading> {
  // By whole days, so that the address and its validator stay for a day.
  const since = new Date(cycle.request.since - (cycle.request.since % DAY_MS)).toISOString().replace('.000Z', 'Z');
  const url = `/notifications?all=true&since=${encodeURIComponent(since)}&per_page=50`;
  const before = loadList(cycle.request.memory, NOTIFICATIONS_KEY);
  const validators = isTrusted(before, url, cycle) ? validatorsOf(before) : {};
  const pages = await readPages(cycle.client, url, PAGE_CAP, validators);
  const { pollInterval } = pages.first;
  if (pages.first.notModified) return { list: before, pollInterval };
  const skipped = pages.cut === undefined ? [] : [pages.cut];
  const found = new Map<string, FoundEntry>();
  let complete = true;
  for (const record of pages.rows) {
    const parsed = parseNotification(record);
    if (!parsed.ok) skipped.push(parsed.problem);
    if (!parsed.ok || parsed.value === undefined) continue;
    const entry = await judge(cycle, parsed.value, before.found[parsed.value.signal.id]);
    if (entry === 'later') complete = false;
    else found.set(parsed.value.signal.id, entry);
  }
  const { etag, lastModified } = complete ? pages.first : {};
  const list = { url, etag, lastModified, found: Object.fromEntries(found), skipped: someOf(skipped) };
  return { list, pollInterval };
}

function validatorsOf(list: ListMemory): { readonly etag?: string | undefined; readonly lastModified?: string } {
  return list.lastModified === undefined ? { etag: list.etag } : { lastModified: list.lastModified };
}

/** A notification names its issue and no more, so a new one is looked up, unless another place just told of it. */
async function judge(cycle: Cycle, row: NotificationRow, old: FoundEntry | undefined): Promise<FoundEntry | 'later'> {
  const { id } = row.signal;
  const known = cycle.request.known.get(id);
  if (old?.at === row.at && (old.reasons.length === 0 || known !== undefined)) return old;
  const entry: FoundEntry = { at: row.at, reasons: [row.reason] };
  if (cycle.hasSeen(id) || (known !== undefined && known.updatedAt >= row.at)) return entry;
  const answer = await cycle.lookUp(row.signal);
  if (answer === 'later') return known === undefined ? 'later' : (old ?? 'later');
  if (answer === 'missing') cycle.see(row.signal);
  return entry;
}
