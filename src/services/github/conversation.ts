import * as z from 'zod/mini';
import type { Conversation, Message } from '../../core/conversation.ts';
import type { Signal } from '../../core/signal.ts';
import { safeUrl } from '../../core/url.ts';
import { ServiceError } from '../service.ts';
import type { GitHubClient } from './client.ts';
import { quietMarkdown } from './markdown.ts';
import { readPages } from './pages.ts';
import { authorOf, bodyOf, issuePath, readAddress, repositoryPath, timeOf } from './records.ts';

const PAGE_CAP = 10;

/** An issue, a comment or a review: who, when, what. A review has `submitted_at`. */
const MessageRecord = z.object({
  user: z.optional(z.unknown()),
  body: z.optional(z.unknown()),
  created_at: z.optional(z.unknown()),
  submitted_at: z.optional(z.unknown()),
  html_url: z.optional(z.unknown()),
});

/** Null while it is open. */
const ClosedRecord = z.object({ closed_at: z.optional(z.unknown()) });

/** An issue's text, its comments and, of a pull request, its reviews, in the order they were written. @throws {ServiceError} */
export async function readIssueConversation(client: GitHubClient, signal: Signal): Promise<Conversation> {
  const address = readAddress(signal.url);
  if (address === undefined) throw new ServiceError('notFound', 'the signal has no issue');
  const path = issuePath(signal.place, address.number);
  const issue = await client.get(path);
  const comments = await readPages(client, `${path}/comments?per_page=100`, PAGE_CAP);
  const pull = `${repositoryPath(signal.place)}/pulls/${String(address.number)}`;
  const reviews = address.isPullRequest ? await readPages(client, `${pull}/reviews?per_page=100`, PAGE_CAP) : undefined;
  // A review without text only carries its verdict or its line comments.
  const told = (reviews?.rows ?? []).filter((review) => bodyOf(MessageRecord.safeParse(review).data?.body) !== '');
  const messages: Message[] = [];
  let skipped = 0;
  for (const record of [issue.data, ...comments.rows, ...told]) {
    const message = readMessage(record);
    if (message === undefined) skipped += 1;
    else messages.push(message);
  }
  // What lies beyond the last page read is at least one.
  const unread = [comments.cut, reviews?.cut].filter((cut) => cut !== undefined).length;
  const closedAt = timeOf(ClosedRecord.safeParse(issue.data).data?.closed_at);
  return {
    messages: messages.sort((one, other) => one.at - other.at),
    skipped: skipped + unread,
    ...(closedAt === undefined ? {} : { closedAt }),
  };
}

function readMessage(record: unknown): Message | undefined {
  const { data } = MessageRecord.safeParse(record);
  const at = timeOf(data?.submitted_at) ?? timeOf(data?.created_at);
  if (data === undefined || at === undefined) return undefined;
  return { author: authorOf(data.user), at, markdown: quietMarkdown(bodyOf(data.body)), url: safeUrl(data.html_url) };
}
