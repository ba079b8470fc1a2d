import * as z from 'zod/mini';
import { ServiceError } from '../service.ts';
import type { Reply } from './client.ts';
import type { Cycle } from './cycle.ts';
import { someOf } from './listMemory.ts';
import { readPages, rowsOf } from './pages.ts';
import { repositoryPath } from './records.ts';
import type { BareSignal } from './wireIssue.ts';
import { parseIssue } from './wireIssue.ts';

const RepositoryRecord = z.object({
  labels: z.array(z.string()),
  /** `since` of the list of changes, ISO; stays while few rows come, so that its address and ETag stay too. */
  cursor: z.string(),
  etag: z.optional(z.string()),
  skipped: z.array(z.string()),
});

/** How far a repository's issues were read. */
export type RepositoryMemory = z.infer<typeof RepositoryRecord>;

const PAGE_CAP = 10;
const PAGE_SIZE = 100;
const MANY_ROWS = 30;
// Changes that were being made while the first list was read.
const OVERLAP_MS = 60_000;

/**
 * Reads a repository once for all label entries that name it: at first the open issues of each label, from then on
 * one list of whatever changed, which is the same (304) while nothing does. What carries a label is judged later, from
 * the signals themselves.
 * @throws {ServiceError}
 */
export async function readRepository(
  cycle: Cycle,
  repository: string,
  wanted: readonly string[],
): Promise<RepositoryMemory> {
  const labels = [...wanted].sort();
  const before = RepositoryRecord.safeParse(cycle.request.memory.get(repositoryKey(repository))).data;
  if (before === undefined) return readAll(cycle, repository, labels, undefined);
  const added = labels.filter((label) => !before.labels.includes(label));
  if (added.length > 0) return { ...(await readAll(cycle, repository, added, before)), labels };
  return { ...(await readChanges(cycle, repository, before)), labels };
}

export function repositoryKey(repository: string): string {
  return `repository:${repository.toLowerCase()}`;
}

async function readAll(
  cycle: Cycle,
  repository: string,
  labels: readonly string[],
  before: RepositoryMemory | undefined,
): Promise<RepositoryMemory> {
  const skipped: string[] = [];
  let startedAt: number | undefined;
  for (const label of labels) {
    const query = `labels=${encodeURIComponent(label)}&state=open&sort=updated&direction=desc&per_page=${String(PAGE_SIZE)}`;
    const pages = await readPages(cycle.client, `${repositoryPath(repository)}/issues?${query}`, PAGE_CAP);
    startedAt ??= serverTime(pages.first, cycle.now);
    seeAll(cycle, repository, pages.rows, skipped);
    if (pages.cut !== undefined) skipped.push(pages.cut);
  }
  // What is known to be open may have been closed since: the list of changes has to reach back to it.
  const openSince = [...cycle.request.known.values()]
    .filter((signal) => signal.state === 'open' && signal.place.toLowerCase() === repository.toLowerCase())
    .map((signal) => signal.updatedAt);
  const cursor = before?.cursor ?? isoSeconds(Math.min((startedAt ?? cycle.now) - OVERLAP_MS, ...openSince));
  return { labels: [...labels], cursor, etag: before?.etag, skipped: someOf(skipped) };
}

async function readChanges(cycle: Cycle, repository: string, before: RepositoryMemory): Promise<RepositoryMemory> {
  const skipped: string[] = [];
  let { cursor } = before;
  let count = 0;
  let etag: string | undefined;
  // By `since` and not by page number: an issue that changes while we read moves to the end and would shift the pages.
  for (let page = 0; page < PAGE_CAP; page++) {
    const reply = await cycle.client.get(changesPath(repository, cursor), page === 0 ? { etag: before.etag } : {});
    if (reply.notModified) return before;
    if (page === 0) etag = reply.etag;
    const rows = rowsOf(reply.data);
    const last = seeAll(cycle, repository, rows, skipped);
    count += rows.length;
    const newest = Math.min(last ?? 0, serverTime(reply, cycle.now));
    const moved = newest > Date.parse(cursor);
    if (count > MANY_ROWS && moved) cursor = isoSeconds(newest);
    if (rows.length < PAGE_SIZE || last === undefined) break;
    // More than a page within one second cannot be stepped through.
    if (!moved) cursor = isoSeconds(Date.parse(cursor) + 1000);
  }
  const sameList = cursor === before.cursor;
  return { ...before, cursor, etag: sameList ? etag : undefined, skipped: someOf(skipped) };
}

function changesPath(repository: string, cursor: string): string {
  const query = `state=all&since=${encodeURIComponent(cursor)}&sort=updated&direction=asc&per_page=${String(PAGE_SIZE)}`;
  return `${repositoryPath(repository)}/issues?${query}`;
}

/** Returns the newest `updated_at` among the rows, epoch ms. */
function seeAll(cycle: Cycle, repository: string, rows: readonly unknown[], skipped: string[]): number | undefined {
  let newest: number | undefined;
  for (const row of rows) {
    const parsed = parseIssue(row);
    if (!parsed.ok) {
      skipped.push(parsed.problem);
      continue;
    }
    checkPlace(parsed.value, repository);
    cycle.see(parsed.value, row);
    newest = Math.max(newest ?? 0, parsed.value.updatedAt);
  }
  return newest;
}

/** GitHub redirects from the old name of a repository: its issues would be known under two names. */
function checkPlace(signal: BareSignal, repository: string): void {
  if (signal.place.toLowerCase() === repository.toLowerCase()) return;
  throw new ServiceError(
    'notFound',
    `${repository} answers as ${signal.place}; the team file names it by its old name`,
  );
}

function serverTime(reply: Reply, now: number): number {
  return reply.date ?? now;
}

function isoSeconds(at: number): string {
  return new Date(at).toISOString().replace(/\.\d{3}Z$/u, 'Z');
}
