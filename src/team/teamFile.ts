import type { HandoffTarget, IssueTarget, Person, Team, TimeboxRules, WorkingHours } from '../core/team.ts';
import { workingDayMinutes } from '../core/workingHours.ts';
import { type Calendars, readHolidays } from './holidaysSection.ts';
import { readOwners } from './ownersSection.ts';
import { isGroup, listLength, type Reading, readGroup, report, valueAt } from './reading.ts';
import { readRotation } from './rotationSection.ts';
import {
  type Duration,
  handoffIssueSchema,
  handoffSchema,
  issuesSchema,
  personSchema,
  projectSchema,
  teamSchema,
  timeboxSchema,
  workingHoursSchema,
} from './schema.ts';
import { readSnippets } from './snippetsSection.ts';
import { readTablePath } from './tablePath.ts';
import type { TeamProblem } from './teamProblem.ts';
import { readWatch } from './watchSection.ts';
import { MAX_PROBLEMS, openYaml, type YamlPath } from './yamlText.ts';

/** Shorter work is done at once; a team may set more, never less. */
const LOWEST_LIMIT_MINUTES = 120;
const USUAL_HOURS: WorkingHours = {
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  start: '09:00',
  end: '17:00',
  holidays: [],
};
const USUAL_BUDGET = 0.1;
const USUAL_LABEL = 'handoff';

export interface TeamFileContext {
  /** The texts of the {@link referencedFiles}, by their path; one that could not be read is left out. */
  readonly files: ReadonlyMap<string, string>;
  /** Epoch milliseconds: a table without years is read near to it. */
  readonly now: number;
  /** What is known of the calendars of holidays. */
  readonly calendars?: Calendars;
}

export interface TeamFile {
  /** Undefined when any problem is an error. */
  readonly team: Team | undefined;
  /** In order of their place, those of the team file first; at most {@link MAX_PROBLEMS}. */
  readonly problems: readonly TeamProblem[];
}

/** Reads a `responder.yml`. Any text has an answer; nothing is thrown. */
export function parseTeamFile(text: string, context: TeamFileContext): TeamFile {
  const { yaml, problems: syntax } = openYaml(text);
  if (yaml === undefined) return { team: undefined, problems: inOrder(syntax) };
  const reading: Reading = { yaml, problems: [...syntax] };
  const team = readTeam(reading, context);
  const isBroken = reading.problems.some(({ severity }) => severity === 'error');
  return { team: isBroken ? undefined : team, problems: inOrder(reading.problems) };
}

/** The paths of the files that the team file needs besides itself: relative to the repository, without `#`. */
export function referencedFiles(text: string): readonly string[] {
  const { yaml } = openYaml(text);
  if (yaml === undefined) return [];
  const table = valueAt({ yaml, problems: [] }, ['rotation', 'table']);
  const path = typeof table === 'string' ? readTablePath(table.trim()) : undefined;
  return path === undefined ? [] : [path.file];
}

function readTeam(reading: Reading, { files, now, calendars = new Map() }: TeamFileContext): Team | undefined {
  if (!isGroup(reading.yaml.value)) {
    report(reading, 'notATeam', { path: [] });
    return undefined;
  }
  const group = readGroup(reading, [], teamSchema);
  // With the zone unknown the rest is still checked, so that all its mistakes are shown at once.
  const timeZone = group?.timezone ?? 'UTC';
  const workingHours = { ...readWorkingHours(reading), holidays: readHolidays(reading, calendars) };
  const people = readPeople(reading, timeZone);
  const minutes = ({ amount, unit }: Duration): number =>
    amount * { m: 1, h: 60, d: workingDayMinutes(workingHours) }[unit];
  const rest = {
    timeZone,
    workingHours,
    people,
    rotation: readRotation(reading, { people, timeZone, dayStart: workingHours.start, files, now }),
    watch: readWatch(reading, minutes),
    timebox: readTimebox(reading, minutes),
    issues: readIssues(reading),
    handoff: readHandoff(reading),
    snippets: readSnippets(reading),
    owners: readOwners(reading),
  };
  return group && { name: group.team, ...rest };
}

