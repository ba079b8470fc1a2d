import { type Item, leadSignal } from '../core/item.ts';
import { writeMarker } from '../core/marker.ts';
import type { Proposal, SilenceMatcher, Write } from '../core/proposal.ts';
import type { Signal } from '../core/signal.ts';

export interface SilenceInput {
  readonly item: Item;
  /** Epoch ms; a silence without an end is forgotten. */
  readonly endsAt: number;
  readonly createdBy: string;
  readonly comment: string;
  /** Of the proposal. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

const SOURCE = 'alertmanager:';
/** A label that was too long to be kept is known by its beginning alone. */
const CUT = '…';

/** The firing alerts of an item that an Alertmanager reports. */
export function silenceable({ signals }: Item): readonly Signal[] {
  return signals.filter(
    ({ service, state, source }) => service === 'alertmanager' && state === 'open' && source.startsWith(SOURCE),
  );
}

/** Silences each firing alert of an item, by all of its labels, for a time; undefined when it has none. */
export function silence({ item, endsAt, createdBy, comment, id, now }: SilenceInput): Proposal | undefined {
  const steps = silenceable(item).map((signal): Write => {
    const marker = writeMarker('silence', `${id}:${signal.id}`);
    const url = signal.source.slice(SOURCE.length);
    const matchers = signal.labels.map(matcherOf);
    return { type: 'silence', url, matchers, endsAt, createdBy, comment: `${comment}\n\n${marker}`, marker };
  });
  if (steps.length === 0) return undefined;
  return {
    id,
    createdAt: now,
    kind: 'silence',
    signalIds: item.signals.map((signal) => signal.id),
    title: leadSignal(item).title,
    steps,
    decision: undefined,
    undoes: undefined,
  };
}

/** A label is kept as `name:value`; names hold no colon. */
function matcherOf(label: string): SilenceMatcher {
  const colon = label.indexOf(':');
  const [name, value] = [label.slice(0, colon), label.slice(colon + 1)];
  if (!value.endsWith(CUT)) return { name, value, isRegex: false, isEqual: true };
  const beginning = value.slice(0, -CUT.length).replace(/[\\^$.*+?()[\]{}|]/gu, '\\$&');
  return { name, value: `${beginning}.*`, isRegex: true, isEqual: true };
}
