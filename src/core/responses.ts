import { clockOf, type StoppedClock } from './clock.ts';
import { workedBetween } from './dutyHours.ts';
import type { Item } from './item.ts';
import { entriesOf, recordOf } from './itemRecord.ts';
import type { Day } from './itemState.ts';
import type { JournalEntry, JournalEvent } from './journal.ts';
import { turnOf } from './turn.ts';

/** What the journal still has to be told of an item's clock. */
export interface ResponseNews {
  readonly clock: 'none' | 'running' | 'stopped';
  readonly entries: readonly JournalEntry[];
}

export interface SeenBefore {
  /** Its clock ran when it was looked at before: what has no time of its own happened just now. */
  readonly wasRunning: boolean;
}

type Responded = Extract<JournalEvent, { type: 'responded' }>;

/**
 * Who of the team stopped an item's clock, once for each time that it had begun: the signals that tell of it change and go
 * away. A 👀 or an assignment that was there from the first look has no known time, and is not told. What is told is taken
 * back when the clock runs again all the same: a claim undone, a 👀 taken away.
 */
export function responseNews(item: Item, day: Day, { wasRunning }: SeenBefore): ResponseNews {
  const { roster, now, targets, hours } = day;
  const entries = entriesOf(item, day.journal);
  const record = recordOf(entries);
  const turn = turnOf(item, { roster, record, now });
  const clock = clockOf(item, { turn, roster, record, targets, hours, now });
  const told = entries.filter(({ event }) => event.type === 'responded');
  if (clock.state === 'none') return { clock: 'none', entries: [] };
  const ofThis = told.filter((entry) => entry.at >= clock.startedAt);
  if (clock.state !== 'stopped') return { clock: 'running', entries: ofThis.map((entry) => undone(entry, now)) };
  const at = clock.stoppedAt ?? (wasRunning ? now : undefined);
  const isNews = at !== undefined && clock.stoppedBy !== '' && ofThis.length === 0;
  return { clock: 'stopped', entries: isNews ? [responded(item, clock, at, day)] : [] };
}

/** The same in every window that looks: its id is made of what happened. */
function responded(item: Item, clock: StoppedClock, at: number, day: Day): JournalEntry {
  const event: Responded = {
    type: 'responded',
    who: clock.stoppedBy,
    startedAt: clock.startedAt,
    targetMinutes: clock.targetMinutes,
    tookMinutes: tookMinutes(clock, at, day),
  };
  return { id: `responded:${item.id}:${String(at)}`, at, signalIds: item.signals.map(({ id }) => id), event };
}

function tookMinutes(clock: StoppedClock, at: number, { hours }: Day): number {
  return Math.max(0, Math.round(workedBetween(hours, clock.startedAt, at) / 60_000));
}

function undone({ id, signalIds }: JournalEntry, now: number): JournalEntry {
  return { id: `${id}:undone`, at: now, signalIds, event: { type: 'undone', entryId: id } };
}
