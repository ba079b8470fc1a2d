import * as z from 'zod/mini';
import type { Closing, ClosingReason, Fix } from '../../core/closing.ts';
import { readMarkers } from '../../core/marker.ts';
import { oneLine } from '../../core/plainText.ts';
import { safeUrl } from '../../core/url.ts';
import { bodyOf, readAddress, timeOf } from './records.ts';
import { type BareSignal, isInsider } from './wireIssue.ts';

/**
 * What closed issues, by their node ids. `closer` is what closed it by a keyword; who closes by hand after a merge leaves
 * none, but the reference of the pull request that said it would. Both are older than every GitHub Enterprise Server in use.
 * Who waits may be named early: `earliest` is for issues of which more was said since than `comments` holds.
 */
export const HOW_CLOSED = `query HowClosed($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on Issue {
      id
      said: comments(last: 3) { nodes { author { login } createdAt bodyText } }
      comments(last: 100) { nodes { authorAssociation createdAt body } }
      earliest: comments(first: 50) { nodes { authorAssociation createdAt body } }
      timelineItems(last: 50, itemTypes: [CLOSED_EVENT, CROSS_REFERENCED_EVENT]) {
        nodes {
          __typename
          ... on ClosedEvent {
            createdAt
            actor { login }
            closer { __typename ...MergedPull ... on Commit { abbreviatedOid url } }
          }
          ... on CrossReferencedEvent { willCloseTarget source { __typename ...MergedPull } }
        }
      }
    }
  }
}
fragment MergedPull on PullRequest { number url merged mergedAt milestone { title } }` as const;

/** Words that come with a closing are written just before it, or just after. */
const WITH_CLOSING_MS = 5 * 60_000;
const MAX_WORDS = 300;
/** What a milestone is called when it is a version: `v1.4`, `2026.11.2`. */
const VERSION = /^v?\d{1,6}(?:\.\d{1,6}){1,3}(?:[-+][\w.]{1,20})?$/iu;

const Milestone = z.catch(z.nullish(z.object({ title: z.string() })), undefined);

const ClosedRow = z.object({
  node_id: z.string().check(z.minLength(1), z.maxLength(200)),
  closed_at: z.string(),
  state_reason: z.catch(z.nullish(z.string()), undefined),
  milestone: Milestone,
});

/** As many as a body's are told, and more: whatever holds so many was written by no conversion of ours. */
const MAX_MARKERS = 100;

/** The closing that an issue's own record tells of, and the node id by which the rest is read. */
export interface BareClosing {
  readonly closing: Closing;
  readonly nodeId: string;
}

/** Undefined for what is open, is a pull request, or does not say when it was closed. */
export function parseClosing(signal: BareSignal, record: unknown): BareClosing | undefined {
  const { data } = ClosedRow.safeParse(record);
  const closedAt = timeOf(data?.closed_at);
  const address = readAddress(signal.url);
  if (signal.state !== 'closed' || data === undefined || closedAt === undefined) return undefined;
  if (address === undefined || address.isPullRequest) return undefined;
  const closing: Closing = {
    issueId: signal.id,
    repository: signal.place,
    number: address.number,
    url: signal.url,
    title: signal.title,
    closedAt,
    reason: reasonOf(data.state_reason),
    fix: undefined,
    version: versionOf(data.milestone?.title),
    words: undefined,
    markers: signal.markers,
  };
  return { closing, nodeId: data.node_id };
}

/** https://docs.github.com/en/rest/issues/issues: an older server gives no reason, and what is closed there is done. */
function reasonOf(reason: string | null | undefined): ClosingReason {
  return reason === 'not_planned' ? 'notPlanned' : reason === 'duplicate' ? 'duplicate' : 'completed';
}

function versionOf(milestone: string | undefined): string | undefined {
  return milestone !== undefined && VERSION.test(milestone.trim()) ? milestone.trim() : undefined;
}

const Login = z.catch(z.nullish(z.object({ login: z.string() })), undefined);

const MergedPull = z.object({
  __typename: z.literal('PullRequest'),
  number: z.int(),
  url: z.string(),
  merged: z.literal(true),
  mergedAt: z.catch(z.nullish(z.string()), undefined),
  milestone: Milestone,
});

const ClosingCommit = z.object({
  __typename: z.literal('Commit'),
  abbreviatedOid: z.string().check(z.regex(/^[0-9a-f]{4,40}$/u)),
  url: z.string(),
});

const ClosedEvent = z.object({
  __typename: z.literal('ClosedEvent'),
  createdAt: z.string(),
  actor: Login,
  closer: z.catch(z.nullish(z.union([MergedPull, ClosingCommit])), undefined),
});

const Reference = z.object({
  __typename: z.literal('CrossReferencedEvent'),
  willCloseTarget: z.literal(true),
  source: MergedPull,
});

const Words = z.object({ author: Login, createdAt: z.string(), bodyText: z.string() });

const Comment = z.object({
  authorAssociation: z.string(),
  createdAt: z.catch(z.optional(z.string()), undefined),
  body: z.string(),
});

