import type { Conversation, Message } from '../core/conversation.ts';
import { formatMinutes } from '../core/duration.ts';
import { MAX_ISSUE_BODY_LENGTH } from '../core/issueLimits.ts';
import { type Item, leadSignal } from '../core/item.ts';
import { writeMarker } from '../core/marker.ts';
import { isPullRequest } from '../core/nativeIds.ts';
import { PRIORITY_LABEL, type Priority } from '../core/priority.ts';
import type { Signal } from '../core/signal.ts';
import type { SourceFailure } from '../core/sourceStatus.ts';
import { type Block, cutAtLine, fitBlocks } from './fitBlocks.ts';
import { inlineText, link, quote, remoteMarkdown, utcTime } from './remoteText.ts';
import { type FilledTemplate, templateText } from './templateBody.ts';

/** A single message longer than this is cut, so that one pasted log does not push the rest of the thread out. */
const MAX_MESSAGE_LENGTH = 16_000;
const MAX_MARKERS_LENGTH = 8_000;
const MAX_SOURCES_LENGTH = 12_000;
const MAX_TITLE_LENGTH = 200;
const MAX_NAME_LENGTH = 80;
const MAX_TRIED_LENGTH = 600;
const CUT_NOTE = '\n\n_Cut here, an issue holds no more._';

// The body is written in English whatever the responder's display language is: it is read by the whole team.
const FAILURE_WORDS: Readonly<Record<SourceFailure, string>> = {
  unauthenticated: 'not signed in',
  forbidden: 'no permission',
  notFound: 'it was not found',
  rateLimited: 'the service asked to wait',
  offline: 'the service could not be reached',
  serverError: 'the service reported a server error',
  badResponse: 'the service answered something unreadable',
  refused: 'the service refused',
};

export interface IssueBodyInput {
  readonly item: Item;
  /** By signal id. */
  readonly conversations: ReadonlyMap<string, Conversation>;
  /** The signals whose conversation could not be read, and why. */
  readonly unreadable: ReadonlyMap<string, SourceFailure>;
  /** What was done about it before, line by line. */
  readonly tried?: readonly string[];
  readonly timeboxMinutes: number;
  readonly priority: Priority;
  /** Who converts it: a name of the schedule. */
  readonly by: string;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Of the repository; undefined for our own. */
  readonly template?: FilledTemplate | undefined;
  /** An issue that may be about the same: `owner/name#12`. */
  readonly related?: string | undefined;
}

/**
 * The body of a planned issue: what is known, then everything that was said, oldest signal first, then the markers of
 * the item's signals, and `marker`, which finds this issue again. At most {@link MAX_ISSUE_BODY_LENGTH} UTF-16 units, which is
 * never more than GitHub's count.
 */
export function issueBody(input: IssueBodyInput, marker: string): string {
  const markers = issueMarkers(input.item, marker);
  const budget = MAX_ISSUE_BODY_LENGTH - markers.length - 2;
  const head = input.template === undefined ? ownTemplate(input) : filledTemplate(input, input.template);
  const blocks = input.item.signals.flatMap((signal) => conversationBlocks(signal, input));
  return `${fitBlocks(head, blocks, budget)}\n\n${markers}`;
}

/**
 * The same as a comment on an issue that exists already, without the plan of a new one. `marker` finds this comment again;
 * the item's own markers follow it.
 */
export function commentBody(input: IssueBodyInput, marker: string): string {
  const { item } = input;
  const markers = `${marker}\n${itemMarkers(item.signals)}`;
  const head = [
    'The same was reported again.',
    section('Impact', impact(item, leadSignal(item))),
    section('Tried', tried(input)),
    section('Source', sources(input, 'Added')),
  ].join('\n\n');
  const blocks = item.signals.flatMap((signal) => conversationBlocks(signal, input));
  const budget = MAX_ISSUE_BODY_LENGTH - markers.length - 2;
  return `${fitBlocks(verbatim(head), blocks.map(verbatimBlock), budget)}\n\n${markers}`;
}

function verbatimBlock(block: Block): Block {
  return { ...block, text: verbatim(block.text) };
}

/** A comment may speak of its issue by `{{issue}}` (see `Proposal`); what somebody else wrote does not. */
function verbatim(text: string): string {
  return text.replaceAll('{{issue', '{\u200b{issue');
}

