import * as z from 'zod/mini';
import type { Memory } from '../service.ts';
import type { Cycle } from './cycle.ts';

const REASONS = ['teamMention', 'mention', 'reviewRequested', 'assigned'] as const;

const FoundEntry = z.object({
  /** `updated_at` of the row when it was judged, epoch ms. */
  at: z.number(),
  /** Empty: looked at, and nothing for us. */
  reasons: z.array(z.enum(REASONS)),
});

const ListRecord = z.object({
  /** The address that the validators belong to. */
  url: z.string(),
  etag: z.optional(z.string()),
  lastModified: z.optional(z.string()),
  found: z.record(z.string(), FoundEntry),
  skipped: z.array(z.string()),
});

export type FoundEntry = z.infer<typeof FoundEntry>;

/** What a search or the notifications last held, kept so that a 304 means something. */
export type ListMemory = z.infer<typeof ListRecord>;

const NOTHING_FOUND: ListMemory = { url: '', found: {}, skipped: [] };

const MAX_SKIPPED = 20;

export function loadList(memory: Memory, key: string): ListMemory {
  return ListRecord.safeParse(memory.get(key)).data ?? NOTHING_FOUND;
}

/** May a 304 be asked for? Only when all that the list held is still known, else it would never be read again. */
export function isTrusted(list: ListMemory, url: string, cycle: Cycle): boolean {
  if (list.url !== url) return false;
  return Object.entries(list.found).every(([id, { reasons }]) => reasons.length === 0 || cycle.request.known.has(id));
}

/** A few of the problems, for the log and the count. */
export function someOf(problems: readonly string[]): string[] {
  return problems.slice(0, MAX_SKIPPED);
}

/** What is kept of a list: of the signals that are not reported, only that they were looked at. */
export function withReported(list: ListMemory, reported: ReadonlyMap<string, unknown>): ListMemory {
  const found = Object.entries(list.found).map(([id, entry]): [string, FoundEntry] => [
    id,
    reported.has(id) ? entry : { ...entry, reasons: [] },
  ]);
  return { ...list, found: Object.fromEntries(found) };
}
