import { type JournalEntry, standing } from './journal.ts';

/** A stretch of time; epoch ms, half open. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

/** The timebox that a person is in, as the journal alone tells it; see {@link timeboxAt} for what a moment makes of it. */
export interface TimeboxRun {
  /** Of the `started` entry. */
  readonly id: string;
  readonly signalIds: readonly string[];
  /** Started with, and extended by. */
  readonly boxMinutes: number;
  /** Spent in it before {@link runningSince}. */
  readonly closedMs: number;
  /** Epoch ms; undefined while it is paused. */
  readonly runningSince: number | undefined;
  /** Spent on the same item outside this timebox: earlier ones, and what was logged by hand. */
  readonly otherMs: number;
}

/** What the timebox has come to: each is asked about once. */
export type TimeboxMark = 'none' | 'eighty' | 'full' | 'limit';

export const TIMEBOX_MARKS: readonly TimeboxMark[] = ['none', 'eighty', 'full', 'limit'];

/** A timebox at one moment; lengths in milliseconds. */
export interface TimeboxReading {
  readonly state: 'running' | 'paused';
  readonly spentMs: number;
  readonly leftMs: number;
  readonly mark: TimeboxMark;
  /** All time spent on the item and what is left reaches the team's limit: the rest is planned as an issue. */
  readonly mustConvert: boolean;
  /** When the next mark is reached, epoch ms; undefined while it is paused or has none to come. */
  readonly nextMarkAt: number | undefined;
}

/** Time spent on one item: what is over, and since when more is added. */
export interface SpentTime {
  /** Empty for time that was logged for no item. */
  readonly signalIds: readonly string[];
  /** Milliseconds; negative when more was taken off than was spent in the span. */
  readonly closedMs: number;
  /** Epoch ms; undefined when nothing runs. */
  readonly runningSince: number | undefined;
}

/** From here on the responder is told that the end is near. */
const EARLY_MARK = 0.8;
const MINUTE = 60_000;

/**
 * The timebox that runs, otherwise the paused one that was touched last; undefined when all have ended. Entries count by
 * their time, in whatever order they were written: one may be about the past.
 *
 * One runs at a time: starting or resuming one pauses the one that ran, which keeps its time and can be resumed. Starting
 * again on the same item ends its earlier timebox; so do done, converting and giving the item up. Snoozing pauses it.
 */
export function runOf(journal: readonly JournalEntry[]): TimeboxRun | undefined {
  const entries = timeEntries(journal);
  const boxes = boxesOf(entries);
  const current = latest(boxes.filter(({ ended }) => !ended));
  if (current === undefined) return undefined;
  const closedMs = lengthOf(current.spans);
  const before = boxes.filter((box) => box !== current && touches(box.signalIds, current.signalIds));
  const logged = logsOf(entries).filter((log) => touches(log.signalIds, current.signalIds));
  const others = before.reduce((sum, box) => sum + lengthOf(box.spans), 0);
  return {
    id: current.id,
    signalIds: current.signalIds,
    boxMinutes: current.minutes,
    closedMs,
    runningSince: current.openFrom,
    // Taking off by hand never makes less than nothing of an item's time.
    otherMs: Math.max(
      -closedMs,
      logged.reduce((sum, { ms }) => sum + ms, others),
    ),
  };
}

/** The milliseconds that were spent in the timebox of a `started` entry until `now` (epoch ms). */
export function spentInBox(journal: readonly JournalEntry[], startedId: string, now: number): number {
  const box = boxesOf(timeEntries(journal)).find(({ id }) => id === startedId);
  return box === undefined ? 0 : lengthOf(box.spans) + runningMs(box.openFrom, now);
}

/** What `run` has come to at `now` (epoch ms). A clock that was set back never makes negative time. */
export function timeboxAt(run: TimeboxRun, limitMinutes: number, now: number): TimeboxReading {
  const boxMs = run.boxMinutes * MINUTE;
  const limitMs = limitMinutes * MINUTE;
  const spentMs = run.closedMs + runningMs(run.runningSince, now);
  const leftMs = Math.max(0, boxMs - spentMs);
  const marks = [
    { mark: 'eighty', spentMs: boxMs * EARLY_MARK },
    { mark: 'full', spentMs: boxMs },
    { mark: 'limit', spentMs: Math.max(boxMs, limitMs - run.otherMs) },
  ] as const;
  const next = marks.find((mark) => mark.spentMs > spentMs);
  return {
    state: run.runningSince === undefined ? 'paused' : 'running',
    spentMs,
    leftMs,
    mark: marks.findLast((mark) => mark.spentMs <= spentMs)?.mark ?? 'none',
    mustConvert: run.otherMs + spentMs + leftMs >= limitMs,
    nextMarkAt: run.runningSince === undefined || next === undefined ? undefined : now + next.spentMs - spentMs,
  };
}

/**
 * The time spent in `span`, by item: entries that share a signal are about the same one. Only what touches one of
 * `signalIds`, when given.
 */
export function timeSpent(
  journal: readonly JournalEntry[],
  span: TimeSpan,
  signalIds?: readonly string[],
): readonly SpentTime[] {
  const entries = timeEntries(journal);
  const inSpan = boxesOf(entries).map((box) => spentIn(box, span));
  const logged = logsOf(entries)
    .filter(({ at }) => span.from <= at && at < span.to)
    .map((log) => ({ signalIds: log.signalIds, closedMs: log.ms, runningSince: undefined }));
  const spent = [...inSpan, ...logged].filter((each) => each.closedMs !== 0 || each.runningSince !== undefined);
  const byItem = spent.reduce(joinByItem, []);
  return signalIds === undefined ? byItem : byItem.filter((each) => touches(each.signalIds, signalIds));
}

