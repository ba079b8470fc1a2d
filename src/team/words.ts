import { Temporal } from 'temporal-polyfill';

const ZONE = /^[A-Za-z][A-Za-z0-9_+/-]{0,60}$/u;

/** An IANA time zone; fixed offsets such as `+01:00` know no clock changes and are none. */
export function isTimeZone(text: string): boolean {
  if (!ZONE.test(text)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** `owner/name`, by GitHub's own rules for both; a managed user may own one as well. */
export function isRepository(text: string): boolean {
  const [owner = '', name = '', ...more] = text.split('/');
  return isLogin(owner) && /^(?!\.{1,2}$)[\w.-]{1,100}$/u.test(name) && more.length === 0;
}

/** A Slack channel name, with or without `#`. */
export function isChannel(text: string): boolean {
  return /^#?[\p{Ll}\p{Lo}\p{Lm}\p{N}_-]{1,80}$/u.test(text);
}

/** A GitHub login, a managed user's `_company` ending included. */
export function isLogin(text: string): boolean {
  return /^[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}(?:_[A-Za-z0-9]{1,8})?$/u.test(text);
}

/** A Slack member id. */
export function isSlackUser(text: string): boolean {
  return /^[UW][A-Z0-9]{2,20}$/u.test(text);
}

/** An id of PagerDuty: a user's, a service's, a schedule's. */
export function isPagerDutyId(text: string): boolean {
  return /^[A-Z0-9]{1,40}$/u.test(text);
}

/** A moment of the wall clock: `2026-11-16`, `2026-11-16T09:00` or `2026-11-16 09:00`, with seconds or without, of a day that exists. */
export function isWallTime(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?)?$/u.test(text)) return false;
  try {
    return Temporal.PlainDateTime.from(text, { overflow: 'reject' }).year > 0;
  } catch {
    return false;
  }
}

/** A day that exists: `2026-12-25`. */
export function isDate(text: string): boolean {
  return text.length === 10 && isWallTime(text);
}

/** The word of `known` that is nearest to `text`, when it is near enough to have been meant. */
export function nearestWord(text: string, known: readonly string[]): string | undefined {
  if (text.length > 60) return undefined;
  const ranked = known.map((word) => ({ word, distance: editDistance(text.toLowerCase(), word.toLowerCase()) }));
  const best = ranked.toSorted((a, b) => a.distance - b.distance)[0];
  return best !== undefined && best.distance <= Math.max(1, Math.floor(best.word.length / 3)) ? best.word : undefined;
}

/** Levenshtein: the letters to add, drop or replace. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 0; i < a.length; i += 1) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j += 1) {
      const replaced = (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
