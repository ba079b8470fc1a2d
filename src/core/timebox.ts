import type { WorkingHours } from './team.ts';
import { workingDayMinutes } from './workingHours.ts';

/** Longer is not a timebox but a project; also keeps typing errors out. */
const MAX_MINUTES = 100 * 24 * 60;

const NUMBER = '(\\d{1,6}(?:[.,]\\d{1,4})?)';
const PARTS = new RegExp(
  `^(?:${NUMBER}\\s*d(?:ays?)?)?\\s*(?:${NUMBER}\\s*h(?:rs?|ours?)?)?\\s*(?:${NUMBER}\\s*m(?:ins?|inutes?)?)?$`,
  'u',
);
const HALF_DAY = /^(?:half a|a half|half|½|1\/2)\s*(?:day|d)$/u;

export type TimeboxChoiceId = 'twoHours' | 'halfDay' | 'oneDay' | 'twoDays';

export interface TimeboxChoice {
  readonly id: TimeboxChoiceId;
  readonly minutes: number;
}

/** The usual timeboxes, shortest first; a day is the team's working day. */
export function timeboxChoices(hours: WorkingHours): readonly TimeboxChoice[] {
  const day = workingDayMinutes(hours);
  const choices: readonly TimeboxChoice[] = [
    { id: 'twoHours', minutes: 120 },
    { id: 'halfDay', minutes: Math.round(day / 2) },
    { id: 'oneDay', minutes: day },
    { id: 'twoDays', minutes: 2 * day },
  ];
  return choices.toSorted((a, b) => a.minutes - b.minutes);
}

/**
 * What a person types for a timebox, in minutes: `2h`, `90m`, `1.5h`, `1h 30m`, `half a day`, `1d`, `2 days`.
 * Undefined when it is not a length of time, or none that makes sense (nothing, or beyond a hundred days).
 */
export function parseTimebox(text: string, dayMinutes: number): number | undefined {
  const trimmed = text.trim().toLowerCase();
  if (trimmed === '' || trimmed.length > 40) return undefined;
  if (HALF_DAY.test(trimmed)) return Math.round(dayMinutes / 2);
  const match = PARTS.exec(trimmed.replace(/^an?\s+(?=[dh])/u, '1'));
  if (match === null) return undefined;
  const [, days, hours, minutes] = match;
  const total = Math.round(amount(days) * dayMinutes + amount(hours) * 60 + amount(minutes));
  return total > 0 && total <= MAX_MINUTES ? total : undefined;
}

/** Work of the limit's length or more is planned as an issue; shorter work is done now. */
export function mustBeIssue(minutes: number, limitMinutes: number): boolean {
  return minutes >= limitMinutes;
}

function amount(text: string | undefined): number {
  return text === undefined ? 0 : Number(text.replace(',', '.'));
}