/** The milliseconds of one item's time at `now` (epoch ms): never negative. */
export function spentAt({ closedMs, runningSince }: Omit<SpentTime, 'signalIds'>, now: number): number {
  return Math.max(0, closedMs + runningMs(runningSince, now));
}

/** The milliseconds of all of it at `now` (epoch ms). */
export function totalSpentAt(times: readonly Omit<SpentTime, 'signalIds'>[], now: number): number {
  return times.reduce((sum, time) => sum + spentAt(time, now), 0);
}

/** A timebox while the journal is played. */
interface Box {
  readonly id: string;
  readonly signalIds: readonly string[];
  readonly spans: TimeSpan[];
  minutes: number;
  openFrom: number | undefined;
  touchedAt: number;
  ended: boolean;
}

/** What ends the timebox of the item that it happens to. */
const ENDINGS: ReadonlySet<JournalEntry['event']['type']> = new Set([
  'started',
  'stopped',
  'done',
  'converted',
  'released',
]);
const PAUSES: ReadonlySet<JournalEntry['event']['type']> = new Set(['paused', 'snoozed']);
const TIME_EVENTS = new Set([...ENDINGS, ...PAUSES, 'resumed', 'extended', 'timeLogged']);

function timeEntries(journal: readonly JournalEntry[]): readonly JournalEntry[] {
  return standing(journal)
    .filter(({ event }) => TIME_EVENTS.has(event.type))
    .toSorted((a, b) => a.at - b.at);
}

function boxesOf(entries: readonly JournalEntry[]): readonly Box[] {
  const boxes: Box[] = [];
  // What has ended is never looked at again: a long journal has many.
  let open: Box[] = [];
  for (const entry of entries) {
    const started = play(entry, open);
    if (started !== undefined) boxes.push(started);
    if (started !== undefined || ENDINGS.has(entry.event.type))
      open = [...open.filter(({ ended }) => !ended), ...(started === undefined ? [] : [started])];
  }
  return boxes;
}

/** Plays an entry on the boxes that have not ended; returns the one that it starts. */
function play({ id, at, signalIds, event }: JournalEntry, open: readonly Box[]): Box | undefined {
  const own = open.filter((box) => touches(box.signalIds, signalIds));
  const { type } = event;
  if (ENDINGS.has(type)) for (const box of own) end(box, at);
  if (PAUSES.has(type)) for (const box of own) pause(box, at);
  if (type === 'started') {
    const box: Box = {
      id,
      signalIds,
      spans: [],
      minutes: event.minutes,
      openFrom: undefined,
      touchedAt: at,
      ended: false,
    };
    run(box, open, at);
    return box;
  }
  const box = latest(own);
  if (box !== undefined && type === 'extended') box.minutes = Math.max(0, box.minutes + event.minutes);
  if (box !== undefined && type === 'resumed') run(box, open, at);
  return undefined;
}

/** One runs at a time. */
function run(box: Box, boxes: readonly Box[], at: number): void {
  if (box.openFrom !== undefined) return;
  for (const other of boxes) pause(other, at);
  box.openFrom = at;
  box.touchedAt = at;
}

function pause(box: Box, at: number): void {
  if (box.openFrom === undefined) return;
  box.spans.push({ from: box.openFrom, to: at });
  box.openFrom = undefined;
  box.touchedAt = at;
}

function end(box: Box, at: number): void {
  pause(box, at);
  box.ended = true;
}

/** The one that runs, otherwise the one that was touched last. Items grow together: two may have become one item's. */
function latest(boxes: readonly Box[]): Box | undefined {
  return boxes.reduce<Box | undefined>(
    (best, box) => (best === undefined || isNearer(box, best) ? box : best),
    undefined,
  );
}

function isNearer(box: Box, than: Box): boolean {
  const running = Number(box.openFrom !== undefined) - Number(than.openFrom !== undefined);
  return running > 0 || (running === 0 && box.touchedAt >= than.touchedAt);
}

interface LoggedTime {
  readonly at: number;
  readonly signalIds: readonly string[];
  readonly ms: number;
}

function logsOf(entries: readonly JournalEntry[]): readonly LoggedTime[] {
  return entries.flatMap(({ at, signalIds, event }) =>
    event.type === 'timeLogged' ? [{ at, signalIds, ms: event.minutes * MINUTE }] : [],
  );
}

function spentIn({ signalIds, spans, openFrom }: Box, span: TimeSpan): SpentTime {
  const cut = spans.map(({ from, to }) => ({ from: Math.max(from, span.from), to: Math.min(to, span.to) }));
  const runs = openFrom !== undefined && openFrom < span.to;
  return {
    signalIds,
    closedMs: lengthOf(cut.filter(({ from, to }) => from < to)),
    runningSince: runs ? Math.max(openFrom, span.from) : undefined,
  };
}

function joinByItem(items: readonly SpentTime[], next: SpentTime): readonly SpentTime[] {
  const same = items.filter((item) => touches(item.signalIds, next.signalIds));
  const joined = [...same, next].reduce((a, b) => ({
    signalIds: [...new Set([...a.signalIds, ...b.signalIds])],
    closedMs: a.closedMs + b.closedMs,
    runningSince: a.runningSince ?? b.runningSince,
  }));
  return [...items.filter((item) => !same.includes(item)), joined];
}

/** What is about no item belongs together. */
function touches(a: readonly string[], b: readonly string[]): boolean {
  return a.length === 0 ? b.length === 0 : a.some((id) => b.includes(id));
}

function lengthOf(spans: readonly TimeSpan[]): number {
  return spans.reduce((sum, { from, to }) => sum + to - from, 0);
}

function runningMs(since: number | undefined, now: number): number {
  return since === undefined ? 0 : Math.max(0, now - since);
}
