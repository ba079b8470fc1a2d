import type { Conversation } from '../core/conversation.ts';
import { formatMinutes } from '../core/duration.ts';
import { MAX_ISSUE_TITLE_LENGTH } from '../core/issueLimits.ts';
import { type Item, leadSignal } from '../core/item.ts';
import { writeMarker } from '../core/marker.ts';
import { canBeTold, type IssueNumber, parseIssueId, parseThreadId } from '../core/nativeIds.ts';
import { oneLine } from '../core/plainText.ts';
import { PRIORITY_LABEL, type Priority } from '../core/priority.ts';
import type { Proposal, Write } from '../core/proposal.ts';
import type { Signal } from '../core/signal.ts';
import type { SourceFailure } from '../core/sourceStatus.ts';
import type { BoardTarget, Team } from '../core/team.ts';
import { cleanLabels, fittedIssue, fittedTitle } from './fittedIssue.ts';
import { commentBody, type IssueBodyInput, issueBody, issueMarkers, itemMarkers } from './issueBody.ts';
import { type FilledTemplate, templateTitle } from './templateBody.ts';
import { sayIn } from './words.ts';

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
  /** A template of the repository; undefined for our own body. */
  readonly template?: FilledTemplate | undefined;
  /** An issue that is about the same: it gets our text as a comment, or is linked from the new one. */
  readonly duplicate?: Duplicate | undefined;
}

