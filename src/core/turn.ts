import type { Item } from './item.ts';
import type { ItemRecord } from './itemRecord.ts';
import { holderOf } from './ownership.ts';
import { memberOf, type Roster } from './roster.ts';
import type { Signal, Voice } from './signal.ts';

/** Whose move it is. `thirdParty` is one person of the team who has it and is not me. */
export interface Turn {
  readonly turn: 'us' | 'them' | 'thirdParty' | 'date';
  readonly because: TurnReason;
}

export type TurnCode =
  /** `who` spoke at `at`, and nobody on the team ever replied. */
  | 'asked'
  /** `who` spoke at `at`, after the team had. */
  | 'wrote'
  /** It came at `at` without a human word. */
  | 'reported'
  /** `who` of the team spoke last, at `at`. */
  | 'answered'
  /** `who` of the team began it at `at`, and nobody else has spoken. */
  | 'teamAsked'
  /** An alert, since `at`. */
  | 'firing'
  /** Until `at`; without an end when that is undefined. */
  | 'silenced'
  /** Put off by me until `at`. */
  | 'snoozed'
  /** `who` asked for it at `at`. */
  | 'reviewAsked'
  /** Claimed here by me at `at`. */
  | 'claimed'
  /** `who` of the team took it up with 👀 or acknowledged it. */
  | 'taken'
  /** `who` of the team is assigned to it. */
  | 'assigned';

/** What decided; the host makes a sentence of it. `at` is epoch milliseconds. */
export interface TurnReason {
  readonly code: TurnCode;
  readonly who: string | undefined;
  readonly at: number | undefined;
}

