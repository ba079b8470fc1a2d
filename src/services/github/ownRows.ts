import { readMarkers } from '../../core/marker.ts';
import { ServiceError } from '../service.ts';
import { readAccount } from './account.ts';
import type { GitHubClient } from './client.ts';
import { readPages } from './pages.ts';
import { authorOf, bodyOf, timeOf } from './records.ts';
import { mayMark } from './wireIssue.ts';

const PAGE_CAP = 10;
// The clocks of this machine and of GitHub differ.
const CLOCK_DIFFERENCE_MS = 5 * 60_000;
/** With what all of our marks begin, see `core/marker.ts`. */
const MARK = '<!-- responder-duty:';

export interface Marked {
  readonly marker: string;
  /** Epoch ms. */
  readonly since: number;
}

/**
 * The first row of a list that our account wrote since then and that holds the marker. `list` is a path with the beginning
 * of a query. What every machine would write alike counts whoever of the repository's people wrote it, and whenever.
 * @throws {ServiceError}
 */
export async function readOwnRows(client: GitHubClient, list: string, { marker, since }: Marked): Promise<unknown> {
  const me = await ownLogin(client);
  const from = since - CLOCK_DIFFERENCE_MS;
  // GitHub's `since` is about the last change.
  const changedSince = encodeURIComponent(new Date(from).toISOString());
  const pages = await readPages(client, `${list}&since=${changedSince}&per_page=100`, PAGE_CAP);
  const isShared = readMarkers('loop', marker).length > 0;
  const mayBe = (row: unknown): boolean =>
    (isShared && isByInsider(row)) || ((me === undefined || isBy(row, me)) && !isOlder(row, from));
  const found = pages.rows.find((row) => textOf(row).includes(marker) && mayBe(row));
  if (found === undefined && pages.cut !== undefined) {
    throw new ServiceError('badResponse', `it cannot be seen whether it was written already: ${pages.cut}`);
  }
  return found;
}

/** Whether our account wrote a row. An app's installation has none: there our marks alone tell. */
export function isOwnRow(row: unknown, me: string | undefined): boolean {
  return me === undefined ? textOf(row).includes(MARK) : isBy(row, me);
}

function isBy(row: unknown, login: string): boolean {
  const isRow = typeof row === 'object' && row !== null && 'user' in row;
  return isRow && authorOf(row.user).id.toLowerCase() === login.toLowerCase();
}

/** Than that moment, epoch ms; a row that does not say when it was written is not. */
function isOlder(row: unknown, at: number): boolean {
  const isDated = typeof row === 'object' && row !== null && 'created_at' in row;
  return isDated && (timeOf(row.created_at) ?? at) < at;
}

function isByInsider(row: unknown): boolean {
  return typeof row === 'object' && row !== null && mayMark(row);
}

function textOf(row: unknown): string {
  return typeof row === 'object' && row !== null && 'body' in row ? bodyOf(row.body) : '';
}

/** Undefined for the token of an app's installation, which has no account. */
export async function ownLogin(client: GitHubClient): Promise<string | undefined> {
  try {
    return (await readAccount(client)).id;
  } catch (error) {
    if (error instanceof ServiceError && (error.reason === 'forbidden' || error.reason === 'notFound')) {
      return undefined;
    }
    throw error;
  }
}
