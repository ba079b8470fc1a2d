/** What a feed's records can tell; `id`, `title` and `url` must be there. */
export const FEED_FIELDS = [
  'id',
  'title',
  'url',
  'text',
  'state',
  'startedAt',
  'updatedAt',
  'count',
  'author',
  'assignee',
  'labels',
] as const;

export type FeedField = (typeof FEED_FIELDS)[number];

/** The keys on the way to a value; those of lists are indexes. */
export type FieldPath = readonly string[];

/** Where a field's text comes from: a value, or words with values in them. */
export type FieldSource =
  | { readonly type: 'path'; readonly path: FieldPath }
  | { readonly type: 'words'; readonly parts: readonly (string | FieldPath)[] };

const STEP = /(?:^|\.)([^.[\]{}\s]+)|\[(\d{1,4})\]/gu;
const PATH = /^(?:[^.[\]{}\s]+|\[\d{1,4}\])(?:\.[^.[\]{}\s]+|\[\d{1,4}\])*$/u;
const MAX_LENGTH = 200;

/** Reads `assignedTo.name`, `results[0].title` or `[0].id`; undefined when it is no path. */
export function parsePath(text: string): FieldPath | undefined {
  if (text.length > MAX_LENGTH || !PATH.test(text)) return undefined;
  return Array.from(text.matchAll(STEP), ([, key, index]) => key ?? index ?? '');
}

/** Reads a path, or words with paths in braces such as `/tickets/{id}`; undefined when it is neither. */
export function parseFieldSource(text: string): FieldSource | undefined {
  if (!/[{}]/u.test(text)) {
    const path = parsePath(text);
    return path && { type: 'path', path };
  }
  if (text.length > MAX_LENGTH) return undefined;
  const parts = text.split(/(\{[^{}]*\})/u).map((part) => (part.startsWith('{') ? parsePath(part.slice(1, -1)) : part));
  const isWhole = parts.every((part) => part !== undefined && (typeof part !== 'string' || !/[{}]/u.test(part)));
  return isWhole ? { type: 'words', parts: parts.filter((part) => part !== undefined) } : undefined;
}

/** The value at a path of parsed JSON; undefined when there is none. Only what the data itself holds counts. */
export function valueAtPath(data: unknown, path: FieldPath): unknown {
  let value = data;
  for (const key of path) {
    const holds = Array.isArray(value) ? /^\d+$/u.test(key) : typeof value === 'object' && value !== null;
    if (!holds || typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}
