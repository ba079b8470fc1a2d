import type { SkippedRecord } from '../service.ts';
import type { PagerDutyApi, Query } from './client.ts';
import type { Page } from './wire.ts';

const PAGE_SIZE = 100;
/** PagerDuty itself ends at offset + limit = 10,000; nobody works through a list of more than this. */
const MAX_PAGES = 20;

/** A list that PagerDuty hands out in pages. */
export interface Listing<T> {
  readonly records: readonly T[];
  readonly skipped: readonly SkippedRecord[];
  /** False when there is more than we read. */
  readonly isWhole: boolean;
}

/** All pages of a list, up to a bound. @throws {ServiceError} */
export async function readPages<T>(
  api: PagerDutyApi,
  { path, query }: { readonly path: string; readonly query: Query },
  parse: (body: unknown) => Page<T>,
): Promise<Listing<T>> {
  const records: T[] = [];
  const skipped: SkippedRecord[] = [];
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const offset = String(page * PAGE_SIZE);
    const found = parse(await api.get(path, { ...query, limit: String(PAGE_SIZE), offset }));
    records.push(...found.records);
    skipped.push(...found.skipped);
    if (!found.more || found.length === 0) return { records, skipped, isWhole: true };
  }
  skipped.push({ place: 'PagerDuty', problem: `more than ${MAX_PAGES * PAGE_SIZE} records` });
  return { records, skipped, isWhole: false };
}