const IssueNode = z.object({
  id: z.string(),
  said: z.object({ nodes: z.array(z.unknown()) }),
  comments: z.object({ nodes: z.array(z.unknown()) }),
  earliest: z.object({ nodes: z.array(z.unknown()) }),
  timelineItems: z.object({ nodes: z.array(z.unknown()) }),
});

const Reply = z.object({ nodes: z.array(z.unknown()) });

/** What the reply to {@link HOW_CLOSED} adds to a closing; the closing as it is when it does not speak of it. */
export function withHow({ closing, nodeId }: BareClosing, reply: unknown): Closing {
  const nodes = Reply.safeParse(reply).data?.nodes ?? [];
  const issue = nodes.map((node) => IssueNode.safeParse(node).data).find((each) => each?.id === nodeId);
  if (issue === undefined) return closing;
  const events = issue.timelineItems.nodes;
  const closings = events.map((event) => ClosedEvent.safeParse(event).data).filter((event) => event !== undefined);
  const last = closings.at(-1);
  const closedBefore = timeOf(closings.at(-2)?.createdAt) ?? 0;
  const settled = last?.closer ?? mergedReference(events, closedBefore);
  return {
    ...closing,
    ...waitersOf(closing, issue, closedBefore),
    fix: closing.reason === 'completed' ? fixOf(settled) : undefined,
    version: releaseOf(settled) ?? closing.version,
    words: wordsOf(issue.said.nodes, closing.closedAt, last?.actor?.login),
  };
}

interface Said {
  /** Epoch ms; 0 when it does not say. */
  readonly at: number;
  readonly body: string;
}

/** Whose markers count: a bot may repeat anybody's words. */
function commentsOfInsiders(comments: readonly unknown[]): readonly Said[] {
  return comments.flatMap((row) => {
    const { data } = Comment.safeParse(row);
    if (data === undefined || !isInsider(data.authorAssociation)) return [];
    return [{ at: timeOf(data.createdAt) ?? 0, body: bodyOf(data.body) }];
  });
}

/**
 * Who waits for an issue, and whether what was said since it was closed before (epoch ms; 0 when it was not) takes its
 * conversion back.
 */
function waitersOf(
  { reason, markers }: Closing,
  { comments, earliest }: z.infer<typeof IssueNode>,
  closedBefore: number,
): Pick<Closing, 'markers' | 'isTakenBack'> {
  const said = commentsOfInsiders(comments.nodes);
  const undone = said.some(({ at, body }) => at > closedBefore && readMarkers('undo', body).length > 0);
  const isTakenBack = reason === 'notPlanned' && undone;
  // Who was added to the issue later waits for it all the same.
  const all = [...commentsOfInsiders(earliest.nodes), ...said];
  const named = [...(isTakenBack ? [] : markers), ...all.flatMap(({ body }) => readMarkers('item', body))];
  return { markers: [...new Set(named)].slice(0, MAX_MARKERS), ...(isTakenBack ? { isTakenBack } : {}) };
}

type Settled = z.infer<typeof MergedPull> | z.infer<typeof ClosingCommit>;

/**
 * The last pull request that said it would close the issue, and was merged. What was merged before the issue was closed
 * the time before (epoch ms; 0 when it was not) did not settle it: it was opened again since.
 */
function mergedReference(events: readonly unknown[], closedBefore: number): Settled | undefined {
  const isSince = ({ mergedAt }: z.infer<typeof MergedPull>): boolean =>
    closedBefore === 0 || (timeOf(mergedAt) ?? 0) > closedBefore;
  const pulls = events.map((event) => Reference.safeParse(event).data?.source);
  return pulls.findLast((pull) => pull !== undefined && isSince(pull));
}

function releaseOf(settled: Settled | undefined): string | undefined {
  return settled?.__typename === 'PullRequest' ? versionOf(settled.milestone?.title) : undefined;
}

function fixOf(settled: Settled | undefined): Fix | undefined {
  const url = safeUrl(settled?.url);
  if (settled === undefined || url === undefined) return undefined;
  if (settled.__typename === 'Commit') return { kind: 'commit', name: settled.abbreviatedOid, url };
  const address = readAddress(url);
  if (address?.isPullRequest !== true || address.number !== settled.number) return undefined;
  return { kind: 'pullRequest', name: `${address.owner}/${address.repository}#${address.number}`, url };
}

/** The last comment that whoever closed the issue wrote with that. */
function wordsOf(comments: readonly unknown[], closedAt: number, by: string | undefined): string | undefined {
  if (by === undefined) return undefined;
  const words = comments
    .map((comment) => Words.safeParse(comment).data)
    .findLast(
      (comment) =>
        comment?.author?.login.toLowerCase() === by.toLowerCase() &&
        Math.abs((timeOf(comment.createdAt) ?? 0) - closedAt) <= WITH_CLOSING_MS,
    );
  const line = oneLine(words?.bodyText ?? '', MAX_WORDS);
  return line === '' ? undefined : line;
}
