/** A day as a table names it; the year is often left out. */
export interface NamedDay {
  readonly year: number | undefined;
  /** 1–12. */
  readonly month: number;
  readonly day: number;
}

/** The days of a row; `last` is undefined for a row that names only its first, as in “Week of Nov 16”. */
export interface TimeFrame {
  readonly first: NamedDay;
  readonly last: NamedDay | undefined;
}

interface HalfDay {
  readonly year: number | undefined;
  readonly month: number | undefined;
  readonly day: number;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const FULL_MONTHS = 'january|february|march|april|may|june|july|august|september|october|november|december|sept'.split(
  '|',
);
const WEEKDAY = /\b(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\b\.?,?/giu;
const SEPARATOR = /\s*(?:[–—‒―−‐‑→-]|\.{2,3}|\b(?:to|until|till|through|thru)\b)\s*/iu;

/**
 * Reads `Sept 26–Oct 3`, `Sep 26 - Oct 3, 2026`, `26 Sept – 3 Oct`, `Nov 16–23`, `16.–23. Nov`, `26.9.–3.10.`,
 * `2026-09-26 – 2026-10-03`, with weekdays or without. Numbers parted by slashes are read only as year/month/day: which of
 * day and month comes first elsewhere nobody can know. Undefined when it is no time frame.
 */
export function readTimeFrame(text: string): TimeFrame | undefined {
  const plain = text
    .slice(0, 120)
    .replace(/\b(\d{4})-(\d{1,2})-(\d{1,2})\b/gu, '$1/$2/$3')
    .replace(/^\s*week\s+(?:of|from)\b/iu, '')
    .replace(/^\s*from\b/iu, '')
    .replace(WEEKDAY, ' ');
  const sides = plain.split(SEPARATOR);
  if (sides.length > 2) return undefined;
  const first = readDay(sides[0] ?? '');
  const last = sides.length === 2 ? readDay(sides[1] ?? '') : undefined;
  if (first === undefined || (sides.length === 2 && last === undefined)) return undefined;
  return complete(first, last);
}

/** `Nov 16–23` and `16–23 Nov` name the month once. */
function complete(first: HalfDay, last: HalfDay | undefined): TimeFrame | undefined {
  const firstMonth = first.month ?? last?.month;
  const lastMonth = last?.month ?? first.month;
  if (firstMonth === undefined || lastMonth === undefined) return undefined;
  const start: NamedDay = { year: first.year, month: firstMonth, day: first.day };
  return { first: start, last: last && { year: last.year, month: lastMonth, day: last.day } };
}

const DAY_FORMS: readonly RegExp[] = [
  /^(?<year>\d{4})\/(?<month>\d{1,2})\/(?<day>\d{1,2})$/u,
  /^(?<day>\d{1,2})\.\s?(?<month>\d{1,2})\.\s?(?<year>\d{4})?$/u,
  /^(?<day>\d{1,2})(?:st|nd|rd|th)?\.?\s?(?:of\s)?(?<name>[a-z]{3,9})\.?(?:,?\s?(?<year>\d{4}))?$/u,
  /^(?<name>[a-z]{3,9})\.?\s?(?<day>\d{1,2})(?:st|nd|rd|th)?(?:(?:,\s?|\s)(?<year>\d{4}))?$/u,
  /^(?<day>\d{1,2})(?:st|nd|rd|th)?\.?(?:(?:,\s?|\s)(?<year>\d{4}))?$/u,
];

function readDay(text: string): HalfDay | undefined {
  const plain = text
    .toLowerCase()
    .replace(/\s+/gu, ' ')
    .replace(/^[ ,]+|[ ,]+$/gu, '');
  for (const form of DAY_FORMS) {
    const groups = form.exec(plain)?.groups;
    if (groups !== undefined) return dayOf(groups);
  }
  return undefined;
}

function dayOf(groups: Readonly<Record<string, string | undefined>>): HalfDay | undefined {
  const { year, month, name, day } = groups;
  const number = name === undefined ? numberOf(month) : monthOf(name);
  if (name !== undefined && number === undefined) return undefined;
  if (number !== undefined && (number < 1 || number > 12)) return undefined;
  return { year: numberOf(year), month: number, day: Number(day) };
}

function numberOf(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits);
}

/** A month by its English name or the first three letters of it. */
function monthOf(name: string): number | undefined {
  if (name.length > 3 && !FULL_MONTHS.some((month) => month.startsWith(name))) return undefined;
  const index = MONTHS.indexOf(name.slice(0, 3));
  return index === -1 ? undefined : index + 1;
}
