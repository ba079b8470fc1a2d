import * as z from 'zod/mini';
import { oneLine } from '../../core/plainText.ts';
import type { Signal, SignalReason } from '../../core/signal.ts';
import { signalId } from '../../core/signal.ts';
import { normalizeUrl, safeUrl } from '../../core/url.ts';
import { nativeId, readAddress, timeOf } from './records.ts';
import type { BareSignal, Parsed } from './wireIssue.ts';
import { problemOf } from './wireIssue.ts';

const NotificationRecord = z.object({
  reason: z.string(),
  updated_at: z.string(),
  subject: z.object({ title: z.string(), url: z.nullish(z.string()), type: z.string() }),
  repository: z.object({ html_url: z.string() }),
});

export type NotificationReason = Extract<SignalReason, 'teamMention' | 'mention' | 'reviewRequested' | 'assigned'>;

/** GitHub's reasons that are a responder's business; the others (subscribed, author, ci_activity …) are not asked about. */
const REASONS: ReadonlyMap<string, NotificationReason> = new Map([
  ['team_mention', 'teamMention'],
  ['mention', 'mention'],
  ['review_requested', 'reviewRequested'],
  ['assign', 'assigned'],
]);

export interface NotificationRow {
  readonly reason: NotificationReason;
  /** Epoch ms: when the notification last changed, not the issue. */
  readonly at: number;
  /** What the notification alone tells about its issue; the issue itself says more. */
  readonly signal: Signal;
}

/** A row of `/notifications`; undefined when it is of a reason that is not watched. */
export function parseNotification(record: unknown): Parsed<NotificationRow | undefined> {
  const parsed = NotificationRecord.safeParse(record);
  if (!parsed.success) return { ok: false, problem: problemOf(parsed.error) };
  const { subject, repository, updated_at } = parsed.data;
  const reason = REASONS.get(parsed.data.reason);
  if (reason === undefined) return { ok: true, value: undefined };
  const address = readAddress(subject.url ?? '');
  const page = safeUrl(repository.html_url)?.replace(/\/+$/u, '');
  if (address === undefined || page === undefined) {
    return { ok: false, problem: `a ${oneLine(subject.type, 40)} has no issue or pull request behind it` };
  }
  const at = timeOf(updated_at);
  if (at === undefined) return { ok: false, problem: 'a time cannot be read' };
  const url = `${page}/${address.isPullRequest ? 'pull' : 'issues'}/${String(address.number)}`;
  const name = normalizeUrl(url);
  const signal: BareSignal = {
    id: signalId('github', nativeId(address)),
    service: 'github',
    source: 'github',
    kind: address.isPullRequest ? 'pullRequest' : 'issue',
    state: 'open',
    title: oneLine(subject.title, 300),
    excerpt: '',
    url,
    place: `${address.owner}/${address.repository}`,
    watchIds: [],
    reasons: [],
    author: undefined,
    assignees: [],
    labels: [],
    startedAt: at,
    updatedAt: at,
    replies: 0,
    count: 1,
    names: name === undefined ? [] : [name],
    mentions: [],
    markers: [],
    links: [],
    voices: [],
    takenBy: [],
    quietUntil: undefined,
  };
  return { ok: true, value: { reason, at, signal } };
}
