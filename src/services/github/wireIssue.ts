import * as z from 'zod/mini';
import { readMarkers } from '../../core/marker.ts';
import { oneLine, plainText } from '../../core/plainText.ts';
import type { Signal } from '../../core/signal.ts';
import { EXCERPT_LENGTH, signalId } from '../../core/signal.ts';
import { findUrls, normalizeUrl, safeUrl } from '../../core/url.ts';
import { markdownWords } from './markdown.ts';
import { authorOf, bodyOf, loginsOf, nativeId, readAddress, timeOf } from './records.ts';

const IssueRecord = z.object({
  title: z.string(),
  html_url: z.string(),
  state: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  url: z.optional(z.unknown()),
  body: z.optional(z.unknown()),
  user: z.optional(z.unknown()),
  labels: z.optional(z.unknown()),
  assignees: z.optional(z.unknown()),
  comments: z.optional(z.unknown()),
  author_association: z.optional(z.unknown()),
});

// https://docs.github.com/en/graphql/reference/enums#commentauthorassociation
const INSIDERS: ReadonlySet<unknown> = new Set(['OWNER', 'MEMBER', 'COLLABORATOR', undefined]);

const MAX_TITLE = 300;
const MAX_LABELS = 100;
const MAX_ASSIGNEES = 20;

/** An issue or pull request as a signal that nothing has been said about yet: no reasons, no watch entries. */
export type BareSignal = Signal;

/** One record of GitHub's, read; or what is wrong with it. */
export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string };

/** A row of `/repos/…/issues` or `/search/issues`, or one issue: the same record in GitHub's API. */
export function parseIssue(record: unknown): Parsed<BareSignal> {
  const parsed = IssueRecord.safeParse(record);
  if (!parsed.success) return { ok: false, problem: problemOf(parsed.error) };
  const row = parsed.data;
  const url = safeUrl(row.html_url);
  const address = url === undefined ? undefined : readAddress(url);
  if (url === undefined || address === undefined) return { ok: false, problem: 'html_url is no address of an issue' };
  const startedAt = timeOf(row.created_at);
  const updatedAt = timeOf(row.updated_at);
  if (startedAt === undefined || updatedAt === undefined) return { ok: false, problem: 'a time cannot be read' };
  const body = bodyOf(row.body);
  const author = authorOf(row.user);
  const value: BareSignal = {
    id: signalId('github', nativeId(address)),
    service: 'github',
    source: 'github',
    kind: address.isPullRequest ? 'pullRequest' : 'issue',
    state: row.state === 'open' ? 'open' : 'closed',
    title: oneLine(row.title, MAX_TITLE),
    excerpt: plainText(markdownWords(body.slice(0, EXCERPT_LENGTH * 8)), EXCERPT_LENGTH),
    url,
    place: `${address.owner}/${address.repository}`,
    watchIds: [],
    reasons: [],
    author,
    assignees: loginsOf(row.assignees, MAX_ASSIGNEES),
    labels: labelsOf(row.labels),
    startedAt,
    updatedAt,
    replies: Number.isSafeInteger(row.comments) && Number(row.comments) >= 0 ? Number(row.comments) : 0,
    count: 1,
    names: namesOf([url, row.url]),
    mentions: findUrls(body),
    markers: mayMark(row) ? readMarkers('item', body) : [],
    links: [],
    voices: [],
    takenBy: [],
    quietUntil: undefined,
  };
  return { ok: true, value };
}

/** Anybody can write a marker; a stranger's would make any item look converted, and nobody would look at it again. */
export function mayMark(row: { readonly user?: unknown; readonly author_association?: unknown }): boolean {
  return authorOf(row.user).isBot || isInsider(row.author_association);
}

/** Whether somebody of the repository's people wrote it, by GitHub's `author_association`; older records do not say. */
export function isInsider(association: unknown): boolean {
  return INSIDERS.has(association);
}

/** The first thing wrong with a record, without quoting it. */
export function problemOf(error: z.core.$ZodError): string {
  const [issue] = error.issues;
  const path = issue?.path.map(String).join('.') ?? '';
  return path === '' ? 'not a record' : `${path} is missing or of another type`;
}

function namesOf(urls: readonly unknown[]): readonly string[] {
  const names = urls.map((url) => (typeof url === 'string' ? normalizeUrl(url) : undefined));
  return [...new Set(names.filter((name) => name !== undefined))];
}

/** Labels are objects in lists and may be plain strings elsewhere in the API. */
export function labelsOf(labels: unknown): readonly string[] {
  if (!Array.isArray(labels)) return [];
  return labels.slice(0, MAX_LABELS).flatMap((label: unknown) => {
    const name: unknown = typeof label === 'object' && label !== null && 'name' in label ? label.name : label;
    return typeof name === 'string' ? [oneLine(name, 100)] : [];
  });
}
