import type { Cycle } from './cycle.ts';
import type { FoundEntry, ListMemory } from './listMemory.ts';
import { isTrusted, loadList, someOf } from './listMemory.ts';
import type { Pages } from './pages.ts';
import { readPages } from './pages.ts';
import type { TeamName } from './teamName.ts';
import type { BareSignal } from './wireIssue.ts';
import { parseIssue } from './wireIssue.ts';

const PAGE_CAP = 3;

/** One question to GitHub's search, and how an answer to it is checked. */
export interface Search {
  readonly query: string;
  readonly team: TeamName;
  readonly reason: FoundEntry['reasons'][number];
  readonly isPullRequest: boolean;
  /** Is it really so? `later` when this cycle has asked enough. @throws {ServiceError} */
  readonly verify: (cycle: Cycle, signal: BareSignal, row: unknown) => Promise<boolean | 'later'>;
}

export function searchKey(search: Search): string {
  return `search:${search.query}`;
}

/**
 * Reads one search. GitHub's index may lag and a server may not know a qualifier, so each new row is checked against
 * the record itself; what was judged once is not judged again until it changes.
 * @throws {ServiceError}
 */
export async function readSearch(cycle: Cycle, search: Search): Promise<ListMemory> {
  const url = `/search/issues?q=${encodeURIComponent(search.query)}&sort=updated&order=desc&per_page=100`;
  const before = loadList(cycle.request.memory, searchKey(search));
  const etag = isTrusted(before, url, cycle) ? before.etag : undefined;
  const pages = await readPages(cycle.client, url, PAGE_CAP, { etag });
  if (pages.first.notModified) return before;
  const rows = await judgeRows(cycle, search, { pages, before });
  // Past the page cap a signal is not seen, which is not the same as gone.
  const left =
    pages.cut === undefined
      ? await judgeLeft(cycle, before, rows.found)
      : { found: all(before).filter(([id]) => !rows.found.has(id)), complete: true };
  return {
    url,
    etag: rows.complete && left.complete ? pages.first.etag : undefined,
    found: Object.fromEntries([...rows.found, ...left.found]),
    skipped: someOf(rows.skipped),
  };
}

interface Judged {
  readonly pages: Pages;
  readonly before: ListMemory;
}

async function judgeRows(cycle: Cycle, search: Search, { pages, before }: Judged) {
  const skipped = pages.cut === undefined ? [] : [pages.cut];
  const found = new Map<string, FoundEntry>();
  let complete = true;
  for (const row of pages.rows) {
    const parsed = parseIssue(row);
    if (!parsed.ok) {
      skipped.push(parsed.problem);
      continue;
    }
    if (!isAsked(search, parsed.value)) continue;
    const entry = await judge(cycle, search, { signal: parsed.value, row, old: before.found[parsed.value.id] });
    if (entry === 'later') complete = false;
    else found.set(parsed.value.id, entry);
  }
  return { found, skipped, complete };
}

/** The search holds open ones only: one that left it was closed (and is reported so) or is no longer ours. */
async function judgeLeft(cycle: Cycle, before: ListMemory, found: ReadonlyMap<string, FoundEntry>) {
  const kept: [string, FoundEntry][] = [];
  let complete = true;
  for (const [id, entry] of all(before)) {
    if (found.has(id) || entry.reasons.length === 0) continue;
    const verdict = await isClosed(cycle, id);
    if (verdict === 'later') complete = false;
    if (verdict !== false) kept.push([id, entry]);
  }
  return { found: kept, complete };
}

function all(list: ListMemory): [string, FoundEntry][] {
  return Object.entries(list.found);
}

function isAsked(search: Search, signal: BareSignal): boolean {
  const [owner] = signal.place.split('/');
  return (
    signal.state === 'open' &&
    (signal.kind === 'pullRequest') === search.isPullRequest &&
    owner?.toLowerCase() === search.team.organization.toLowerCase()
  );
}

interface Row {
  readonly signal: BareSignal;
  readonly row: unknown;
  readonly old: FoundEntry | undefined;
}

async function judge(cycle: Cycle, search: Search, { signal, row, old }: Row): Promise<FoundEntry | 'later'> {
  if (old?.at === signal.updatedAt) {
    // Dropped while it was closed: found open again, it counts again.
    cycle.see(signal, row);
    return old;
  }
  const verdict = await search.verify(cycle, signal, row);
  if (verdict === 'later') return old !== undefined && old.reasons.length > 0 ? old : 'later';
  if (verdict) cycle.see(signal, row);
  return { at: signal.updatedAt, reasons: verdict ? [search.reason] : [] };
}

async function isClosed(cycle: Cycle, id: string): Promise<boolean | 'later'> {
  const known = cycle.newest(id);
  if (known === undefined || !cycle.request.known.has(id)) return false;
  if (known.state === 'closed') return true;
  const answer = await cycle.lookUp(known);
  if (answer === 'missing') cycle.remove(id);
  return answer === 'later' ? 'later' : cycle.newest(id)?.state === 'closed';
}
