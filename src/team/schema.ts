import * as z from 'zod/mini';
import { type FeedField, parseFieldSource, parsePath } from '../core/feedMapping.ts';
import type { Weekday } from '../core/team.ts';
import { safeUrl } from '../core/url.ts';
import type { TeamProblemCode } from './teamProblem.ts';
import { isChannel, isLogin, isPagerDutyId, isRepository, isSlackUser, isTimeZone, isWallTime } from './words.ts';

/**
 * The shape of each group of lines in a team file. Every scalar arrives as text. A check's message is the code of its
 * problem; groups inside a group are `inner`, read with their own schema so that each reports its own unknown keys.
 */

/** `15m`, `4h`, `1d`; a day is a working day of the team. */
export interface Duration {
  readonly amount: number;
  readonly unit: 'm' | 'h' | 'd';
}

const DURATION = /^([1-9]\d{0,3}) ?([mhd])$/u;
const PERCENT = /^(\d{1,3}(?:\.\d{1,2})?) ?%$/u;
const CLOCK = /^(?:[01]\d|2[0-3]):[0-5]\d$/u;
const WEEKS = /^([1-9]\d?) ?(?:weeks?|w)$/u;
const WORKING_DAYS = /^([1-9]\d?) ?(?:working days?|d)$/u;
const WEEKDAYS: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** In a text of several lines. */
const UNPRINTABLE = /[[\p{Cc}--[\t\n]]\u202a-\u202e\u2066-\u2069]/v;

const inner = z.optional(z.unknown());

function words(code: TeamProblemCode) {
  return z.string({ error: ({ input }) => (input === undefined ? 'missing' : code) }).check(z.trim());
}

function checked(code: TeamProblemCode, isRight: (text: string) => boolean) {
  return words(code).check(z.refine(isRight, { error: code }));
}

function matching(code: TeamProblemCode, pattern: RegExp) {
  return words(code).check(z.regex(pattern, { error: code }));
}

function listOf<T extends z.core.SomeType>(element: T) {
  return z
    .array(element, { error: ({ input }) => (input === undefined ? 'missing' : 'list') })
    .check(z.minLength(1, { error: 'emptyList' }));
}

const text = checked(
  'text',
  (value) => value.length > 0 && value.length <= 200 && !/[\p{Cc}\u2028\u2029]/u.test(value),
);
const clock = matching('clock', CLOCK);
const zone = checked('zone', isTimeZone);
const repository = checked('repository', isRepository);
const moment = checked('moment', isWallTime);
const yesNo = z.pipe(
  matching('yesNo', /^(?:true|false)$/u),
  z.transform((value) => value === 'true'),
);
const wholeNumber = z.pipe(matching('number', /^[1-9]\d{0,8}$/u), z.transform(Number));
const weekday = z.enum(WEEKDAYS, { error: 'weekday' });
const channel = z.pipe(
  checked('channel', isChannel),
  z.transform((value) => value.replace('#', '')),
);

const duration = z.pipe(
  matching('duration', DURATION),
  z.transform((value): Duration => {
    const [, amount, unit] = DURATION.exec(value) ?? [];
    return { amount: Number(amount), unit: unit === 'm' || unit === 'h' ? unit : 'd' };
  }),
);

const share = z.pipe(
  matching('percent', PERCENT).check(z.refine((value) => isShare(Number.parseFloat(value)), { error: 'percent' })),
  z.transform((value) => Number.parseFloat(value) / 100),
);

function isShare(percent: number): boolean {
  return percent >= 1 && percent <= 100;
}

const firstNumber = z.transform((value: string) => Number.parseInt(value, 10));

export const teamSchema = z.object({
  team: text,
  timezone: zone,
  workingHours: inner,
  holidays: inner,
  people: inner,
  rotation: inner,
  watch: inner,
  timebox: inner,
  issues: inner,
  handoff: inner,
  snippets: inner,
  owners: inner,
});

export const workingHoursSchema = z.object({
  days: z.optional(listOf(weekday)),
  start: z.optional(clock),
  end: z.optional(matching('clock', /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/u)),
});

export const personSchema = z.object({
  name: text,
  github: z.optional(checked('login', isLogin)),
  slack: z.optional(checked('slackUser', isSlackUser)),
  pagerduty: z.optional(checked('pagerdutyId', isPagerDutyId)),
  timezone: z.optional(zone),
});

