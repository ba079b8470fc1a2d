import { workOf } from './dutyHours.ts';
import type { Item } from './item.ts';
import { type Day, stateOf } from './itemState.ts';
import { type JournalEntry, standing } from './journal.ts';
import { placeName } from './place.ts';
import { toQueueItem } from './queue.ts';
import { memberOf, type Roster } from './roster.ts';
import type { Signal } from './signal.ts';
import type { SourceFailure, SourceStatus } from './sourceStatus.ts';
import type { Person, Shift, Team, Watch } from './team.ts';
import { wordsOf } from './turn.ts';
import type { CoverageView, PlaceView } from './view.ts';
import { dateText, localDay, workingSpansBetween } from './workingHours.ts';

/** Unseen items shown below a place; the rest is in the place itself. */
export const UNSEEN_ROWS = 20;

const NEVER = Number.NEGATIVE_INFINITY;

export interface CoverageInput {
  readonly team: Team;
  readonly items: Iterable<Item>;
  readonly journal: readonly JournalEntry[];
  readonly day: Day;
  /** How the source of a watched place is doing. */
  readonly statusOf: (watch: Watch) => SourceStatus | undefined;
}

/**
 * Every watched place, in the order of the team file: when a person last checked it, and what is new in it since.
 *
 * New is what somebody else said, or what began, after the place was checked and after anything was done about the item
 * here (looking at it from the place included).
 */
export function projectCoverage({ team, items, journal, day, statusOf }: CoverageInput): CoverageView {
  const checkedAt = lastChecks(journal);
  const unseen = unseenItems(items, day, new Map(team.watch.map(({ id }) => [id, checkedAt.get(id) ?? NEVER])));
  const today = localDay(day.timeZone, day.now);
  return {
    today,
    dueFrom: workingSpansBetween(team.workingHours, day.timeZone, today.from, today.to)[0]?.from,
    places: team.watch.map((watch): PlaceView => {
      const found = unseen.get(watch.id) ?? [];
      return {
        id: watch.id,
        service: watch.service,
        kind: 'what' in watch ? watch.what : 'alerts',
        name: placeName(watch, team.watch),
        checkedAt: checkedAt.get(watch.id),
        unseen: found.length,
        items: latest(found).flatMap(({ item }) => {
          const state = stateOf(item, day);
          return state === undefined ? [] : [toQueueItem(state)];
        }),
        failure: failureOf(watch, placeName(watch, team.watch), statusOf(watch)),
      };
    }),
  };
}

/** When each place was last checked as a whole, by watch id; looking at one item of it is less than that. */
function lastChecks(journal: readonly JournalEntry[]): ReadonlyMap<string, number> {
  const checks = new Map<string, number>();
  for (const { at, event, signalIds } of standing(journal))
    if (event.type === 'checked' && signalIds.length === 0)
      checks.set(event.watchId, Math.max(at, checks.get(event.watchId) ?? NEVER));
  return checks;
}

/** The entries that say that a place was checked between two moments (epoch ms, half open): what unticking takes back. */
export function checksBetween(
  journal: readonly JournalEntry[],
  watchId: string,
  { from, to }: { readonly from: number; readonly to: number },
): readonly JournalEntry[] {
  return standing(journal).filter(
    ({ at, event, signalIds }) =>
      event.type === 'checked' && event.watchId === watchId && signalIds.length === 0 && at >= from && at < to,
  );
}

interface Unseen {
  readonly item: Item;
  readonly at: number;
}

/** What is new, by watch id; `checkedAt` has all that are watched. */
function unseenItems(
  items: Iterable<Item>,
  day: Day,
  checkedAt: ReadonlyMap<string, number>,
): ReadonlyMap<string, readonly Unseen[]> {
  const unseen = new Map<string, Unseen[]>(Array.from(checkedAt.keys(), (watchId) => [watchId, []]));
  const look = (signal: Signal, item: Item): void => {
    const touchedAt = day.journal.bySignal.get(signal.id)?.at(-1)?.at ?? NEVER;
    for (const watchId of signal.watchIds) {
      const since = Math.max(checkedAt.get(watchId) ?? Number.POSITIVE_INFINITY, touchedAt);
      if (signal.updatedAt > since && isNewSince(signal, since, day.roster))
        addUnseen(unseen.get(watchId) ?? [], item, signal.updatedAt);
    }
  };
  for (const item of items) for (const signal of item.signals) if (signal.state !== 'closed') look(signal, item);
  return unseen;
}

