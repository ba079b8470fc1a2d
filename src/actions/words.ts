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
export function wordsOf({ steps }: Proposal): ProposalWords | undefined {
  const step = steps.findIndex((write) => textOf(write) !== undefined);
  const write = steps[step];
  const text = write && textOf(write);
  return text === undefined ? undefined : { step, text };
}

/** The proposal with other words; those that say the very same elsewhere (a thread and an issue at once) change with it. */
export function withWords(proposal: Proposal, { step, text }: ProposalWords): Proposal {
  const before = proposal.steps[step];
  const old = before && textOf(before);
  const steps = proposal.steps.map((write) => (textOf(write) === old ? rewrite(write, text) : write));
  return { ...proposal, steps };
}

function textOf(write: Write): string | undefined {
  if (write.type === 'replyInThread' || write.type === 'postMessage') return write.markdown;
  return write.type === 'commentOnIssue' ? write.body.replace(`\n\n${write.marker}`, '') : undefined;
}

function rewrite(write: Write, text: string): Write {
  if (write.type === 'replyInThread' || write.type === 'postMessage') return { ...write, markdown: text };
  return write.type === 'commentOnIssue' ? { ...write, body: `${text}\n\n${write.marker}` } : write;
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