export interface TurnInput {
  readonly roster: Roster;
  readonly record?: ItemRecord | undefined;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** One person's words in an item. */
export interface Word {
  readonly who: string;
  readonly isTeam: boolean;
  readonly isMe: boolean;
  readonly isReporter: boolean;
  readonly firstAt: number;
  readonly lastAt: number;
}

/**
 * Whose turn an item is, over all of its signals. The first rule that holds decides:
 *
 * 1. nothing of it is open and something is silenced → the date on which the first silence ends;
 * 2. I put it off to a time → that date;
 * 3. no alert fires, no review is due, and the last human word is the team's → them ("I'm on it" is a word like any other);
 * 4. somebody has it (👀, acknowledged, assigned, claimed here) → whoever that is: us when it is me;
 * 5. an alert fires → us; 6. a review is asked and nobody of the team but its author spoke there → us;
 * 7. the last human word is not the team's, or there is none → us.
 *
 * A 👀 has no time, so it holds until it is taken away; an outsider's 👀 or assignment decides nothing.
 */
export function turnOf(item: Item, { roster, record, now }: TurnInput): Turn {
  const state = stateOf(item);
  if (state.openCount === 0 && state.quietCount > 0) return turn('date', 'silenced', undefined, state.quietUntil);
  const putOff = putOffUntil(record, now);
  if (putOff !== undefined) return turn('date', 'snoozed', undefined, putOff);
  const { firingSince } = state;
  const review = firingSince === undefined ? dueReview(item, roster) : undefined;
  const words = firingSince === undefined && review === undefined ? wordsOf(item, roster) : [];
  return theirs(words) ?? heldTurn(item, roster, record) ?? ours(item, words, { firingSince, review });
}

/** The team spoke last. */
function theirs(words: readonly Word[]): Turn | undefined {
  const last = lastWord(words);
  if (last?.isTeam !== true) return undefined;
  return turn('them', words.some(isResponse) ? 'answered' : 'teamAsked', last.who, last.lastAt);
}

function heldTurn(item: Item, roster: Roster, record: ItemRecord | undefined): Turn | undefined {
  if (record?.claimedAt !== undefined) return turn('us', 'claimed', roster.me?.name, record.claimedAt);
  const holder = holderOf(item, roster, record);
  return holder === undefined ? undefined : turn(holder.isMe ? 'us' : 'thirdParty', holder.how, holder.name, undefined);
}

interface Pressing {
  readonly firingSince: number | undefined;
  readonly review: Signal | undefined;
}

function ours(item: Item, words: readonly Word[], { firingSince, review }: Pressing): Turn {
  if (firingSince !== undefined) return turn('us', 'firing', undefined, firingSince);
  if (review !== undefined) return turn('us', 'reviewAsked', review.author?.name, review.startedAt);
  const last = lastWord(words);
  if (last === undefined) return turn('us', 'reported', undefined, item.signals[0].startedAt);
  return turn('us', words.some((word) => word.isTeam) ? 'wrote' : 'asked', last.who, last.lastAt);
}

/** The human words of an item, one entry a person and signal. */
export function wordsOf(item: Item, roster: Roster): readonly Word[] {
  const [first, ...others] = item.signals;
  return others.length === 0 ? wordsIn(first, roster) : item.signals.flatMap((signal) => wordsIn(signal, roster));
}

/** The human words of a signal, one entry a person. One whose voices are not known is its author's word. */
export function wordsIn(signal: Signal, roster: Roster): readonly Word[] {
  const { author, service } = signal;
  const reporter = author === undefined ? undefined : memberOf(roster, service, author.id);
  const words: Word[] = [];
  for (const { id, name, firstAt, lastAt } of voicesOf(signal)) {
    const member = id === author?.id ? reporter : memberOf(roster, service, id);
    const isReporter = id === author?.id || (member !== undefined && member === reporter);
    const who = member?.name ?? name;
    words.push({ who, isTeam: member !== undefined, isMe: isMe(member, roster), isReporter, firstAt, lastAt });
  }
  return words;
}

function voicesOf({ voices, author, startedAt }: Signal): readonly Voice[] {
  if (voices.length > 0 || author === undefined || author.isBot) return voices;
  return [{ id: author.id, name: author.name, firstAt: startedAt, lastAt: startedAt }];
}

/** The latest; of two at one moment the later in order. */
function lastWord(words: readonly Word[]): Word | undefined {
  let last: Word | undefined;
  for (const word of words) if (last === undefined || word.lastAt >= last.lastAt) last = word;
  return last;
}

/** A word of the team that answers: the reporter's own never do. */
export function isResponse(word: Word): boolean {
  return word.isTeam && !word.isReporter;
}

function dueReview({ signals }: Item, roster: Roster): Signal | undefined {
  for (const signal of signals) if (isDueReview(signal, roster)) return signal;
  return undefined;
}

/** A review request that still waits: nobody of the team but its author spoke in it. */
function isDueReview({ kind, state, voices, author, service }: Signal, roster: Roster): boolean {
  if (kind !== 'reviewRequest' || state !== 'open') return false;
  return !voices.some(({ id }) => id !== author?.id && memberOf(roster, service, id) !== undefined);
}

interface ItemState {
  readonly openCount: number;
  readonly quietCount: number;
  readonly quietUntil: number | undefined;
  readonly firingSince: number | undefined;
}

function stateOf(item: Item): ItemState {
  let [openCount, quietCount] = [0, 0];
  let quietUntil: number | undefined;
  let firingSince: number | undefined;
  for (const signal of item.signals) {
    if (signal.state === 'quiet') {
      quietCount += 1;
      quietUntil = earliest(quietUntil, signal.quietUntil);
    }
    if (signal.state !== 'open') continue;
    openCount += 1;
    if (signal.kind === 'alert') firingSince = earliest(firingSince, signal.startedAt);
  }
  return { openCount, quietCount, quietUntil, firingSince };
}

function putOffUntil(record: ItemRecord | undefined, now: number): number | undefined {
  const until = record?.snooze?.until;
  return until === undefined || until.type === 'reply' || until.at <= now ? undefined : until.at;
}

function isMe(member: unknown, { me }: Roster): boolean {
  return member !== undefined && member === me;
}

function turn(whose: Turn['turn'], code: TurnCode, who: string | undefined, at: number | undefined): Turn {
  return { turn: whose, because: { code, who, at } };
}

function earliest(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}