/** An item of several signals is one; its signals come after each other. */
function addUnseen(found: Unseen[], item: Item, at: number): void {
  const last = found.at(-1);
  if (last?.item !== item) found.push({ item, at });
  else if (at > last.at) found[found.length - 1] = { item, at };
}

/** My own words are not news, and neither is what only changed its labels. */
function isNewSince(signal: Signal, since: number, roster: Roster): boolean {
  const { author, service, startedAt } = signal;
  const isByNobody = author === undefined || author.isBot;
  if (startedAt > since && (isByNobody || !isMe(memberOf(roster, service, author.id), roster))) return true;
  return wordsOf({ id: signal.id, signals: [signal] }, roster).some((word) => !word.isMe && word.lastAt > since);
}

function isMe(member: Person | undefined, { me }: Roster): boolean {
  return member !== undefined && member === me;
}

/** Of thousands only few are ever put in order. */
function latest(unseen: readonly Unseen[]): readonly Unseen[] {
  const kept: Unseen[] = [];
  for (const each of unseen) {
    kept.push(each);
    if (kept.length === 4 * UNSEEN_ROWS) kept.sort(byTime).length = UNSEEN_ROWS;
  }
  return kept.sort(byTime).slice(0, UNSEEN_ROWS);
}

function byTime(a: Unseen, b: Unseen): number {
  return b.at - a.at || (a.item.id < b.item.id ? -1 : 1);
}

/** Why a place cannot be read now: all of its source, or the part of it that the place is. */
function failureOf(watch: Watch, name: string, status: SourceStatus | undefined): SourceFailure | undefined {
  if (status?.failure !== undefined) return status.failure.reason;
  const parts: readonly string[] =
    watch.service === 'alertmanager'
      ? [watch.matchers.join(', ')]
      : watch.service === 'github' && watch.what === 'label'
        ? watch.repositories
        : [name];
  return status?.failedPlaces.find(({ place }) => parts.includes(place))?.reason;
}

/** A working day of a shift on which not every place was checked. */
export interface UncheckedDay {
  /** When its work began, epoch ms. */
  readonly at: number;
  /** The names of the places, in the order of the team file. */
  readonly places: readonly string[];
}

export interface CheckedShift {
  readonly team: Team;
  readonly shift: Shift;
  readonly journal: readonly JournalEntry[];
  /** Epoch milliseconds: a day whose work is not over yet is not judged. */
  readonly now: number;
}

/** The working days of a shift, in the zone of whoever had it, on which places were left out. */
export function uncheckedDays({ team, shift, journal, now }: CheckedShift): readonly UncheckedDay[] {
  const zone = zoneOf(team, shift);
  const checked = new Set<string>();
  for (const { at, event, signalIds } of standing(journal))
    if (event.type === 'checked' && signalIds.length === 0) checked.add(`${dateText(zone, at)} ${event.watchId}`);
  return workOf(team, shift.name, shift.from, shift.to)
    .filter(({ to }) => to <= now)
    .map(({ from }) => {
      const left = team.watch.filter(({ id }) => !checked.has(`${dateText(zone, from)} ${id}`));
      return { at: from, places: left.map((watch) => placeName(watch, team.watch)) };
    })
    .filter(({ places }) => places.length > 0);
}

/** The zone in which the days of a shift are meant. */
export function zoneOf(team: Team, { name }: Pick<Shift, 'name'>): string {
  return team.people.find((person) => person.name === name)?.timeZone ?? team.timeZone;
}
