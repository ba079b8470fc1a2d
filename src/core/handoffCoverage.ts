import { type CheckedShift, type UncheckedDay, uncheckedDays, zoneOf } from './coverage.ts';
import type { HandoffEntry } from './handoff.ts';
import { oneLine } from './plainText.ts';

/** One for all days, so that a person removes it once. */
export const UNCHECKED_ID = 'coverage:unchecked';

const DETAIL_LENGTH = 500;
const WEEK = 7 * 86_400_000;

/** What the notes say when places were left out on working days of the shift; undefined when none was. */
export function uncheckedEntry(input: CheckedShift): HandoffEntry | undefined {
  const days = uncheckedDays(input);
  if (days.length === 0) return undefined;
  const { team, shift } = input;
  const date = new Intl.DateTimeFormat('en-US', {
    weekday: 'short',
    // Weekdays alone would mean two days of a longer shift.
    ...(shift.to - shift.from > WEEK ? { month: 'short', day: 'numeric' } : {}),
    timeZone: zoneOf(team, shift),
  });
  const said = Map.groupBy(days, ({ places }) => placesText(places, team.watch.length));
  const facts = [...said].map(([places, on]) => `${daysText(on, date)}: ${places}`);
  const title =
    days.length === 1 ? 'Places not checked on 1 working day' : `Places not checked on ${days.length} working days`;
  return { id: UNCHECKED_ID, title, url: undefined, detail: oneLine(facts.join(' · '), DETAIL_LENGTH), note: '' };
}

function placesText(places: readonly string[], count: number): string {
  return places.length === count && count > 1 ? `all ${count} places` : places.join(', ');
}

function daysText(days: readonly UncheckedDay[], date: Intl.DateTimeFormat): string {
  return days.map(({ at }) => date.format(at)).join(', ');
}