export interface Duplicate extends IssueNumber {
  readonly how: 'append' | 'relate';
  readonly title: string;
  /** It is closed, or may be: what is appended opens it again, as nobody follows a closed one. */
  readonly reopens?: boolean | undefined;
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
 * Nor is there when the text is appended to an issue about the same: that one is as it was but for a comment.
 */
export function convert(input: ConvertInput): Proposal {
  const { item, choice, team, now, id } = input;
  const { duplicate } = choice;
  const existing = issueToPlan(item, choice.repository);
  if (existing === undefined && duplicate?.how === 'append') return append(input, duplicate);
  const place = existing === undefined ? undefined : parseIssueId(existing.id);
  const board = team.issues?.project;
  return {
    id,
    createdAt: now,
    kind: 'convert',
    signalIds: item.signals.map((signal) => signal.id),
    title: existing === undefined ? newTitle(input) : existing.title,
    steps: [
      place === undefined ? createIssue(input) : planIssue(place, choice),
      ...(board === undefined ? [] : [addToBoard(board, choice)]),
      ...notices(input, existing, (name) => `Planned as ${name} · ${plan(choice)}`),
      ...(existing === undefined || place === undefined ? [] : planned(input, existing, place)),
    ],
    decision: { timeboxMinutes: choice.timeboxMinutes, priority: choice.priority },
    undoes: undefined,
  };
}

/**
 * Planning an issue without labels and assignees changes nothing of it, and makes the journal tell what the item became:
 * the record of this machine. What others see of it is the comment with its markers, and the word in each source. One that
 * is closed is opened first: where GitHub refuses that, the item still waits for a decision.
 */
function append(input: ConvertInput, duplicate: Duplicate): Proposal {
  const { item, choice, now, id } = input;
  const { repository, number } = duplicate;
  const marker = appendMarker(id, duplicate);
  const open: readonly Write[] = duplicate.reopens === true ? [{ type: 'reopenIssue', repository, number }] : [];
  return {
    id,
    createdAt: now,
    kind: 'convert',
    signalIds: item.signals.map((signal) => signal.id),
    title: oneLine(duplicate.title, MAX_ISSUE_TITLE_LENGTH),
    steps: [
      ...open,
      { type: 'planIssue', repository, number, labels: [], assignees: [] },
      { type: 'commentOnIssue', repository, number, body: commentBody(bodyInput(input), marker), marker, since: now },
      ...notices(input, undefined, (name) => `Added to ${name}`),
    ],
    decision: { timeboxMinutes: choice.timeboxMinutes, priority: choice.priority },
    undoes: undefined,
  };
}

export interface AppendedTo extends IssueNumber {
  readonly reopens: boolean;
}

/** The issue that a proposal only adds a comment to; undefined for one that creates or plans an issue. */
export function appendedTo({ id, kind, steps }: Proposal): AppendedTo | undefined {
  const reopens = steps[0]?.type === 'reopenIssue';
  const [plan, comment] = reopens ? steps.slice(1) : steps;
  if (kind !== 'convert' || plan?.type !== 'planIssue' || comment?.type !== 'commentOnIssue') return undefined;
  const { repository, number } = plan;
  return comment.marker === appendMarker(id, plan) ? { repository, number, reopens } : undefined;
}

function appendMarker(id: string, { repository, number }: IssueNumber): string {
  return writeMarker('reply', `${id}:${repository}#${number}`);
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

function createIssue(input: ConvertInput): Write {
  const { item, choice, now, id } = input;
  // The item's markers also stand in an issue of it that was undone: only the proposal's own tells which try made it.
  const marker = writeMarker('issue', id);
  const { title, labels, body } = choice;
  const words =
    body === undefined
      ? { title: newTitle(input), labels: cleanLabels(labels), body: issueBody(bodyInput(input), marker) }
      : fittedIssue({ title, labels, body }, { markers: issueMarkers(item, marker), title: defaultTitle(item) });
  return {
    type: 'createIssue',
    repository: choice.repository,
    ...words,
    assignees: assignees(choice),
    marker,
    since: now,
  };
}

function bodyInput({ choice, ...input }: ConvertInput): IssueBodyInput {
  const { timeboxMinutes, priority, template, duplicate } = choice;
  const related = duplicate?.how === 'relate' ? `${duplicate.repository}#${duplicate.number}` : undefined;
  return { ...input, timeboxMinutes, priority, template, related };
}

function planIssue(place: IssueNumber, choice: ConvertChoice): Write {
  return { type: 'planIssue', ...place, labels: cleanLabels(choice.labels), assignees: assignees(choice) };
}

/**
 * The comment on an issue that is planned itself: of whom to tell when it is closed it is the only record that other
 * machines have. There is none where nobody else waits, or where the issue's own text names them.
 */
function planned({ item, choice, id, now }: ConvertInput, existing: Signal, place: IssueNumber): readonly Write[] {
  const [first, ...others] = item.signals.filter((one) => one.id !== existing.id && canBeTold(one.id));
  if (first === undefined || [first, ...others].every((one) => existing.markers.includes(one.id))) return [];
  const marker = writeMarker('reply', `${id}:${existing.id}`);
  const body = `Planned · ${plan(choice)}\n\n${marker}\n${itemMarkers([first, ...others])}`;
  return [{ type: 'commentOnIssue', ...place, body, marker, since: now }];
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
function notices(input: ConvertInput, planned: Signal | undefined, said: Said): readonly Write[] {
  const writes = new Map<string, Write>();
  for (const signal of input.item.signals) {
    if (signal.id === planned?.id) continue;
    const write = notice(signal, input, said);
    if (write !== undefined && !writes.has(signal.id)) writes.set(signal.id, write);
  }
  return [...writes.values()];
}

/** The word itself, by how it names the issue. */
type Said = (issue: string) => string;

function notice(signal: Signal, { id, now }: ConvertInput, said: Said): Write | undefined {
  const place = parseThreadId(signal.id) ?? parseIssueId(signal.id);
  if (place === undefined) return undefined;
  const text = said('channel' in place ? '[{{issue}}]({{issueUrl}})' : '{{issue}}');
  return sayIn(place, text, { id: `${id}:${signal.id}`, now });
}

function plan({ timeboxMinutes, priority }: ConvertChoice): string {
  return `timebox ${formatMinutes(timeboxMinutes)} · priority ${PRIORITY_LABEL[priority]}`;
}

function newTitle({ choice, item }: ConvertInput): string {
  const title = fittedTitle(choice.title, defaultTitle(item));
  // A title that was edited with its body is the person's last word.
  if (choice.template === undefined || choice.body !== undefined) return title;
  return oneLine(templateTitle(choice.template.template, title), MAX_ISSUE_TITLE_LENGTH);
}

function assignees({ assignee }: ConvertChoice): readonly string[] {
  return assignee === undefined ? [] : [assignee];
}

/** A mention may sit in a pull request as well: its address tells. */
function isIssue(signal: Signal): boolean {
  return signal.kind === 'issue' || (signal.kind === 'mention' && /\/issues\/\d+/u.test(signal.url));
}
