import * as z from 'zod/mini';
import { oneLine } from '../../core/plainText.ts';
import type { Signal } from '../../core/signal.ts';
import type { NamedDeed, SourceDeed, SourceEvent, SourceEvents } from '../../core/sourceEvent.ts';
import { safeUrl } from '../../core/url.ts';
import { ServiceError } from '../service.ts';
import type { GitHubClient } from './client.ts';
import { readPages } from './pages.ts';
import { issuePath, readAddress, timeOf } from './records.ts';

const PAGE_CAP = 10;
const NAME_LENGTH = 200;

const Named = z.object({ name: z.string() });
const Titled = z.object({ title: z.string() });
const Person = z.object({ login: z.string().check(z.minLength(1)) });

const EventRow = z.object({
  event: z.string(),
  created_at: z.optional(z.unknown()),
  submitted_at: z.optional(z.unknown()),
  actor: z.optional(z.unknown()),
  user: z.optional(z.unknown()),
  assigner: z.optional(z.unknown()),
  review_requester: z.optional(z.unknown()),
  assignee: z.optional(z.unknown()),
  label: z.optional(z.unknown()),
  milestone: z.optional(z.unknown()),
  rename: z.optional(z.unknown()),
  requested_reviewer: z.optional(z.unknown()),
  requested_team: z.optional(z.unknown()),
  source: z.optional(z.unknown()),
  state: z.optional(z.unknown()),
  state_reason: z.optional(z.unknown()),
  commit_id: z.optional(z.unknown()),
  html_url: z.optional(z.unknown()),
});

type Row = z.infer<typeof EventRow>;

/** What an event tells, where it is told with a link to more. */
interface Told {
  readonly deed: SourceDeed;
  readonly url?: string | undefined;
}

/** Undefined for a record that lacks what it would tell. */
type Tell = (row: Row) => Told | 'untold' | undefined;

/**
 * What was done to an issue or pull request, in the order of time; what was said is read as its conversation.
 * https://docs.github.com/en/rest/issues/timeline#list-timeline-events-for-an-issue
 * @throws {ServiceError}
 */
export async function readIssueEvents(client: GitHubClient, signal: Signal): Promise<SourceEvents> {
  const address = readAddress(signal.url);
  if (address === undefined) throw new ServiceError('notFound', 'the signal has no issue');
  const path = `${issuePath(signal.place, address.number)}/timeline?per_page=100`;
  const { rows, cut } = await readPages(client, path, PAGE_CAP);
  const read = rows.map(readEvent);
  return {
    events: read.filter((event) => typeof event === 'object').sort((one, other) => one.at - other.at),
    // What lies beyond the last page read is at least one.
    skipped: read.filter((event) => event === 'unreadable').length + (cut === undefined ? 0 : 1),
  };
}

function readEvent(record: unknown): SourceEvent | 'untold' | 'unreadable' {
  const row = EventRow.safeParse(record).data;
  if (row === undefined) return 'unreadable';
  const tell = TOLD.get(row.event);
  if (tell === undefined) return 'untold';
  const told = tell(row);
  if (told === 'untold') return told;
  const at = timeOf(row.submitted_at) ?? timeOf(row.created_at);
  if (at === undefined || told === undefined) return 'unreadable';
  const who = row.assigner ?? row.review_requester ?? row.actor ?? row.user;
  return { at, who: loginOf(who), deed: told.deed, url: told.url };
}

/** By what GitHub calls them; what is no matter of whoever has the issue (subscriptions, pins, commits) is not told. */
const TOLD: ReadonlyMap<string, Tell> = new Map<string, Tell>([
  ['assigned', ({ assignee }) => named('assigned', loginOf(assignee))],
  ['unassigned', ({ assignee }) => named('unassigned', loginOf(assignee))],
  ['labeled', ({ label }) => named('labeled', Named.safeParse(label).data?.name)],
  ['unlabeled', ({ label }) => named('unlabeled', Named.safeParse(label).data?.name)],
  ['milestoned', ({ milestone }) => named('milestoned', Titled.safeParse(milestone).data?.title)],
  ['demilestoned', ({ milestone }) => named('demilestoned', Titled.safeParse(milestone).data?.title)],
  ['renamed', ({ rename }) => named('renamed', z.object({ to: z.string() }).safeParse(rename).data?.to)],
  ['review_requested', (row) => named('reviewRequested', reviewerOf(row))],
  ['review_request_removed', (row) => named('reviewNotRequested', reviewerOf(row))],
  ['closed', closed],
  ['reopened', () => ({ deed: { type: 'reopened' } })],
  ['merged', () => ({ deed: { type: 'merged' } })],
  ['convert_to_draft', () => ({ deed: { type: 'madeDraft' } })],
  ['ready_for_review', () => ({ deed: { type: 'madeReady' } })],
  ['reviewed', reviewed],
  ['cross-referenced', mentioned],
  ['referenced', ({ commit_id: commit }) => named('mentionedInCommit', shortName(commit))],
]);

function named(type: NamedDeed, name: string | undefined): Told | undefined {
  const line = oneLine(name ?? '', NAME_LENGTH);
  return line === '' ? undefined : { deed: { type, name: line } };
}

function closed({ state_reason: reason }: Row): Told {
  const type = reason === 'not_planned' ? 'closedNotPlanned' : reason === 'duplicate' ? 'closedDuplicate' : 'closed';
  return { deed: { type } };
}

/** A verdict; a review without one is no more than what was said in it. */
function reviewed({ state, html_url: url }: Row): Told | 'untold' | undefined {
  if (typeof state !== 'string') return undefined;
  const verdict = state.toLowerCase();
  if (verdict === 'approved') return { deed: { type: 'approved' }, url: safeUrl(url) };
  return verdict === 'changes_requested' ? { deed: { type: 'changesRequested' }, url: safeUrl(url) } : 'untold';
}

const Source = z.object({ issue: z.object({ html_url: z.string(), title: z.string() }) });

/** An issue or pull request that speaks of this one. */
function mentioned({ source }: Row): Told | undefined {
  const { data } = Source.safeParse(source);
  const url = safeUrl(data?.issue.html_url);
  const address = url === undefined ? undefined : readAddress(url);
  if (data === undefined || address === undefined) return undefined;
  const { owner, repository, number, isPullRequest } = address;
  const name = `${owner}/${repository}#${String(number)} ${data.issue.title}`;
  const told = named(isPullRequest ? 'mentionedInPull' : 'mentionedInIssue', name);
  return told && { ...told, url };
}

function reviewerOf({ requested_reviewer: person, requested_team: team }: Row): string | undefined {
  return loginOf(person) ?? Named.safeParse(team).data?.name;
}

function shortName(commit: unknown): string | undefined {
  return typeof commit === 'string' ? /^[0-9a-f]{7}/u.exec(commit)?.[0] : undefined;
}

function loginOf(user: unknown): string | undefined {
  const login = oneLine(Person.safeParse(user).data?.login ?? '', NAME_LENGTH);
  return login === '' ? undefined : login;
}
