import { CALL_KINDS, type CallKind, type QueueCall } from './calls.ts';
import { isMyHour } from './dutyLine.ts';
import type { SourceStatus } from './sourceStatus.ts';
import type { DutyView, QueueView } from './view.ts';

/** How much a person wants to be told: nothing but the timebox's questions, what needs them now, or twice a day a sum. */
export const NOTICE_LEVELS = ['quiet', 'important', 'digest'] as const;

export type NoticeLevel = (typeof NOTICE_LEVELS)[number];

/** What can be silenced one by one. */
export const NOTICE_KINDS = [...CALL_KINDS, 'hearBack', 'budget', 'digest'] as const;

export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** Several calls of one kind, most urgent first. */
export interface NoticePart {
  readonly kind: CallKind;
  readonly calls: readonly [QueueCall, ...QueueCall[]];
}

/**
 * One message. `hearBack` counts the replies to reporters that wait to be approved, `unheard` the places where none could be
 * drafted, and none will be before a person sees to it.
 */
export type Notice =
  /** Of parts, replies and places there is at least one. */
  | {
      readonly type: 'calls';
      readonly parts: readonly NoticePart[];
      readonly hearBack: number;
      readonly unheard: number;
    }
  | {
      readonly type: 'digest';
      readonly waiting: number;
      readonly late: number;
      readonly unchecked: number;
      readonly hearBack: number;
      readonly unheard: number;
    };

/** What was said so far; plain, so that it outlives a reload. */
export interface Said {
  /** `<kind> <mark>`, oldest first. */
  readonly marks: readonly string[];
  /** When something was said last, epoch ms. */
  readonly at: number | undefined;
  /** The start of the half day that was summed up last, epoch ms. */
  readonly digest: number | undefined;
}

export const NOTHING_SAID: Said = { marks: [], at: undefined, digest: undefined };

