import { type Item, leadSignal } from '../core/item.ts';
import { type IssueNumber, parseIncidentId, parseIssueId, parseThreadId } from '../core/nativeIds.ts';
import type { Proposal, ProposalKind, Write } from '../core/proposal.ts';
import { issueSignalId, type Signal } from '../core/signal.ts';
import { proposalOf } from './proposalOf.ts';
import { sayAt } from './words.ts';

export type SpeakingKind = Extract<ProposalKind, 'reply' | 'decline' | 'askOwner' | 'statusUpdate' | 'closeLoop'>;

export interface SpeakInput {
  readonly item: Item;
  readonly kind: SpeakingKind;
  /** Markdown. */
  readonly text: string;
  /** Of the proposal. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** A conversation in which somebody can answer; `id` is a signal's. */
export type Talk = Pick<Signal, 'id' | 'place'>;

/** Says the same words in some of an item's conversations; undefined when none of them can be spoken in. */
export function speak(
  { item, kind, text, id, now }: SpeakInput,
  talks: readonly Talk[] = talksOf(item),
): Proposal | undefined {
  const steps = talks.flatMap((talk) => sayAt(talk.id, text, { id, now }) ?? []);
  return steps.length === 0 ? undefined : proposalOf(kind, { item, id, now }, steps);
}

/** Says words in a channel, about an item. `channel` is a name without `#`. */
export function speakInChannel({ item, kind, text, id, now }: SpeakInput, channel: string, marker: string): Proposal {
  const step: Write = { type: 'postMessage', channel, markdown: text, marker, since: now };
  return proposalOf(kind, { item, id, now }, [step]);
}

/**
 * The conversations of an item: its issues, pull requests, threads and open incidents, and the issue that it became,
 * which need not be watched. The signal that stands for the item comes first.
 */
export function talksOf(item: Item, converted?: IssueNumber): readonly Talk[] {
  const lead = leadSignal(item);
  const ofItem = [lead, ...item.signals.filter((signal) => signal !== lead)].filter(
    ({ id, state }) =>
      parseThreadId(id) !== undefined ||
      parseIssueId(id) !== undefined ||
      (state !== 'closed' && parseIncidentId(id) !== undefined),
  );
  if (converted === undefined) return ofItem;
  const id = issueSignalId(converted);
  return ofItem.some((talk) => talk.id === id) ? ofItem : [...ofItem, { id, place: converted.repository }];
}
