import type { FeedField } from './feedMapping.ts';
import type { Snippet } from './snippet.ts';

/** The team file, parsed. Built only by `src/team/`; see `design.md` for its words. Times are epoch milliseconds. */
export interface Team {
  readonly name: string;
  /** IANA zone. */
  readonly timeZone: string;
  readonly workingHours: WorkingHours;
  readonly people: readonly Person[];
  readonly rotation: Rotation;
  readonly watch: readonly Watch[];
  readonly timebox: TimeboxRules;
  readonly issues: IssueTarget | undefined;
  readonly handoff: HandoffTarget | undefined;
  /** Words that are said again and again. */
  readonly snippets: readonly Snippet[];
  /** Whom to ask about what is not the team's. */
  readonly owners: readonly OwnerEntry[];
}

/** One who owns something else: found by a label, or by what GitHub calls them; at least one of the two. */
export interface OwnerEntry {
  readonly label: string | undefined;
  /** A login, or a team with its organization; without `@`. */
  readonly github: string | undefined;
  /** Where they are asked: a channel's name without `#`. */
  readonly slackChannel: string;
  /** Who is spoken to there; nobody by name when undefined. */
  readonly person: string | undefined;
}

export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';

export interface WorkingHours {
  readonly days: readonly Weekday[];
  /** `HH:MM`, local to the person. */
  readonly start: string;
  readonly end: string;
  /** Days on which nobody works, `YYYY-MM-DD` in each person's own zone; sorted, unique. */
  readonly holidays: readonly string[];
}

export interface Person {
  readonly name: string;
  /** GitHub login. */
  readonly github: string | undefined;
  /** Slack user id. */
  readonly slack: string | undefined;
  /** PagerDuty user id. */
  readonly pagerduty?: string | undefined;
  /** IANA zone; the team's when not given. */
  readonly timeZone: string;
}

/** Who is on duty from when to when; half open: `from` inclusive, `to` exclusive. */
export interface Shift {
  readonly from: number;
  readonly to: number;
  readonly name: string;
  readonly shadow: string | undefined;
}

export type Rotation =
  /** Written out: a table or a `shifts:` list. `problems` of a table are reported by its parser, not here. */
  | {
      readonly type: 'shifts';
      readonly shifts: readonly Shift[];
      readonly overrides: readonly Shift[];
      /** Where the shifts are read from while the team is watched; see `withShifts`. They begin as none. */
      readonly remote?: RemoteSchedule | undefined;
    }
  /** Turn by turn; boundaries are at the same wall-clock hour in `timeZone`, whatever DST does. */
  | {
      readonly type: 'every';
      readonly weeks: number;
      /** The first hand-over, as a wall-clock date-time in `timeZone`: `2026-09-28T09:00`. */
      readonly starting: string;
      readonly timeZone: string;
      readonly order: readonly string[];
      readonly overrides: readonly Shift[];
    };

/** A schedule that lives in a service. */
export interface RemoteSchedule {
  readonly service: 'pagerduty';
  /** The service's own id. */
  readonly schedule: string;
}

interface WatchBase {
  /** Stable text of the entry, e.g. `github:label:team/integrations`; the key of coverage and of signals' `watchIds`. */
  readonly id: string;
  readonly respondWithinMinutes: number | undefined;
}

export type GitHubWatch =
  | (WatchBase & {
      readonly service: 'github';
      readonly what: 'label';
      readonly label: string;
      readonly repositories: readonly string[];
    })
  | (WatchBase & {
      readonly service: 'github';
      readonly what: 'team';
      readonly organization: string;
      readonly team: string;
    })
  | (WatchBase & { readonly service: 'github'; readonly what: 'notifications' });

export type SlackWatch =
  | (WatchBase & {
      readonly service: 'slack';
      readonly what: 'channel';
      readonly channel: string;
      readonly alerts: boolean;
    })
  /** `handle` of a user group without `@`, or a person's Slack id or handle. */
  | (WatchBase & { readonly service: 'slack'; readonly what: 'mention'; readonly handle: string });

export type AlertmanagerWatch = WatchBase & {
  readonly service: 'alertmanager';
  /** Origin and path prefix, without a trailing slash. */
  readonly url: string;
  readonly matchers: readonly string[];
};

/** The incidents of a PagerDuty service, or those that an escalation policy is called for. */
export type PagerDutyWatch = WatchBase & {
  readonly service: 'pagerduty';
  readonly by: 'service' | 'escalationPolicy';
  readonly pagerdutyId: string;
  /** What people call it. */
  readonly name: string | undefined;
};

/** Any list of records that is JSON, read by a mapping. */
export type FeedWatch = WatchBase & {
  readonly service: 'feed';
  /** What people call it; tells its signals from those of other feeds. */
  readonly name: string;
  readonly url: string;
  /** The path of the list; the reply itself when undefined. */
  readonly items: string | undefined;
  /** Where each field comes from, see `parseFieldSource`; of several the first that has a value. */
  readonly fields: { readonly [Field in FeedField]?: readonly string[] | undefined };
  /** The states that mean closed and quiet; all others are open. */
  readonly closed: readonly string[];
  readonly quiet: readonly string[];
};

/** A source that another extension contributes. */
export type ExtensionWatch = WatchBase & {
  readonly service: 'extension';
  readonly source: string;
};

export type Watch = GitHubWatch | SlackWatch | AlertmanagerWatch | PagerDutyWatch | FeedWatch | ExtensionWatch;

export interface TimeboxRules {
  /** Work of this length or more becomes an issue; never below 120. */
  readonly limitMinutes: number;
  /** Share of a shift's working time that duty may take, 0–1. */
  readonly budgetShare: number;
}

export interface IssueTarget {
  /** `owner/name`. */
  readonly repository: string;
  readonly labels: readonly string[];
  readonly project: BoardTarget | undefined;
}

/** A GitHub Projects v2 board. */
export interface BoardTarget {
  readonly owner: string;
  readonly number: number;
  /** Name of the single-select field that holds the priority. */
  readonly priorityField: string | undefined;
  /** Name of the number field that holds the timebox in hours. */
  readonly timeboxField: string | undefined;
}

export interface HandoffTarget {
  /** Channel name without `#`. */
  readonly slackChannel: string | undefined;
  readonly issue: { readonly repository: string; readonly label: string } | undefined;
  readonly remindWorkingDays: number;
}
