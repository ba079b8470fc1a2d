import * as z from 'zod/mini';
import type { Conversation, Message } from '../../core/conversation.ts';
import { oneLine, plainText } from '../../core/plainText.ts';
import type { Signal } from '../../core/signal.ts';
import { safeUrl } from '../../core/url.ts';
import { defused, type ReportedList, type ReportedRecord } from '../reported.ts';
import { ServiceError, type SkippedRecord } from '../service.ts';

const MAX_RECORDS = 1000;
const MAX_MESSAGES = 200;
const MAX_LABELS = 32;
const MAX_TEXT = 20_000;

const moment = z.catch(z.optional(z.number().check(z.positive(), z.maximum(8.64e15))), undefined);
const words = z.catch(z.array(z.string()), []);
const text = z.catch(z.string(), '');
const id = z.string().check(z.trim(), z.minLength(1), z.maxLength(200));

const recordShape = z.object({
  id,
  title: z.string(),
  url: z.string(),
  text,
  state: z.catch(z.enum(['open', 'quiet', 'closed']), 'open'),
  startedAt: moment,
  updatedAt: moment,
  count: z.catch(z.number().check(z.gte(1), z.lte(1e9)), 1),
  author: text,
  assignees: words,
  labels: words,
});

/** Reads what another extension's `poll` returned. @throws {ServiceError} `badResponse` when it is no list */
export function parseRecords(returned: unknown, place: string): ReportedList {
  if (!Array.isArray(returned)) throw new ServiceError('badResponse', 'poll did not return a list');
  const entries: readonly unknown[] = returned;
  const records: ReportedRecord[] = [];
  const skipped: SkippedRecord[] = [];
  const unread: string[] = [];
  for (const entry of entries.slice(0, MAX_RECORDS)) {
    const record = parseRecord(entry);
    if (typeof record !== 'string') records.push(record);
    else {
      skipped.push({ place, problem: record });
      unread.push(idOf(entry) ?? '');
    }
  }
  const isWhole = entries.length <= MAX_RECORDS;
  if (!isWhole) skipped.push({ place, problem: `${entries.length - MAX_RECORDS} records beyond ${MAX_RECORDS}` });
  return { records, skipped, unread, isWhole };
}

/** The record, or what is wrong with it. Getters and proxies of a hostile one may throw. */
function parseRecord(entry: unknown): ReportedRecord | string {
  const parsed = attempt(() => recordShape.safeParse(entry));
  if (parsed?.success !== true) {
    return `a record without a usable ${oneLine(parsed?.error.issues[0]?.path.join('.') ?? 'shape', 60)}`;
  }
  const { data } = parsed;
  const title = oneLine(data.title, 200);
  const url = safeUrl(data.url);
  if (title === '') return 'a record without a title';
  if (url === undefined) return 'a record without an http(s) address';
  const author = oneLine(data.author, 80);
  return {
    ...data,
    title,
    url,
    text: data.text.slice(0, MAX_TEXT),
    startedAt: data.startedAt,
    updatedAt: data.updatedAt,
    count: Math.trunc(data.count),
    author: author === '' ? undefined : author,
    assignees: lines(data.assignees, 80),
    labels: lines(data.labels, 120),
  };
}

function idOf(entry: unknown): string | undefined {
  return attempt(() => z.object({ id }).safeParse(entry))?.data?.id;
}

function lines(texts: readonly string[], maxLength: number): readonly string[] {
  const all = texts.slice(0, MAX_LABELS).map((each) => oneLine(each, maxLength));
  return [...new Set(all.filter((each) => each !== ''))];
}

const messageShape = z.object({
  author: z.string(),
  at: z.number(),
  text: z.string(),
  url: z.catch(z.optional(z.string()), undefined),
});

/** Reads what `readConversation` returned. @throws {ServiceError} `badResponse` when it is no list */
export function parseMessages(returned: unknown, { startedAt }: Pick<Signal, 'startedAt'>): Conversation {
  if (!Array.isArray(returned)) throw new ServiceError('badResponse', 'readConversation did not return a list');
  const entries: readonly unknown[] = returned;
  const messages = entries.slice(0, MAX_MESSAGES).flatMap((entry): Message[] => {
    const data = attempt(() => messageShape.safeParse(entry))?.data;
    if (data === undefined) return [];
    const name = oneLine(data.author, 80);
    const at = data.at > 0 && data.at <= 8.64e15 ? data.at : startedAt;
    const markdown = defused(plainText(data.text, MAX_TEXT));
    return [{ author: { id: name, name, isBot: false }, at, markdown, url: safeUrl(data.url) }];
  });
  return { messages, skipped: entries.length - messages.length };
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
