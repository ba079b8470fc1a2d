import type { Conversation } from '../core/conversation.ts';
import { oneLine, plainText } from '../core/plainText.ts';
import { EXCERPT_LENGTH, type ServiceName, type Signal, type SignalState, signalId } from '../core/signal.ts';
import { findUrls, normalizeUrl } from '../core/url.ts';
import { sameSignal } from './sameSignal.ts';
import type { PollRequest, PollResult, SkippedRecord } from './service.ts';

const TEXT_LIMIT = 20_000;

/** A record of a list that has no service of its own here: a feed's, or another extension's. Texts are remote. */
export interface ReportedRecord {
  /** The list's own id of it. */
  readonly id: string;
  readonly title: string;
  /** http(s) only, see `safeUrl`. */
  readonly url: string;
  readonly text: string;
  readonly state: SignalState;
  /** Epoch milliseconds. */
  readonly startedAt: number | undefined;
  readonly updatedAt: number | undefined;
  readonly count: number;
  /** People by the names that the team file gives them, or others. */
  readonly author: string | undefined;
  readonly assignees: readonly string[];
  readonly labels: readonly string[];
}

/** Everything that a list holds now. */
export interface ReportedList {
  readonly records: readonly ReportedRecord[];
  readonly skipped: readonly SkippedRecord[];
  /** The ids of those skipped that have one: they are still there. */
  readonly unread: readonly string[];
  /** Whether nothing was cut off: only then is what is not in it over. */
  readonly isWhole: boolean;
}

/** Who reports. */
export interface Reporter {
  readonly service: ServiceName;
  /** What tells its ids from those of other lists; the same on every machine of the team. */
  readonly name: string;
  readonly place: string;
  /** The ids of source and watch entry. */
  readonly source: string;
  readonly watchId: string;
}

/** What a list means for what was known: new, changed, closed since it is no longer in it, and forgotten after the window. */
export function toPollResult(list: ReportedList, by: Reporter, request: PollRequest & { now: number }): PollResult {
  const { known, now } = request;
  const namesOf = ownNames(list.records);
  const listed = new Set<string>();
  const changed: Signal[] = [];
  for (const record of list.records) {
    const id = reportedId(by, record.id);
    if (listed.has(id)) continue;
    listed.add(id);
    const signal = { ...toSignal(record, by, { known: known.get(id), now }), names: namesOf(record) };
    if (!sameSignal(known.get(id), signal)) changed.push(signal);
  }
  for (const id of list.unread) listed.add(reportedId(by, id));
  const own = [...known.values()].filter((signal) => signal.source === by.source && !listed.has(signal.id));
  const over = list.isWhole ? own.filter(({ state }) => state !== 'closed') : [];
  return {
    changed: [...changed, ...over.map((signal) => ({ ...signal, state: 'closed' as const, updatedAt: now }))],
    gone: [],
    skipped: list.skipped,
    failedPlaces: [],
    pollAgainAt: undefined,
  };
}

/** A list that has not changed since it was read. */
export const UNCHANGED: PollResult = {
  changed: [],
  gone: [],
  skipped: [],
  failedPlaces: [],
  pollAgainAt: undefined,
};

/** What the signal itself tells: lists have no conversation that could be read. */
export function reportedConversation({ place, title, excerpt, startedAt, url, author }: Signal): Conversation {
  const by = author ?? { id: place, name: place, isBot: true };
  const markdown = defused(excerpt === '' ? title : excerpt);
  return { messages: [{ author: by, at: startedAt, markdown, url }], skipped: 0 };
}

/** Ids hold no `//`, space or line break, whatever the list's own look like. */
export function reportedId({ service, name }: Pick<Reporter, 'service' | 'name'>, id: string): string {
  return signalId(service, `${encoded(name)}/${encoded(id)}`);
}

/** Half of a surrogate pair has no encoding. */
function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

function toSignal(
  record: ReportedRecord,
  by: Reporter,
  { known, now }: { readonly known: Signal | undefined; readonly now: number },
): Signal {
  const startedAt = Math.min(record.startedAt ?? known?.startedAt ?? now, now);
  const { author, text } = record;
  return {
    id: reportedId(by, record.id),
    service: by.service,
    source: by.source,
    kind: 'alert',
    state: record.state,
    title: oneLine(record.title, 200),
    excerpt: plainText(text, EXCERPT_LENGTH),
    url: record.url,
    place: by.place,
    watchIds: [by.watchId],
    reasons: ['alert'],
    author: author === undefined ? undefined : { id: author, name: author, isBot: false },
    assignees: record.assignees,
    labels: record.labels,
    startedAt,
    updatedAt: Math.min(record.updatedAt ?? lastChange(record, known, { startedAt, now }), now),
    replies: 0,
    count: record.count,
    names: [],
    mentions: findUrls(text.slice(0, TEXT_LIMIT)),
    markers: [],
    links: [],
    voices: [],
    takenBy: [],
    quietUntil: undefined,
  };
}

/** For a list that does not say when a record changed: what is seen of it. */
function lastChange(
  { state }: ReportedRecord,
  known: Signal | undefined,
  { startedAt, now }: { readonly startedAt: number; readonly now: number },
): number {
  if (known === undefined) return startedAt;
  return known.state === state ? known.updatedAt : now;
}

/**
 * An address names a record when it is a page of its own. One with a query, or that several share, does not: a name
 * leaves the query out, and all of a list would be one item.
 */
function ownNames(records: readonly ReportedRecord[]): (record: ReportedRecord) => readonly string[] {
  const users = Map.groupBy(records, ({ url }) => normalizeUrl(url));
  return ({ url }) => {
    const name = normalizeUrl(url);
    const { search, hash } = new URL(url);
    return name === undefined || search !== '' || hash !== '' || users.get(name)?.length !== 1 ? [] : [name];
  };
}

/** Plain text as Markdown that formats nothing and pings nobody. */
export function defused(text: string): string {
  return text
    .replace(/[\\`*_[\]<>|~#]/gu, (character) => (character === '<' ? '&lt;' : `\\${character}`))
    .replace(/@(?=[\p{L}\p{N}])/gu, '@\u200b');
}
