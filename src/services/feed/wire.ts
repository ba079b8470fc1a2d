import {
  FEED_FIELDS,
  type FeedField,
  type FieldSource,
  parseFieldSource,
  parsePath,
  valueAtPath,
} from '../../core/feedMapping.ts';
import { oneLine } from '../../core/plainText.ts';
import type { SignalState } from '../../core/signal.ts';
import type { FeedWatch } from '../../core/team.ts';
import { safeUrl } from '../../core/url.ts';
import type { ReportedList, ReportedRecord } from '../reported.ts';
import { ServiceError, type SkippedRecord } from '../service.ts';

const MAX_RECORDS = 1000;
const MAX_TEXT = 20_000;
const MAX_ID = 200;
const MAX_LABELS = 32;
/** Numbers below are seconds: as milliseconds they would lie in early 1973. */
const FIRST_MILLISECONDS = 1e11;
const LAST_MILLISECONDS = 8.64e15;

type Mapping = Pick<FeedWatch, 'name' | 'url' | 'items' | 'fields' | 'closed' | 'quiet'>;

/**
 * Reads one page by the team's mapping; a record without id, title or address is skipped.
 * @throws {ServiceError} `badResponse` when there is no list where the mapping says
 */
export function parseFeed(body: unknown, mapping: Mapping): ReportedList {
  const list = mapping.items === undefined ? body : valueAtPath(body, parsePath(mapping.items) ?? []);
  if (!Array.isArray(list)) {
    const where = mapping.items === undefined ? 'the reply is not a list' : `there is no list at ${mapping.items}`;
    throw new ServiceError('badResponse', where);
  }
  const fields = readers(mapping);
  const entries: readonly unknown[] = list;
  const records: ReportedRecord[] = [];
  const skipped: SkippedRecord[] = [];
  const unread: string[] = [];
  for (const entry of entries.slice(0, MAX_RECORDS)) {
    const record = parseRecord(entry, fields, mapping);
    if (typeof record !== 'string') records.push(record);
    else {
      skipped.push({ place: mapping.name, problem: record });
      unread.push(idOf(entry, fields) ?? '');
    }
  }
  const isWhole = entries.length <= MAX_RECORDS;
  if (!isWhole)
    skipped.push({ place: mapping.name, problem: `${entries.length - MAX_RECORDS} records beyond ${MAX_RECORDS}` });
  return { records, skipped, unread, isWhole };
}

type Readers = Readonly<Partial<Record<FeedField, readonly FieldSource[]>>>;

function readers({ fields }: Mapping): Readers {
  const found: Partial<Record<FeedField, readonly FieldSource[]>> = {};
  for (const field of FEED_FIELDS) found[field] = fields[field]?.flatMap((text) => parseFieldSource(text) ?? []) ?? [];
  return found;
}

/** The record, or what is wrong with it. */
function parseRecord(entry: unknown, fields: Readers, mapping: Mapping): ReportedRecord | string {
  const text = (field: FeedField): string | undefined => textOf(entry, fields[field]);
  const id = idOf(entry, fields);
  if (id === undefined) return 'a record without a usable id';
  const title = oneLine(text('title') ?? '', 200);
  if (title === '') return 'a record without a title';
  const url = addressOf(entry, fields.url, mapping.url);
  if (url === undefined) return 'a record without an http(s) address';
  const author = oneLine(text('author') ?? '', 80);
  const assignee = oneLine(text('assignee') ?? '', 80);
  return {
    id,
    title,
    url,
    text: text('text') ?? '',
    state: stateOf(text('state'), mapping),
    startedAt: timeOf(text('startedAt')),
    updatedAt: timeOf(text('updatedAt')),
    count: countOf(text('count')),
    author: author === '' ? undefined : author,
    assignees: assignee === '' ? [] : [assignee],
    labels: labelsOf(entry, fields.labels ?? []),
  };
}

function idOf(entry: unknown, { id }: Readers): string | undefined {
  const text = textOf(entry, id)?.trim();
  return text === undefined || text.length > MAX_ID ? undefined : text;
}

function stateOf(state: string | undefined, { closed, quiet }: Mapping): SignalState {
  const word = state?.trim().toLowerCase();
  const isOneOf = (words: readonly string[]): boolean => words.some((each) => each.toLowerCase() === word);
  if (isOneOf(closed)) return 'closed';
  return isOneOf(quiet) ? 'quiet' : 'open';
}

/** The first source that has something to say. */
function textOf(
  entry: unknown,
  sources: readonly FieldSource[] = [],
  encode = (text: string) => text,
): string | undefined {
  for (const source of sources) {
    const text = source.type === 'path' ? scalar(valueAtPath(entry, source.path)) : wordsOf(entry, source, encode);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** Undefined when one of the values is missing. */
function wordsOf(
  entry: unknown,
  { parts }: Extract<FieldSource, { type: 'words' }>,
  encode: (text: string) => string,
): string | undefined {
  let words = '';
  for (const part of parts) {
    const value = typeof part === 'string' ? part : scalar(valueAtPath(entry, part));
    if (value === undefined) return undefined;
    words += typeof part === 'string' ? value : encode(value.slice(0, MAX_TEXT));
  }
  return words;
}

function scalar(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.slice(0, MAX_TEXT) : undefined;
}

/** Relative to the feed's own address; a value inside an address stays one part of it. */
function addressOf(entry: unknown, sources: readonly FieldSource[] | undefined, base: string): string | undefined {
  const text = textOf(entry, sources, (part) => encodeURIComponent(part.toWellFormed()));
  return text !== undefined && URL.canParse(text, base) ? safeUrl(new URL(text, base).href) : undefined;
}

/** ISO 8601, or seconds or milliseconds since 1970. */
function timeOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  const time = Number.isNaN(number) ? Date.parse(text) : number < FIRST_MILLISECONDS ? number * 1000 : number;
  return time > 0 && time <= LAST_MILLISECONDS ? Math.trunc(time) : undefined;
}

function countOf(text: string | undefined): number {
  const count = Math.trunc(Number(text));
  return count >= 1 ? Math.min(count, 1e9) : 1;
}

/** Every source together; lists of words, of `{ name }` or `{ key, value }`, groups of `name: value`, or one word. */
function labelsOf(entry: unknown, sources: readonly FieldSource[]): readonly string[] {
  const labels = sources.flatMap((source) => {
    if (source.type === 'words') return textOf(entry, [source]) ?? [];
    const value = valueAtPath(entry, source.path);
    if (Array.isArray(value)) return value.slice(0, MAX_LABELS).flatMap((each: unknown) => label(each) ?? []);
    return scalar(value) ?? pairs(value);
  });
  const lines = labels.map((each) => oneLine(each, 120)).filter((each) => each !== '');
  return [...new Set(lines)].slice(0, MAX_LABELS);
}

function label(value: unknown): string | undefined {
  const at = (key: string): string | undefined => scalar(valueAtPath(value, [key]));
  const [key, of] = [at('key'), at('value')];
  return scalar(value) ?? at('name') ?? (key !== undefined && of !== undefined ? `${key}:${of}` : undefined);
}

function pairs(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .slice(0, MAX_LABELS)
    .flatMap(([name, each]: [string, unknown]) => {
      const text = scalar(each);
      return text === undefined ? [] : [`${name}:${text}`];
    });
}
