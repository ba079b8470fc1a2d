import ICAL from 'ical.js';

/** What a calendar may cost, whatever is in it. */
const MAX_EVENTS = 5000;
const MAX_EVENT_LENGTH = 20_000;
/** A weekly event of fifty years is read; a longer one is no holiday. */
const MAX_STEPS_OF_ONE = 3000;
const MAX_STEPS = 30_000;
const MAX_DAYS = 60;

/** The days that are asked for; half open, `YYYY-MM-DD`. */
export interface DateWindow {
  readonly from: string;
  readonly to: string;
}

export interface Holidays {
  /** `YYYY-MM-DD`, sorted, unique. */
  readonly dates: readonly string[];
  /** Events that could not be read. */
  readonly skipped: number;
}

/** The three years around `now` (epoch ms): the last, this and the next, so that clocks find whatever they look at. */
export function holidayWindow(now: number): DateWindow {
  const year = new Date(now).getUTCFullYear();
  return { from: `${year - 1}-01-01`, to: `${year + 2}-01-01` };
}

/**
 * The days of the all-day events of a calendar (RFC 5545), recurring ones with theirs; undefined when the text is no
 * calendar. An event from midnight to midnight on the wall is all-day too; one in UTC is a time and no day. Every event is
 * read by itself: one that is broken, cancelled or too costly is left out, and the rest counts.
 */
export function icalHolidays(text: string, window: DateWindow): Holidays | undefined {
  if (!/^\ufeff?\s*BEGIN:VCALENDAR\s*$/imu.test(text.slice(0, 1000))) return undefined;
  const dates = new Set<string>();
  const events = eventTexts(text).map(parseEvent);
  const read = events.filter((event) => event !== undefined);
  const budget = { steps: MAX_STEPS };
  let skipped = events.length - read.length;
  for (const series of Map.groupBy(read, ({ uid }, index) => (uid === '' ? index : uid)).values())
    if (!addSeries(series, { dates, window, budget })) skipped += 1;
  return { dates: [...dates].sort(), skipped };
}

/** The lines of each event. A calendar's zones and alarms say nothing of days. */
function eventTexts(text: string): readonly string[] {
  const found: string[] = [];
  let lines: string[] | undefined;
  for (const line of text.split(/\r\n|\n|\r/u)) {
    if (/^BEGIN:VEVENT\s*$/iu.test(line)) lines = [];
    lines?.push(line);
    if (lines === undefined || !/^END:VEVENT\s*$/iu.test(line)) continue;
    found.push(lines.join('\r\n'));
    lines = undefined;
    if (found.length === MAX_EVENTS) break;
  }
  return found;
}

function parseEvent(text: string): ICAL.Event | undefined {
  try {
    if (text.length > MAX_EVENT_LENGTH) return undefined;
    const component = ICAL.Component.fromString(text);
    const rules = component.getAllProperties('rrule').map((rule) => rule.toICALString());
    if (component.name !== 'vevent' || !rules.every(isPlainRule) || component.hasProperty('exrule')) return undefined;
    // Without the exceptions given it would look for them in every other event.
    return new ICAL.Event(component, { exceptions: [] });
  } catch {
    return undefined;
  }
}

/**
 * The rules by which holidays recur. Of others a step may take seconds, or never end (`FREQ=DAILY;BYMONTH=2;
 * BYMONTHDAY=30` in ical.js 2.2.1).
 */
function isPlainRule(property: string): boolean {
  const parts = new Map(
    property
      .replace(/^RRULE[^:]*:/iu, '')
      .toUpperCase()
      .split(';')
      .map((part) => [part.split('=')[0], part.split('=')[1] ?? '']),
  );
  const frequency = parts.get('FREQ') ?? '';
  const allowed = RULE_PARTS[frequency];
  const interval = Number(parts.get('INTERVAL') ?? 1);
  return (
    allowed !== undefined &&
    interval >= 1 &&
    interval <= 100 &&
    [...parts.keys()].every((key) => allowed.has(key ?? ''))
  );
}

const ALWAYS = ['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'WKST'];
const BY_DATE = new Set([...ALWAYS, 'BYMONTH', 'BYMONTHDAY', 'BYDAY']);
const RULE_PARTS: Readonly<Partial<Record<string, ReadonlySet<string>>>> = {
  DAILY: new Set(ALWAYS),
  WEEKLY: new Set([...ALWAYS, 'BYDAY']),
  MONTHLY: BY_DATE,
  YEARLY: BY_DATE,
};

interface Days {
  readonly dates: Set<string>;
  readonly window: DateWindow;
  readonly budget: { steps: number };
}

/** Adds the days of an event and of its occurrences that were moved; false when it cannot be read to its end. */
function addSeries(series: readonly ICAL.Event[], days: Days): boolean {
  try {
    const moved = series.filter((event) => event.isRecurrenceException());
    for (const event of series) {
      // With dates and no rule it would leave out the first.
      if (!event.component.hasProperty('rrule')) addDays(event, event.startDate, days);
      if (event.isRecurring() && !event.isRecurrenceException())
        addOccurrences(event, new Set(moved.map(({ recurrenceId }) => dayOf(recurrenceId))), days);
    }
    return true;
  } catch {
    return false;
  }
}

function addOccurrences(event: ICAL.Event, moved: ReadonlySet<string>, days: Days): void {
  const occurrences = event.iterator();
  for (let step = 0; step < MAX_STEPS_OF_ONE; step += 1) {
    const start = nextOf(occurrences);
    if (start === undefined || dayOf(start) >= days.window.to) return;
    days.budget.steps -= 1;
    if (days.budget.steps < 0) break;
    if (!moved.has(dayOf(start))) addDays(event, start, days);
  }
  throw new RangeError('an event recurs too often');
}

/** Its types leave out that it ends. */
function nextOf(occurrences: { next: () => ICAL.Time | null | undefined }): ICAL.Time | undefined {
  return occurrences.next() ?? undefined;
}

function addDays(event: ICAL.Event, start: ICAL.Time, { dates, window }: Days): void {
  const status: unknown = event.component.getFirstPropertyValue('status');
  if (String(status).toUpperCase() === 'CANCELLED') return;
  for (let day = start.clone(), left = lengthOf(event); left > 0; left -= 1, day.adjust(1, 0, 0, 0)) {
    const date = dayOf(day);
    if (date >= window.from && date < window.to) dates.add(date);
  }
}

/** Whole days; 0 for what is not all-day. */
function lengthOf({ startDate, endDate }: ICAL.Event): number {
  const length = (noonOf(endDate) - noonOf(startDate)) / 86_400_000;
  if (startDate.isDate) return Math.min(Math.max(1, length), MAX_DAYS);
  return isMidnight(startDate) && isMidnight(endDate) ? Math.min(length, MAX_DAYS) : 0;
}

function isMidnight({ hour, minute, second, zone }: ICAL.Time): boolean {
  return hour === 0 && minute === 0 && second === 0 && zone !== ICAL.Timezone.utcTimezone;
}

function noonOf({ year, month, day }: ICAL.Time): number {
  return Date.UTC(year, month - 1, day, 12);
}

function dayOf({ year, month, day }: ICAL.Time): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}