export const rotationSchema = z.object({
  table: z.optional(text),
  shifts: inner,
  every: z.optional(z.pipe(matching('weeks', WEEKS), firstNumber)),
  starting: z.optional(moment),
  order: z.optional(listOf(text)),
  handover: z.optional(clock),
  overrides: inner,
  ical: inner,
  pagerduty: z.optional(checked('pagerdutyId', isPagerDutyId)),
  slackUserGroup: inner,
});

export const shiftSchema = z.object({ from: moment, to: moment, name: text, shadow: z.optional(text) });

const respondWithin = z.optional(duration);

export const labelWatchSchema = z.object({ github: text, name: text, in: listOf(repository), respondWithin });

export const teamWatchSchema = z.object({
  github: text,
  name: checked('githubTeam', isRepository),
  respondWithin,
});

export const notificationsWatchSchema = z.object({ github: text, respondWithin });

export const channelWatchSchema = z.object({ slack: text, name: channel, alerts: z.optional(yesNo), respondWithin });

export const mentionWatchSchema = z.object({ slack: text, name: text, respondWithin });

export const alertmanagerWatchSchema = z.object({
  alertmanager: checked('alertmanagerUrl', isAlertmanagerUrl),
  matchers: z.optional(listOf(text)),
  respondWithin,
});

export const pagerdutyWatchSchema = z.object({
  pagerduty: text,
  id: checked('pagerdutyId', isPagerDutyId),
  name: z.optional(text),
  respondWithin,
});

function isAlertmanagerUrl(value: string): boolean {
  if (value.length > 500 || !/^https?:\/\/[^\s?#@]+$/iu.test(value)) return false;
  return URL.canParse(value);
}

/** One source of a field, or several of which the first with a value counts. */
const fieldSources = z.pipe(
  z.transform((value: unknown): unknown => (value === undefined || Array.isArray(value) ? value : [value])),
  listOf(checked('feedField', (value) => parseFieldSource(value) !== undefined)),
);
const fieldIfGiven = z.optional(fieldSources);

export const feedWatchSchema = z.object({
  feed: checked('feedUrl', isFeedUrl),
  name: checked('feedName', (value) => /^[^\p{Cc}\u2028\u2029]{1,60}$/u.test(value)),
  items: z.optional(checked('feedPath', (value) => parsePath(value) !== undefined)),
  fields: inner,
  closed: z.optional(listOf(text)),
  quiet: z.optional(listOf(text)),
  respondWithin,
});

export const feedFieldsSchema = z.object({
  id: fieldSources,
  title: fieldSources,
  url: fieldSources,
  text: fieldIfGiven,
  state: fieldIfGiven,
  startedAt: fieldIfGiven,
  updatedAt: fieldIfGiven,
  count: fieldIfGiven,
  author: fieldIfGiven,
  assignee: fieldIfGiven,
  labels: fieldIfGiven,
} satisfies Record<FeedField, unknown>);

export const extensionWatchSchema = z.object({
  source: matching('sourceId', /^[a-z0-9][\w.-]{0,99}$/iu),
  respondWithin,
});

/** A query is part of the address; it is never shown or logged. */
function isFeedUrl(value: string): boolean {
  return value.length <= 1000 && /^https?:\/\/[^\s#]+$/iu.test(value) && safeUrl(value) !== undefined;
}

export const timeboxSchema = z.object({ limit: z.optional(duration), budget: z.optional(share) });

export const issuesSchema = z.object({ repository, labels: z.optional(listOf(text)), project: inner });

export const projectSchema = z.object({
  owner: checked('login', isLogin),
  number: wholeNumber,
  priority: z.optional(text),
  timebox: z.optional(text),
});

export const handoffSchema = z.object({
  slack: z.optional(channel),
  issue: inner,
  remind: z.optional(z.pipe(matching('remind', WORKING_DAYS), firstNumber)),
});

export const handoffIssueSchema = z.object({ repository, label: z.optional(text) });

export const snippetSchema = z.object({
  name: text,
  text: checked('snippetText', (value) => value.length > 0 && value.length <= 4000 && !UNPRINTABLE.test(value)),
});

export const ownerSchema = z.object({
  label: z.optional(text),
  github: z.optional(
    z.pipe(
      checked('githubOwner', (value) => isLogin(value.replace('@', '')) || isRepository(value.replace('@', ''))),
      z.transform((value) => value.replace('@', '')),
    ),
  ),
  slack: channel,
  person: z.optional(text),
});