export interface NoticeInput {
  readonly duty: DutyView | undefined;
  readonly queue: Pick<QueueView, 'waiting' | 'late' | 'calls'>;
  readonly statuses: readonly SourceStatus[];
  /** Places that were not checked today. */
  readonly unchecked: number;
  /** The ids of the replies to reporters that wait to be approved. */
  readonly replies: readonly string[];
  /** The ids of the places where reporters cannot be told. */
  readonly unheard: readonly string[];
  readonly level: NoticeLevel;
  readonly silenced: ReadonlySet<NoticeKind>;
  readonly said: Said;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** What to say now, and what is said then. Without a notice it is only noted that there was none. */
export interface Telling {
  readonly notice: Notice | undefined;
  readonly said: Said;
}

const MINUTE = 60_000;
/** What comes within so long of the last message waits, and is told with the others. */
const PAUSE_MS = 5 * MINUTE;
/** What a source said longer ago may no longer be so: it is asked first. */
const FRESH_MS = 15 * MINUTE;
/** No source that is awake waits longer for its turn, an hour at its own wish: what is older is being asked. */
const ASKED_WITHIN_MS = 75 * MINUTE;
const MOST_MARKS = 2000;

/**
 * The one message that is due at `now`, with everything in it that was not said before; undefined when there is nothing
 * to say or to note. Nothing is noted off hours or off duty, so what began then is said when work begins.
 */
export function noticeOf(input: NoticeInput): Telling | undefined {
  const { level, duty, statuses, now } = input;
  if (duty === undefined || !isMyHour(duty, now)) return undefined;
  // A source that is being asked may bring more of the same: all of it is one message.
  if (statuses.some((status) => isBeingAsked(status, now))) return undefined;
  if (level === 'important') return calls(input);
  return level === 'digest' ? digest(input, duty) : undefined;
}

function calls(input: NoticeInput): Telling | undefined {
  const { said, now } = input;
  if (said.at !== undefined && said.at <= now && now - said.at < PAUSE_MS) return undefined;
  const known = new Set(said.marks);
  const unsaid = unsaidCalls(input, known);
  const replies = unsaidReplies(input, known);
  const unheard = unsaidPlaces(input, known);
  if (unsaid.length + replies.length + unheard.length === 0) return undefined;
  const marks = [...unsaid.flatMap(({ call }) => marksOf(call)), ...replies, ...unheard];
  return {
    notice: { type: 'calls', parts: partsOf(unsaid), hearBack: replies.length, unheard: unheard.length },
    said: { ...said, marks: [...said.marks, ...marks].slice(-MOST_MARKS), at: now },
  };
}

interface Unsaid {
  readonly kind: CallKind;
  readonly call: QueueCall;
}

function unsaidCalls({ queue, statuses, silenced, now }: NoticeInput, known: ReadonlySet<string>): readonly Unsaid[] {
  const fresh = new Set(statuses.filter((status) => isFresh(status, now)).map(({ id }) => id));
  return queue.calls
    .filter(({ source }) => fresh.has(source))
    .flatMap((call) => {
      const news = call.reasons.find(
        ({ kind, marks }) => !silenced.has(kind) && !marks.some((mark) => known.has(`${kind} ${mark}`)),
      );
      return news === undefined ? [] : [{ kind: news.kind, call }];
    });
}

/** The marks of the replies that nobody has spoken of. */
function unsaidReplies({ replies, silenced }: NoticeInput, known: ReadonlySet<string>): readonly string[] {
  if (silenced.has('hearBack')) return [];
  return replies.map((id) => `hearBack ${id}`).filter((mark) => !known.has(mark));
}

/** The same of the places where there is none to approve. */
function unsaidPlaces({ unheard, silenced }: NoticeInput, known: ReadonlySet<string>): readonly string[] {
  if (silenced.has('hearBack')) return [];
  return unheard.map((id) => `unheard ${id}`).filter((mark) => !known.has(mark));
}

function partsOf(unsaid: readonly Unsaid[]): readonly NoticePart[] {
  const byKind = Map.groupBy(unsaid, ({ kind }) => kind);
  return CALL_KINDS.flatMap((kind): NoticePart[] => {
    const [first, ...others] = byKind.get(kind)?.map(({ call }) => call) ?? [];
    return first === undefined ? [] : [{ kind, calls: [first, ...others] }];
  });
}

function isBeingAsked({ okAt, failure }: SourceStatus, now: number): boolean {
  return failure === undefined && (okAt === undefined || now - okAt > ASKED_WITHIN_MS);
}

function isFresh({ okAt }: SourceStatus, now: number): boolean {
  return okAt !== undefined && now - okAt < FRESH_MS;
}

/** All that is true of it now is said with it, so that an item speaks once at a time. */
function marksOf({ reasons }: QueueCall): readonly string[] {
  return reasons.flatMap(({ kind, marks }) => marks.map((mark) => `${kind} ${mark}`));
}

/** At the start of the working day, and after the middle of it. */
function digest(input: NoticeInput, duty: DutyView): Telling | undefined {
  const { queue, unchecked, replies, silenced, said, statuses, now } = input;
  const half = halfDayOf(duty, now);
  const isRead = statuses.some((status) => isFresh(status, now));
  if (half === undefined || half === said.digest || silenced.has('digest') || !isRead) return undefined;
  const { waiting, late } = queue;
  const hearBack = silenced.has('hearBack') ? 0 : replies.length;
  const unheard = silenced.has('hearBack') ? 0 : input.unheard.length;
  const notice: Notice = { type: 'digest', waiting, late, unchecked, hearBack, unheard };
  return {
    notice: waiting + late + unchecked + hearBack + unheard === 0 ? undefined : notice,
    said: { ...said, digest: half, at: now },
  };
}

/** When the half of the working day began that `now` is in. */
function halfDayOf({ working }: DutyView, now: number): number | undefined {
  const day = working.find(({ from, to }) => from <= now && now < to);
  if (day === undefined) return undefined;
  const middle = day.from + (day.to - day.from) / 2;
  return now < middle ? day.from : middle;
}