/**
 * A body, of an issue or a comment, that a person edited: what they wrote, cut at a line when too long, without markers but
 * those that belong below it.
 */
export function editedBody(text: string, markers: string): string {
  const below = markers === '' ? '' : `\n\n${markers}`;
  const budget = MAX_ISSUE_BODY_LENGTH - below.length;
  const clean = text.replace(/<!--(?=\s*responder-duty:)/giu, '&lt;!--').trimEnd();
  if (clean.length <= budget) return `${clean}${below}`;
  return `${cutAtLine(clean, budget - CUT_NOTE.length)}${CUT_NOTE}${below}`;
}

/** A body without its markers at the end, as it is given to a person to edit. */
export function bodyWithoutMarkers(body: string): string {
  const lines = body.split('\n');
  const isMarkerOrBlank = (line: string) => line.trim() === '' || line.startsWith('<!-- responder-duty:');
  return lines.slice(0, lines.findLastIndex((line) => !isMarkerOrBlank(line)) + 1).join('\n');
}

/** What stands below the body of an item's issue; `marker` finds that one alone. */
export function issueMarkers({ signals }: Item, marker: string): string {
  return `${itemMarkers(signals)}\n${marker}`;
}

/** The first is always there, so a later look finds the issue; others as far as there is room. */
export function itemMarkers([first, ...others]: readonly [Signal, ...Signal[]]): string {
  let text = writeMarker('item', first.id);
  for (const { id } of others) {
    const marker = writeMarker('item', id);
    if (text.length + marker.length + 1 > MAX_MARKERS_LENGTH) break;
    text += `\n${marker}`;
  }
  return text;
}

function ownTemplate(input: IssueBodyInput): string {
  const { item } = input;
  return [
    section('Impact', impact(item, leadSignal(item))),
    section('Scope', scope(item)),
    section('Tried', tried(input)),
    section('Estimate', estimate(input)),
    section('Next step', 'To be decided when it is picked up.'),
    section('Source', sources(input, 'Planned')),
  ].join('\n\n');
}

/** What we know goes where the template asks for it, under names that fit below any heading; the source stays ours. */
function filledTemplate(input: IssueBodyInput, filled: FilledTemplate): string {
  const { item } = input;
  const record = [
    ['Impact', impact(item, leadSignal(item))],
    ['Scope', scope(item)],
    ['Tried', tried(input)],
    ['Estimate', estimate(input)],
  ].map(([name, text]) => `**${name}**\n\n${text}`);
  return [templateText(filled, record.join('\n\n')), section('Source', sources(input, 'Planned'))].join('\n\n');
}

function estimate({ timeboxMinutes, priority }: IssueBodyInput): string {
  return `Timebox: ${formatMinutes(timeboxMinutes)} · Priority: ${PRIORITY_LABEL[priority]}`;
}

function section(heading: string, text: string): string {
  return `## ${heading}\n\n${text}`;
}

function impact(item: Item, lead: Signal): string {
  const reporter = lead.author === undefined ? '' : ` by ${inlineText(lead.author.name, MAX_NAME_LENGTH)}`;
  const lines = [
    `Reported${reporter} in ${inlineText(lead.place, MAX_NAME_LENGTH)}: ${inlineText(lead.title, MAX_TITLE_LENGTH)}`,
  ];
  const fired = item.signals.reduce((sum, signal) => sum + (signal.kind === 'alert' ? signal.count : 0), 0);
  if (fired > 0) lines.push(`Alerts fired: ${fired}`);
  return lines.map((line) => `- ${line}`).join('\n');
}

function scope(item: Item): string {
  const places = [...new Set(item.signals.map((signal) => inlineText(signal.place, MAX_NAME_LENGTH)))];
  const labels = [...new Set(item.signals.flatMap((signal) => signal.labels))];
  const shown = labels.slice(0, 20).map((label) => inlineText(label, 60));
  const lines = [`Places: ${places.slice(0, 20).join(', ')}`];
  if (shown.length > 0) lines.push(`Labels: ${shown.join(', ')}`);
  return lines.map((line) => `- ${line}`).join('\n');
}

