/**
 * Everything that can be wrong with a team file or a rotation table, in English, each saying what would be right. The
 * host passes a template with the problem's `args` to `l10n.t`, so the words here are also the keys of translations.
 */
export const TEAM_PROBLEMS = {
  tooLarge: 'The file is larger than {0} kB and is not read',
  notUtf8: 'The file is not UTF-8 text: save it as UTF-8',
  invalidYaml: 'This is not valid YAML: {0}',
  duplicateKey: 'This key is there twice: keep one of them',
  tabIndent: 'YAML is indented with spaces, not with tabs',
  badAlias: 'An alias (*name) has no anchor (&name) before it, or repeats too much: write the values out',
  tooDeep: 'The file is nested too deeply',
  unknownTag: 'This tag means nothing here and is ignored: {0}',
  notATeam: 'A team file begins with `team:` and `timezone:`',
  missing: '`{0}` is missing',
  unknownKey: '`{0}` is not known here and is ignored',
  unknownKeySimilar: '`{0}` is not known here and is ignored; did you mean `{1}`?',
  mapping: '`{0}` must be a group of `key: value` lines',
  list: '`{0}` must be a list',
  emptyList: '`{0}` must name at least one',
  text: '`{0}` must be text of 1 to 200 characters on one line',
  yesNo: '`{0}` must be true or false',
  number: '`{0}` must be a whole number of 1 or more',
  zone: '`{0}` must be a time zone such as Europe/Berlin; “{1}” is none',
  zoneSimilar: '`{0}` must be a time zone such as Europe/Berlin; did you mean {2}?',
  weekday: '`{0}` must list days as mon, tue, wed, thu, fri, sat or sun',
  clock: '`{0}` must be a time of day such as 09:00',
  date: '`{0}` must list dates such as 2026-12-25, or addresses of calendars',
  calendarAddress: 'A calendar of holidays is read over https, without a user name in its address',
  calendarUnreachable: 'This calendar cannot be read now: what was last read of it counts',
  noCalendar: 'There is no calendar (iCal) at this address',
  endBeforeStart: '`end` must be later on the same day than `start`: hours over midnight cannot be counted',
  duration: '`{0}` must be a duration such as 15m, 4h or 1d',
  percent: '`{0}` must be a percentage from 1% to 100%',
  limitTooLow: '`limit` must be 2h or more: shorter work is done now instead of planned',
  remind: '`{0}` must be a number of working days such as 1 working day',
  weeks: '`{0}` must be a number of weeks such as 1 week or 2 weeks',
  moment: '`{0}` must be a date such as 2026-11-16 or a date and time such as 2026-11-16T09:00',
  shiftBackwards: '`to` must be later than `from`',
  login: '`{0}` must be a GitHub login such as noor-sample',
  slackUser: '`{0}` must be a Slack member ID such as U02ABCDEF (in the person’s profile: Copy member ID)',
  pagerdutyId: '`{0}` must be a PagerDuty ID such as PABC123 (the last part of its address in PagerDuty)',
  repository: '`{0}` must be a repository such as acme/app',
  githubTeam: '`{0}` must be a team with its organization such as acme/integrations',
  channel: '`{0}` must be a channel name such as integrations',
  alertmanagerUrl: '`{0}` must be an address such as https://alerts.example, without a user name, query or fragment',
  duplicatePerson: '{0} is listed twice: every name, GitHub login, Slack ID and PagerDuty ID belongs to one person',
  unknownPerson: '{0} is not listed in `people`: shown by this name, but not known on GitHub or Slack',
  noRotation: 'There is no `rotation`: nobody is shown as on duty',
  rotationKind: '`rotation` must have one of `table`, `shifts`, `every` or `pagerduty`',
  rotationKinds: '`rotation` must have only one of `table`, `shifts`, `every` and `pagerduty`',
  notReadYet: 'A schedule from `{0}` is not read yet: use `table`, `shifts`, `every` or `pagerduty`',
  shiftsOverlap: 'This shift overlaps another: the one that starts later wins',
  nothingWatched: 'There is no `watch`: the queue stays empty',
  watchKind: 'A `watch` entry must begin with `github:`, `slack:`, `alertmanager:`, `pagerduty:`, `feed:` or `source:`',
  githubWatch: '`github` must be label, team or notifications',
  slackWatch: '`slack` must be channel or mention',
  pagerdutyWatch: '`pagerduty` must be service or escalationPolicy',
  notWatchedYet: '`{0}` is not watched yet',
  feedUrl: '`{0}` must be an address such as https://alerts.example/api/issues, without a user name or fragment',
  feedName: '`{0}` must be a name of 1 to 60 characters on one line',
  feedPath: '`{0}` must be a path such as data.issues or results[0].list',
  feedField: '`{0}` must be a path such as assignedTo.name, or words with paths such as "/tickets/{id}"',
  sourceId: '`{0}` must be the ID of a source that an extension contributes, such as acme.pager',
  duplicateWatch: 'The same place is watched twice: keep one of them',
  snippetText: '`{0}` must be text of 1 to 4000 characters',
  snippetName: '{0} is not filled in: only ${author}, ${owner} and ${issue} are',
  duplicateSnippet: 'Two snippets have this name: keep one of them',
  ownerKind: 'An `owners` entry must have `label` or `github`, and the `slack` channel in which to ask',
  githubOwner: '`{0}` must be a GitHub login such as noor-sample, or a team such as acme/integrations',
  tablePath: '`table` must be a path inside the same repository such as docs/rotation.md#current-schedule',
  tableNotFound: 'The file {0} is not there or cannot be read',
  headingNotFound: 'There is no heading #{0} in the file',
  noTable: 'There is no table with columns such as “Time frame” and “Engineer”',
  emptyTable: 'No row of the table can be read',
  unreadableRow: '“{0}” is not a time frame such as Sept 26–Oct 3: the row is skipped',
  namelessRow: 'Nobody is named in this row: it is skipped',
  rowGap: 'Nobody is on duty between the row before and this one',
  rowOverlap: 'This row overlaps another: the one that starts later wins',
} as const;

