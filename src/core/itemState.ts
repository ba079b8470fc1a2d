import { type Clock, clockAt, clockOf, type RunningClock } from './clock.ts';
import { type Conversions, type CreatedIssueRef, conversionOf } from './conversion.ts';
import type { DutyHours } from './dutyHours.ts';
import { type Item, leadSignal } from './item.ts';
import { entriesOf, type ItemRecord, type JournalIndex, recordOf } from './itemRecord.ts';
import { type Holder, holderOf } from './ownership.ts';
import { memberOf, type Roster } from './roster.ts';
import { isNew, type Look, newWord } from './seen.ts';
import type { Signal } from './signal.ts';
import { type Turn, type TurnInput, turnOf } from './turn.ts';
import { dateText } from './workingHours.ts';

/** All that an item is judged by, beside its signals. */
export interface Day {
  readonly roster: Roster;
  /** Working minutes by watch id, see `targetsOf`. */
  readonly targets: ReadonlyMap<string, number>;
  readonly hours: DutyHours;
  readonly journal: JournalIndex;
  /** By signal id, see `conversionsOf`. */
  readonly conversions: Conversions;
  /** The signals that the running timebox is about. */
  readonly timeboxed: ReadonlySet<string>;
  /** What was judged at another moment, by item id; see {@link stateOf}. Not weak: that costs more than judging anew. */
  readonly states: Map<string, ItemState>;
  /** In which "today" is meant. */
  readonly timeZone: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Where an item is on its way; the first that holds, in this order from `converted` on. */
export type Phase = 'us' | 'inProgress' | 'them' | 'silenced' | 'snoozed' | 'owned' | 'done' | 'converted';

export interface ItemState {
  readonly item: Item;
  readonly lead: Signal;
  readonly phase: Phase;
  readonly record: ItemRecord;
  readonly turn: Turn;
  readonly clock: RunningClock | undefined;
  readonly holder: Holder | undefined;
  readonly converted: CreatedIssueRef | undefined;
  /** What brought it back after it was done; `who` is undefined for what is not a human word. */
  readonly returned: { readonly who: string | undefined; readonly at: number } | undefined;
  readonly updatedAt: number;
}

const DAY = 86_400_000;

/**
 * The state of an item on a day; undefined for what is no longer shown: closed at its source, or done on an earlier day.
 * Converted comes first; then done, unless something new brought it back; then snoozed, mine, somebody else's, and last
 * whose turn it is.
 */
export function stateOf(item: Item, day: Day): ItemState | undefined {
  const known = day.states.get(item.id);
  if (known?.item === item) return atMoment(known, day);
  const record = recordOf(entriesOf(item, day.journal));
  const state = judge(item, record, day);
  // What was done or put off changes by itself as time passes; of the rest only the clock does.
  if (state !== undefined && record.doneAt === undefined && record.snooze === undefined) day.states.set(item.id, state);
  return state;
}

function atMoment(state: ItemState, { hours, now }: Day): ItemState {
  const clock = state.clock && clockAt(state.clock, hours, now);
  return clock?.leftMinutes === state.clock?.leftMinutes ? state : { ...state, clock };
}

function judge(item: Item, whole: ItemRecord, day: Day): ItemState | undefined {
  const returned =
    whole.doneAt === undefined ? undefined : returnOf(item, { at: whole.doneAt, seen: whole.doneSeen }, day);
  const isDone = whole.doneAt !== undefined && returned === undefined;
  if (!(isDone ? isToday(whole.doneAt, day) : isOpen(item))) return undefined;
  // What I had is done: what came back is nobody's until it is taken up again.
  const isAnew = returned !== undefined && !isClaimedSince(whole);
  const record = isAnew ? { ...whole, claimedAt: undefined, releasedAt: Number.POSITIVE_INFINITY } : whole;
  const { roster, now } = day;
  const lead = leadSignal(item);
  const ofAll = turnOf(item, { roster, record, now });
  const clock = clockOf(item, { turn: ofAll, roster, record: whole, targets: day.targets, hours: day.hours, now });
  const turn = turnOfClock(item, clock, { roster, record, now }) ?? ofAll;
  const holder = holderOf(item, roster, record);
  const converted = isOpen(item) ? conversionOf(item, day.conversions) : undefined;
  return {
    item,
    lead,
    phase: converted !== undefined ? 'converted' : isDone ? 'done' : phaseOf({ item, record, turn, holder }, day),
    record,
    turn,
    clock: 'signalId' in clock ? clock : undefined,
    holder,
    converted,
    returned,
    updatedAt: updatedAtOf(item),
  };
}

/** Whether I took it up after it was done. */
function isClaimedSince({ claimedAt, doneAt }: ItemRecord): boolean {
  return claimedAt !== undefined && (doneAt === undefined || claimedAt > doneAt);
}

/** Where several signals wait for us, the sentence is about the one whose clock is shown. */
function turnOfClock(item: Item, clock: Clock, input: TurnInput): Turn | undefined {
  if (item.signals.length === 1 || !('signalId' in clock)) return undefined;
  const signal = item.signals.find(({ id }) => id === clock.signalId);
  const turn = signal && turnOf({ id: item.id, signals: [signal] }, input);
  return turn?.turn === 'us' ? turn : undefined;
}

/** Whether a snooze holds at the moment: a new word that is not mine ends one that waits for a reply. */
function isSnoozed(item: Item, { snooze }: ItemRecord, { roster, now }: Pick<Day, 'roster' | 'now'>): boolean {
  if (snooze === undefined) return false;
  if (snooze.until.type !== 'reply') return snooze.until.at > now;
  return newWord(item, roster, snooze) === undefined;
}

/** Of what is neither converted nor done. */
function phaseOf(state: Pick<ItemState, 'item' | 'record' | 'turn' | 'holder'>, day: Day): Phase {
  const { item, record, holder, turn } = state;
  if (isSnoozed(item, record, day)) return 'snoozed';
  const isTimeboxed = day.timeboxed.size > 0 && item.signals.some(({ id }) => day.timeboxed.has(id));
  if (record.claimedAt !== undefined || holder?.isMe === true || isTimeboxed) return 'inProgress';
  if (turn.turn === 'date') return 'silenced';
  if (holder !== undefined) return 'owned';
  return turn.turn === 'them' ? 'them' : 'us';
}

/** A word of somebody else, or a signal that began and is not mine, that was not known when it was done. */
function returnOf(item: Item, done: Look, { roster }: Day): ItemState['returned'] {
  const word = newWord(item, roster, done);
  if (word !== undefined) return { who: word.who, at: word.lastAt };
  const begun = item.signals.find(
    (signal) => signal.state === 'open' && isNew(signal, signal.startedAt, done) && !isMine(signal, roster),
  );
  return begun === undefined ? undefined : { who: undefined, at: begun.startedAt };
}

function isMine({ author, service }: Signal, roster: Roster): boolean {
  return author !== undefined && roster.me !== undefined && memberOf(roster, service, author.id) === roster.me;
}

function isOpen(item: Item): boolean {
  return item.signals.some((signal) => signal.state !== 'closed');
}

function isToday(at: number, { now, timeZone }: Day): boolean {
  return Math.abs(now - at) < 2 * DAY && dateText(timeZone, at) === dateText(timeZone, now);
}

function updatedAtOf(item: Item): number {
  let latest = item.signals[0].updatedAt;
  for (const signal of item.signals) if (signal.updatedAt > latest) latest = signal.updatedAt;
  return latest;
}
