import { writeMarker } from '../core/marker.ts';
import type { Proposal, Write } from '../core/proposal.ts';

/** The words of a proposal that a person may rewrite before they are sent: those of its first step that says any. */
export interface ProposalWords {
  /** From 0. */
  readonly step: number;
  /** Markdown, without our markers. */
  readonly text: string;
}

/** Undefined when it says nothing that could be rewritten. */
export function wordsOf({ kind, steps }: Proposal): ProposalWords | undefined {
  // Handoff notes are edited on their page, which keeps what was posted.
  if (kind === 'postHandoff') return undefined;
  const step = steps.findIndex((write) => textOf(write) !== undefined);
  const write = steps[step];
  const text = write && textOf(write);
  return text === undefined ? undefined : { step, text };
}

/** The proposal with other words; those that say the very same elsewhere (a thread and an issue at once) change with it. */
export function withWords(proposal: Proposal, { step, text }: ProposalWords): Proposal {
  const before = proposal.steps[step];
  const old = before && textOf(before);
  if (text === old) return proposal;
  const steps = proposal.steps.map((write) => (textOf(write) === old ? rewrite(write, text) : write));
  return { ...proposal, steps, isRewritten: true };
}

/** A new issue as a person may rewrite it: the body without our markers. */
export interface IssueWords {
  readonly title: string;
  readonly labels: readonly string[];
  readonly body: string;
}

/** The issue that a proposal creates; undefined when it creates none. */
export function issueWordsOf({ steps }: Proposal): IssueWords | undefined {
  const step = steps.find((write) => write.type === 'createIssue');
  return step && { title: step.title, labels: step.labels, body: apart(step.body).text };
}

/** The proposal with another text of the issue that it creates. */
export function withIssueWords(proposal: Proposal, { title, labels, body }: IssueWords): Proposal {
  const steps = proposal.steps.map((write) =>
    write.type === 'createIssue' ? { ...write, title, labels, body: above(apart(write.body).markers, body) } : write,
  );
  return { ...proposal, steps };
}

/** All that a proposal says to people, as they will read it, for another place. */
export function allWordsOf(proposal: Proposal): string {
  const issue = issueWordsOf(proposal);
  const texts = proposal.steps.flatMap((write) => textOf(write) ?? []);
  return [...new Set([...(issue === undefined ? [] : [`${issue.title}\n\n${issue.body}`]), ...texts])].join('\n\n');
}

function textOf(write: Write): string | undefined {
  if (write.type === 'replyInThread' || write.type === 'postMessage') return write.markdown;
  if (write.type === 'commentOnIssue') return apart(write.body).text;
  return write.type === 'addNote' ? write.text : undefined;
}

function rewrite(write: Write, text: string): Write {
  if (write.type === 'replyInThread' || write.type === 'postMessage') return { ...write, markdown: text };
  if (write.type === 'commentOnIssue') return { ...write, body: above(apart(write.body).markers, text) };
  return write.type === 'addNote' ? { ...write, text } : write;
}

/** A body's text, and the markers below it, by which it is found again. */
function apart(body: string): { readonly text: string; readonly markers: string } {
  const lines = body.split('\n');
  const isText = (line: string): boolean => line.trim() !== '' && !line.startsWith('<!-- responder-duty:');
  const end = lines.findLastIndex(isText) + 1;
  return { text: lines.slice(0, end).join('\n'), markers: lines.slice(end).join('\n').trim() };
}

function above(markers: string, text: string): string {
  return markers === '' ? text : `${text}\n\n${markers}`;
}

/** The step that says something where a signal lives; undefined where nothing can be said. */
export function sayIn(
  place: { readonly channel: string; readonly ts: string } | { readonly repository: string; readonly number: number },
  text: string,
  { id, now }: { readonly id: string; readonly now: number },
): Write {
  const marker = writeMarker('reply', id);
  return 'channel' in place
    ? { type: 'replyInThread', channel: place.channel, threadTs: place.ts, markdown: text, marker }
    : { type: 'commentOnIssue', ...place, body: `${text}\n\n${marker}`, marker, since: now };
}
