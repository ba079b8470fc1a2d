import { entriesOf, type JournalIndex } from './itemRecord.ts';
import type { ItemState } from './itemState.ts';
import type { Signal } from './signal.ts';
import { type Ranked, topOf } from './urgency.ts';

/** For what a person is called: most pressing first. */
export const CALL_KINDS = ['critical', 'late', 'ending'] as const;

/** `ending`: a clock is about to run out; `late`: it has. */
export type CallKind = (typeof CALL_KINDS)[number];

/** An item that waits on us and calls for a person now. */
export interface QueueCall {
  readonly id: string;
  readonly title: string;
  /** Of its leading signal. */
  readonly source: string;
  /** Of the clock, in working minutes; undefined without one. */
  readonly leftMinutes: number | undefined;
  /** Most pressing first; never empty. */
  readonly reasons: readonly CallReason[];
}

/** Why it calls. One of `marks` stays the same as long as it is the same thing, whatever the item is joined with. */
export interface CallReason {
  readonly kind: CallKind;
  readonly marks: readonly string[];
}

/** More are too many to be told one from another. */
const MOST_CALLS = 200;
/** How alert sources and trackers say that somebody is to come at once. */
const CRITICAL_LABEL = /^(?:(?:severity|priority|level):)?critical$|^urgency:high$/iu;

/** Those of `waiting` that call for a person, most urgent first. */
export function callsOf(waiting: readonly Ranked[], journal: JournalIndex): readonly QueueCall[] {
  const reasons = new Map<ItemState, readonly CallReason[]>();
  for (const { state } of waiting) {
    const its = reasonsOf(state, journal);
    if (its.length > 0) reasons.set(state, its);
  }
  const calling = waiting.filter(({ state }) => reasons.has(state));
  return topOf(calling, MOST_CALLS).map(({ state }) => ({
    id: state.item.id,
    title: state.lead.title,
    source: state.lead.source,
    leftMinutes: state.clock?.leftMinutes,
    reasons: reasons.get(state) ?? [],
  }));
}

function reasonsOf(state: ItemState, journal: JournalIndex): readonly CallReason[] {
  if (!mayCall(state)) return NONE;
  const critical = criticalMarks(state, journal);
  const clock = state.clock?.state ?? 'running';
  return [
    ...(critical.length === 0 ? [] : [{ kind: 'critical' as const, marks: critical }]),
    ...(clock === 'running'
      ? []
      : [{ kind: clock === 'late' ? ('late' as const) : ('ending' as const), marks: state.item.signals.map(markOf) }]),
  ];
}

const NONE: readonly CallReason[] = [];

/** Few do: nothing is made for the others. */
function mayCall({ item, record, clock }: ItemState): boolean {
  if ((clock !== undefined && clock.state !== 'running') || record.priority === 'critical') return true;
  for (const signal of item.signals) if (isCriticalAlert(signal)) return true;
  return false;
}

/** An alert that its source calls critical; or, of an item that I gave this priority, what came since: I know the rest. */
function criticalMarks({ item, record, turn }: ItemState, journal: JournalIndex): readonly string[] {
  const alerts = item.signals.filter(isCriticalAlert).map(markOf);
  const since = turn.because.at;
  if (record.priority !== 'critical' || since === undefined) return alerts;
  const given = entriesOf(item, journal).findLast(({ event }) => 'priority' in event);
  return given !== undefined && since > given.at ? [...alerts, `${item.signals[0].id} ${since}`] : alerts;
}

function isCriticalAlert({ kind, state, labels }: Signal): boolean {
  return kind === 'alert' && state === 'open' && labels.some((label) => CRITICAL_LABEL.test(label));
}

/** An alert that fires again after it was over is another thing. */
function markOf({ id, startedAt }: Signal): string {
  return `${id} ${startedAt}`;
}
