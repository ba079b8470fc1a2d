import { type Item, leadSignal } from '../core/item.ts';
import type { Proposal, ProposalKind, Write } from '../core/proposal.ts';
import type { Signal } from '../core/signal.ts';
import { addNote } from './incident.ts';
import { parseIncidentId, parseIssueId, parseThreadId } from './nativeIds.ts';
import { sayIn } from './words.ts';

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

/** Says the same words in some of an item's conversations; undefined when none of them can be spoken in. */
export function speak(
  { item, kind, text, id, now }: SpeakInput,
  signals: readonly Signal[] = speakable(item),
): Proposal | undefined {
  const steps = signals.flatMap((signal) => wordIn(signal, text, { id: `${id}:${signal.id}`, now }));
  return steps.length === 0 ? undefined : spoken({ item, kind, id, now }, steps);
}

/** Says words in a channel, about an item. `channel` is a name without `#`. */
export function speakInChannel({ item, kind, text, id, now }: SpeakInput, channel: string, marker: string): Proposal {
  const step: Write = { type: 'postMessage', channel, markdown: text, marker, since: now };
  return spoken({ item, kind, id, now }, [step]);
}

/** The conversations of an item in which somebody can answer: issues, pull requests, threads, open incidents. */
export function speakable({ signals }: Item): readonly Signal[] {
  return signals.filter(
    ({ id, state }) =>
      parseThreadId(id) !== undefined ||
      parseIssueId(id) !== undefined ||
      (state !== 'closed' && parseIncidentId(id) !== undefined),
  );
}

function wordIn({ id }: Signal, text: string, mark: { readonly id: string; readonly now: number }): readonly Write[] {
  const place = parseThreadId(id) ?? parseIssueId(id);
  if (place !== undefined) return [sayIn(place, text, mark)];
  const incident = parseIncidentId(id);
  return incident === undefined ? [] : [addNote(incident, text, mark.id)];
}

function spoken({ item, kind, id, now }: Omit<SpeakInput, 'text'>, steps: readonly Write[]): Proposal {
  return {
    id,
    createdAt: now,
    kind,
    signalIds: item.signals.map((signal) => signal.id),
    title: leadSignal(item).title,
    steps,
    decision: undefined,
    undoes: undefined,
  };
}