function tried({ item, conversations, tried: before = [] }: IssueBodyInput): string {
  const messages = item.signals.flatMap((signal) => conversations.get(signal.id)?.messages ?? []);
  const people = new Set(messages.filter(({ author }) => !author.isBot).map(({ author }) => author.id)).size;
  const runbooks = [
    ...new Set(item.signals.flatMap((signal) => signal.links.filter(({ kind }) => kind === 'runbook'))),
  ];
  const lines = runbooks.slice(0, 5).map(({ url }) => `Runbook: ${link(inlineText(url, 300), url)}`);
  if (messages.length > 1) {
    lines.push(`${messages.length} messages of ${people === 1 ? '1 person' : `${people} people`} so far, below`);
  }
  lines.push(...before.slice(0, 30).map((line) => inlineText(line, MAX_TRIED_LENGTH)));
  return lines.length === 0 ? 'Nothing is recorded yet.' : lines.map((line) => `- ${line}`).join('\n');
}

function sources({ item, by, now, related }: IssueBodyInput, did: 'Planned' | 'Added'): string {
  const lines: string[] = [];
  let length = 0;
  for (const signal of item.signals) {
    const line = `- ${sourceLine(signal)}`;
    length += line.length + 1;
    if (length > MAX_SOURCES_LENGTH) break;
    lines.push(line);
  }
  const left = item.signals.length - lines.length;
  if (left > 0) lines.push(`- and ${left} more`);
  const also = related === undefined ? [] : ['', `Related: ${related}`];
  return [...lines, ...also, '', `${did} by ${inlineText(by, MAX_NAME_LENGTH)}, ${utcTime(now)}`].join('\n');
}

function sourceLine(signal: Signal): string {
  const author = signal.author === undefined ? '' : ` · ${inlineText(signal.author.name, MAX_NAME_LENGTH)}`;
  const title = inlineText(signal.title, MAX_TITLE_LENGTH);
  return `${signalLink(signal)}${author} · ${utcTime(signal.startedAt)} · ${title}`;
}

/** `Slack thread in #integrations`, linked. */
function signalLink(signal: Signal): string {
  return link(describeSignal(signal), signal.url);
}

function describeSignal(signal: Signal): string {
  const place = inlineText(signal.place, MAX_NAME_LENGTH);
  switch (signal.service) {
    case 'slack':
      return `Slack thread in ${place}`;
    case 'github': {
      const number = /#\d+$/u.exec(signal.id)?.[0] ?? '';
      return `GitHub ${isPullRequest(signal) ? 'pull request' : 'issue'} ${place}${number}`;
    }
    case 'pagerduty':
      return `PagerDuty incident of ${place}`;
    case 'alertmanager':
    case 'feed':
    case 'extension':
      return `Alert in ${place}`;
  }
}

function conversationBlocks(signal: Signal, { conversations, unreadable }: IssueBodyInput): readonly Block[] {
  const heading = `### ${describeSignal(signal)}`;
  const more = signalLink(signal);
  const failure = unreadable.get(signal.id);
  if (failure !== undefined) {
    const note = `_Could not be read when this was written (${FAILURE_WORDS[failure]}). It is here: ${more}_`;
    return [{ text: `${heading}\n\n${note}`, more, isMessage: false }];
  }
  const conversation = conversations.get(signal.id);
  if (conversation === undefined) return [];
  const blocks = conversation.messages.map((message) => ({ text: messageText(message), more, isMessage: true }));
  const [first, ...rest] = blocks;
  const start =
    first === undefined
      ? { text: `${heading}\n\n_No messages._`, more, isMessage: false }
      : { ...first, text: `${heading}\n\n${first.text}` };
  const { skipped } = conversation;
  const note = {
    text: `_${skipped} ${skipped === 1 ? 'message' : 'messages'} could not be read._`,
    more,
    isMessage: false,
  };
  return skipped > 0 ? [start, ...rest, note] : [start, ...rest];
}

function messageText(message: Message): string {
  const name = `**${inlineText(message.author.name, MAX_NAME_LENGTH)}**${message.author.isBot ? ' (bot)' : ''}`;
  const head = `${name} · ${link(utcTime(message.at), message.url)}`;
  const cut = cutAtLine(message.markdown, MAX_MESSAGE_LENGTH);
  const text = remoteMarkdown(cut);
  const note = cut === message.markdown ? '' : `\n\n_This message is cut: ${link('read all of it', message.url)}_`;
  return `${head}\n\n${text === '' ? '> _no text_' : quote(text)}${note}`;
}