export type TeamProblemCode = keyof typeof TEAM_PROBLEMS;

/** Zero-based; `column` counts UTF-16 units, as editors do. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

export interface TextRange {
  readonly start: TextPosition;
  readonly end: TextPosition;
}

export interface TeamProblem extends TextRange {
  /** With an error the file makes no team. */
  readonly severity: 'error' | 'warning';
  readonly code: TeamProblemCode;
  readonly args: readonly string[];
  /** English, by {@link describeProblem}. */
  readonly message: string;
  /** The rotation table that it is in, as named in the team file; undefined for the team file itself. */
  readonly file: string | undefined;
}

const WARNINGS: ReadonlySet<TeamProblemCode> = new Set<TeamProblemCode>([
  'unknownTag',
  'unknownKey',
  'unknownKeySimilar',
  'unknownPerson',
  'noRotation',
  'notReadYet',
  'calendarAddress',
  'calendarUnreachable',
  'noCalendar',
  'shiftsOverlap',
  'nothingWatched',
  'notWatchedYet',
  'snippetName',
  'unreadableRow',
  'namelessRow',
  'rowGap',
  'rowOverlap',
]);

/** The English sentence of a problem: its template with `{0}`, `{1}` … replaced. */
export function describeProblem(code: TeamProblemCode, args: readonly string[]): string {
  return TEAM_PROBLEMS[code].replace(/\{(\d)\}/gu, (_, index: string) => args[Number(index)] ?? '');
}

/** A problem of the team file at a place in its text. */
export function teamProblem(code: TeamProblemCode, args: readonly string[], range: TextRange): TeamProblem {
  return {
    severity: WARNINGS.has(code) ? 'warning' : 'error',
    code,
    args,
    message: describeProblem(code, args),
    start: range.start,
    end: range.end,
    file: undefined,
  };
}
