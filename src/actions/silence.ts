import type { Item } from '../core/item.ts';
import type { Proposal, SilenceMatcher, Write } from '../core/proposal.ts';
import type { Signal } from '../core/signal.ts';
import { proposalOf } from './proposalOf.ts';

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
const ANYTHING = '.*';

type Silencing = Pick<Extract<Write, { readonly type: 'silence' }>, 'url' | 'matchers'>;

/** The firing alerts of an item that an Alertmanager reports. */
export function silenceable({ signals }: Item): readonly Signal[] {
  return signals.filter(
    ({ service, state, source }) => service === 'alertmanager' && state === 'open' && source.startsWith(SOURCE),
  );
}

/** Silences each firing alert of an item, by all of its labels, for a time; undefined when it has none. */
export function silence({ item, endsAt, createdBy, comment, id, now }: SilenceInput): Proposal | undefined {
  const steps = silenceable(item).map((signal, index): Write => {
    // People read it in Alertmanager, which shows comments as they are, so it is short.
    const marker = `(Responder Duty ${id}.${index + 1})`;
    const url = signal.source.slice(SOURCE.length);
    const matchers = signal.labels.map(matcherOf);
    return { type: 'silence', url, matchers, endsAt, createdBy, comment: `${comment}\n\n${marker}`, marker };
  });
  return steps.length === 0 ? undefined : proposalOf('silence', { item, id, now }, steps);
}

/**
 * How many of these alerts fire and are held by a silence, as far as their labels are kept: an alert that a source left
 * out is not counted. A label that an alert has not is as if it were empty, as in Alertmanager.
 */
export function coveredBy({ url, matchers }: Silencing, signals: Iterable<Signal>): number {
  let count = 0;
  for (const { service, source, state, labels } of signals) {
    if (service !== 'alertmanager' || state !== 'open' || source !== `${SOURCE}${url}`) continue;
    const values = new Map(labels.map((each) => pairOf(each)));
    if (matchers.every((matcher) => holds(matcher, values.get(matcher.name) ?? ''))) count += 1;
  }
  return count;
}

function holds({ value, isRegex, isEqual }: SilenceMatcher, found: string): boolean {
  return (isRegex ? found.startsWith(beginningOf(value)) : found === value) === isEqual;
}

/** A label is kept as `name:value`; names hold no colon. */
function pairOf(label: string): readonly [string, string] {
  const colon = label.indexOf(':');
  return [label.slice(0, colon), label.slice(colon + 1)];
}

function matcherOf(label: string): SilenceMatcher {
  const [name, value] = pairOf(label);
  if (!value.endsWith(CUT)) return { name, value, isRegex: false, isEqual: true };
  const beginning = value.slice(0, -CUT.length).replace(/[\\^$.*+?()[\]{}|]/gu, '\\$&');
  return { name, value: `${beginning}${ANYTHING}`, isRegex: true, isEqual: true };
}

/** Of a pattern that `matcherOf` made; no other is. */
function beginningOf(pattern: string): string {
  return pattern.slice(0, -ANYTHING.length).replace(/\\(.)/gu, '$1');
}
