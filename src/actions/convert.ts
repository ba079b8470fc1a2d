import type { Conversation } from '../core/conversation.ts';
import { formatMinutes } from '../core/duration.ts';
import { type Item, leadSignal } from '../core/item.ts';
import { writeMarker } from '../core/marker.ts';
import { oneLine } from '../core/plainText.ts';
import { PRIORITY_LABEL, type Priority } from '../core/priority.ts';
import type { Proposal, Write } from '../core/proposal.ts';
import type { Signal } from '../core/signal.ts';
import type { SourceFailure } from '../core/sourceStatus.ts';
import type { BoardTarget, Team } from '../core/team.ts';
import { editedBody, issueBody } from './issueBody.ts';
import { type IssueNumber, parseIssueId, parseThreadId } from './nativeIds.ts';

/** GitHub's own limit. */
export const MAX_ISSUE_TITLE_LENGTH = 256;
const MAX_LABEL_LENGTH = 50;

/** What a person decides when they convert an item. */
export interface ConvertChoice {
  readonly timeboxMinutes: number;
  readonly priority: Priority;
  /** `owner/name`. */
  readonly repository: string;
  readonly title: string;
  readonly labels: readonly string[];
  /** GitHub login; undefined for nobody. */
  readonly assignee: string | undefined;
  /** The body as the person edited it, without markers; undefined for the one that is written from the record. */
  readonly body: string | undefined;
}

export interface ConvertInput {
  readonly item: Item;
  /** By signal id. Read now, see `Source.readConversation`. */
  readonly conversations: ReadonlyMap<string, Conversation>;
  readonly unreadable: ReadonlyMap<string, SourceFailure>;
  /** What was done about it before, line by line. */
  readonly tried?: readonly string[];
  readonly choice: ConvertChoice;
  readonly team: Team;
  /** The name of who converts. */
  readonly by: string;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Of the proposal. */
  readonly id: string;
}

/**
 * What converting an item writes, in order: the issue, its place on the board, and a word to each source where it went.
 * An open issue of the item that already lives in the chosen repository is planned itself; there is no second one.
 */
export function convert(input: ConvertInput): Proposal {
  const { item, choice, team, now, id } = input;
  const existing = issueToPlan(item, choice.repository);
  const place = existing === undefined ? undefined : parseIssueId(existing.id);
  const board = team.issues?.project;
  return {
    id,
    createdAt: now,
    kind: 'convert',
    signalIds: item.signals.map((signal) => signal.id),
    title: existing === undefined ? issueTitle(choice.title, item) : existing.title,
    steps: [
      place === undefined ? createIssue(input) : planIssue(place, choice),
      ...(board === undefined ? [] : [addToBoard(board, choice)]),
      ...notices(input, existing),
    ],
    decision: { timeboxMinutes: choice.timeboxMinutes, priority: choice.priority },
    undoes: undefined,
  };
}

/** The item's open GitHub issue in `repository`: it needs a plan, not a second issue. */
export function issueToPlan(item: Item, repository: string): Signal | undefined {
  return item.signals.find(
    (signal) =>
      isIssue(signal) &&
      signal.state !== 'closed' &&
      parseIssueId(signal.id)?.repository.toLowerCase() === repository.toLowerCase(),
  );
}

/** The title that a conversion starts from: the lead signal's, within GitHub's limit. */
export function defaultTitle(item: Item): string {
  return oneLine(leadSignal(item).title, MAX_ISSUE_TITLE_LENGTH);
}

/** Labels as they may be sent: trimmed, no empty ones, none twice (GitHub's labels ignore case). */
export function cleanLabels(labels: readonly string[]): readonly string[] {
  const byName = new Map<string, string>();
  for (const label of labels) {
    const clean = oneLine(label, MAX_LABEL_LENGTH);
    const name = clean.toLowerCase();
    if (clean !== '' && !byName.has(name)) byName.set(name, clean);
  }
  return [...byName.values()];
}

function createIssue(input: ConvertInput): Write {
  const { item, choice, now, by } = input;
  const { timeboxMinutes, priority } = choice;
  const { conversations, unreadable, tried = [] } = input;
  return {
    type: 'createIssue',
    repository: choice.repository,
    title: issueTitle(choice.title, item),
    body:
      choice.body === undefined
        ? issueBody({ item, conversations, unreadable, tried, timeboxMinutes, priority, by, now })
        : editedBody(choice.body, item),
    labels: cleanLabels(choice.labels),
    assignees: assignees(choice),
    marker: writeMarker('item', item.signals[0].id),
    since: now,
  };
}

function planIssue(place: IssueNumber, choice: ConvertChoice): Write {
  return { type: 'planIssue', ...place, labels: cleanLabels(choice.labels), assignees: assignees(choice) };
}

function addToBoard(board: BoardTarget, { priority, timeboxMinutes }: ConvertChoice): Write {
  const { priorityField, timeboxField } = board;
  return {
    type: 'addToBoard',
    owner: board.owner,
    number: board.number,
    priority: priorityField === undefined ? undefined : { field: priorityField, option: PRIORITY_LABEL[priority] },
    timebox:
      timeboxField === undefined
        ? undefined
        : { field: timeboxField, hours: Math.round((timeboxMinutes / 60) * 100) / 100 },
  };
}

/** A word to each thread, issue and pull request of the item; alerts have nobody to tell. */
function notices(input: ConvertInput, planned: Signal | undefined): readonly Write[] {
  const writes = new Map<string, Write>();
  for (const signal of input.item.signals) {
    if (signal.id === planned?.id) continue;
    const write = notice(signal, input);
    if (write !== undefined && !writes.has(signal.id)) writes.set(signal.id, write);
  }
  return [...writes.values()];
}

function notice(signal: Signal, { choice, id, now }: ConvertInput): Write | undefined {
  const marker = writeMarker('reply', `${id}:${signal.id}`);
  const thread = parseThreadId(signal.id);
  if (thread !== undefined) {
    const markdown = `Planned as [{{issue}}]({{issueUrl}}) · ${plan(choice)}`;
    return { type: 'replyInThread', channel: thread.channel, threadTs: thread.ts, markdown, marker };
  }
  const issue = parseIssueId(signal.id);
  if (issue === undefined) return undefined;
  const body = `Planned as {{issue}} · ${plan(choice)}\n\n${marker}`;
  return { type: 'commentOnIssue', ...issue, body, marker, since: now };
}

function plan({ timeboxMinutes, priority }: ConvertChoice): string {
  return `timebox ${formatMinutes(timeboxMinutes)} · priority ${PRIORITY_LABEL[priority]}`;
}

function issueTitle(title: string, item: Item): string {
  const clean = oneLine(title, MAX_ISSUE_TITLE_LENGTH);
  return clean === '' ? defaultTitle(item) : clean;
}

function assignees({ assignee }: ConvertChoice): readonly string[] {
  return assignee === undefined ? [] : [assignee];
}

/** A mention may sit in a pull request as well: its address tells. */
function isIssue(signal: Signal): boolean {
  return signal.kind === 'issue' || (signal.kind === 'mention' && /\/issues\/\d+/u.test(signal.url));
}