function readWorkingHours(reading: Reading): WorkingHours {
  const path: YamlPath = ['workingHours'];
  if (valueAt(reading, path) === undefined) return USUAL_HOURS;
  const { days, start, end } = readGroup(reading, path, workingHoursSchema) ?? {};
  const hours: WorkingHours = {
    days: days === undefined ? USUAL_HOURS.days : [...new Set(days)],
    start: start ?? USUAL_HOURS.start,
    end: end ?? USUAL_HOURS.end,
    holidays: USUAL_HOURS.holidays,
  };
  if (workingDayMinutes(hours) > 0) return hours;
  report(reading, 'endBeforeStart', { path: [...path, end === undefined ? 'start' : 'end'] });
  return USUAL_HOURS;
}

function readPeople(reading: Reading, teamZone: string): readonly Person[] {
  const people: Person[] = [];
  const taken = new Set<string>();
  for (let index = 0, length = listLength(reading, ['people']); index < length; index += 1) {
    const path: YamlPath = ['people', index];
    const group = readGroup(reading, path, personSchema);
    if (group === undefined) continue;
    const { name, github, slack, pagerduty, timezone } = group;
    for (const [key, value] of Object.entries({ name, github, slack, pagerduty })) {
      if (value === undefined) continue;
      const id = `${key}:${value.toLowerCase()}`;
      if (taken.has(id)) report(reading, 'duplicatePerson', { path: [...path, key] }, [value]);
      taken.add(id);
    }
    people.push({ name, github, slack, pagerduty, timeZone: timezone ?? teamZone });
  }
  return people;
}

function readTimebox(reading: Reading, minutes: (duration: Duration) => number): TimeboxRules {
  const path: YamlPath = ['timebox'];
  const group = valueAt(reading, path) === undefined ? undefined : readGroup(reading, path, timeboxSchema);
  const limitMinutes = group?.limit === undefined ? LOWEST_LIMIT_MINUTES : minutes(group.limit);
  if (limitMinutes < LOWEST_LIMIT_MINUTES) report(reading, 'limitTooLow', { path: [...path, 'limit'] });
  return { limitMinutes, budgetShare: group?.budget ?? USUAL_BUDGET };
}

function readIssues(reading: Reading): IssueTarget | undefined {
  const path: YamlPath = ['issues'];
  if (valueAt(reading, path) === undefined) return undefined;
  const group = readGroup(reading, path, issuesSchema);
  const at = [...path, 'project'];
  const board = valueAt(reading, at) === undefined ? undefined : readGroup(reading, at, projectSchema);
  const project = board && {
    owner: board.owner,
    number: board.number,
    priorityField: board.priority,
    timeboxField: board.timebox,
  };
  return group && { repository: group.repository, labels: [...new Set(group.labels)], project };
}

function readHandoff(reading: Reading): HandoffTarget | undefined {
  const path: YamlPath = ['handoff'];
  if (valueAt(reading, path) === undefined) return undefined;
  const group = readGroup(reading, path, handoffSchema);
  const at = [...path, 'issue'];
  const target = valueAt(reading, at) === undefined ? undefined : readGroup(reading, at, handoffIssueSchema);
  const issue = target && { repository: target.repository, label: target.label ?? USUAL_LABEL };
  return group && { slackChannel: group.slack, issue, remindWorkingDays: group.remind ?? 1 };
}

function inOrder(problems: readonly TeamProblem[]): readonly TeamProblem[] {
  const own = (file: string | undefined): number => (file === undefined ? 0 : 1);
  const sorted = problems.toSorted(
    (a, b) => own(a.file) - own(b.file) || a.start.line - b.start.line || a.start.column - b.start.column,
  );
  return sorted.slice(0, MAX_PROBLEMS);
}
