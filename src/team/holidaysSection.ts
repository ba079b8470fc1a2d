import { mayCarryToken } from '../core/url.ts';
import { isGroup, listLength, type Reading, report, valueAt } from './reading.ts';
import { isDate } from './words.ts';
import { openYaml, type YamlPath } from './yamlText.ts';

const PATH: YamlPath = ['holidays'];
const MAX_CALENDARS = 10;

/** What is known of a calendar of holidays. */
export interface CalendarDates {
  /** As last read, `YYYY-MM-DD`. */
  readonly dates: readonly string[];
  /** Why it could not be read the last time. */
  readonly problem: 'unreachable' | 'noCalendar' | undefined;
}

/** By the calendars' addresses, see {@link referencedCalendars}; one that was never asked for is left out. */
export type Calendars = ReadonlyMap<string, CalendarDates>;

/** The dates of a team file's `holidays:` and of the calendars that it names, sorted. */
export function readHolidays(reading: Reading, calendars: Calendars): readonly string[] {
  const dates = new Set<string>();
  for (const { path, value } of entriesOf(reading)) {
    if (isAddress(value))
      for (const date of readCalendar(reading, path, calendars.get(addressOf(value)))) dates.add(date);
    else if (typeof value === 'string' && isDate(value.trim())) dates.add(value.trim());
    else report(reading, 'date', { path }, ['holidays']);
  }
  return [...dates].sort();
}

function readCalendar(reading: Reading, path: YamlPath, known: CalendarDates | undefined): readonly string[] {
  // Who may read a calendar is said by its address: it is sent in the clear to nobody.
  if (!mayCarryToken(addressOf(valueAt(reading, path)))) report(reading, 'calendarAddress', { path });
  else if (known?.problem === 'unreachable') report(reading, 'calendarUnreachable', { path });
  else if (known?.problem === 'noCalendar') report(reading, 'noCalendar', { path });
  return known?.dates ?? [];
}

/** The addresses of the calendars that a team file names, without those that are not safe to ask; at most ten. */
export function referencedCalendars(text: string): readonly string[] {
  const { yaml } = openYaml(text);
  if (yaml === undefined || !isGroup(yaml.value)) return [];
  const addresses = entriesOf({ yaml, problems: [] }).map(({ value }) => addressOf(value));
  return [...new Set(addresses.filter(mayCarryToken))].slice(0, MAX_CALENDARS);
}

/** A calendar may stand alone; dates are a list. */
function entriesOf(reading: Reading): readonly { readonly path: YamlPath; readonly value: unknown }[] {
  const whole = valueAt(reading, PATH);
  if (isAddress(whole)) return [{ path: PATH, value: whole }];
  return Array.from({ length: listLength(reading, PATH) }, (_, index): YamlPath => [...PATH, index]).map((path) => ({
    path,
    value: valueAt(reading, path),
  }));
}

function isAddress(value: unknown): boolean {
  return typeof value === 'string' && /^(?:https?|webcals?):\/\//iu.test(value.trim());
}

/** `webcal:` is what calendar programs call https. */
function addressOf(value: unknown): string {
  return typeof value === 'string' ? value.trim().replace(/^webcals?:/iu, 'https:') : '';
}
