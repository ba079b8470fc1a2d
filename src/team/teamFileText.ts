import { oneLine } from '../core/plainText.ts';

/** What “Set Up Your Team…” asks. Texts are as the person typed them. */
export interface TeamAnswers {
  readonly team: string;
  /** IANA zone. */
  readonly timeZone: string;
  /** In the order of the rotation. */
  readonly people: readonly AnsweredPerson[];
  /** `YYYY-MM-DD`, the day on which the first of them takes over. */
  readonly firstShiftStarts: string;
  readonly watch: AnsweredWatch;
  /** `owner/name`, where converted items go. */
  readonly issuesRepository?: string | undefined;
  /** Channel name, where handoffs are posted. */
  readonly handoffChannel?: string | undefined;
  /** `owner/name`, where handoffs are kept as issues. */
  readonly handoffRepository?: string | undefined;
}

export interface AnsweredPerson {
  readonly name: string;
  /** GitHub login. */
  readonly github?: string | undefined;
  /** Slack member id. */
  readonly slack?: string | undefined;
}

export interface AnsweredWatch {
  readonly label?: { readonly name: string; readonly repositories: readonly string[] } | undefined;
  /** `organization/team`. */
  readonly githubTeam?: string | undefined;
  /** Channel names, with or without `#`. */
  readonly channels: readonly string[];
}

/**
 * A `responder.yml` for a person to read and go on with; our own parser has nothing to say against it when each answer
 * is what it should be. With nothing to watch, it watches the responder's own GitHub notifications.
 */
export function writeTeamFile(answers: TeamAnswers): string {
  const sections = [
    head(answers),
    people(answers),
    rotation(answers),
    watch(answers),
    timebox(),
    issues(answers),
    handoff(answers),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function head({ team, timeZone }: TeamAnswers): string {
  return [
    '# Who is on duty, which places we watch, and where the work goes. Read by Responder Duty.',
    `team: ${scalar(team)}`,
    `timezone: ${scalar(timeZone)}`,
    'workingHours: { days: [mon, tue, wed, thu, fri], start: "09:00", end: "17:00" }',
  ].join('\n');
}

function people({ people: all }: TeamAnswers): string {
  if (all.length === 0) return '';
  const rows = all.map(({ name, github, slack }) => `  - ${group({ name, github, slack })}`);
  return [
    '# The names of the schedule. `slack` is the member ID (in the profile: Copy member ID); add `timezone` where it differs.',
    'people:',
    ...rows,
  ].join('\n');
}

function rotation({ people: all, firstShiftStarts }: TeamAnswers): string {
  if (all.length === 0) return '';
  return [
    '# Whose turn it is. Instead of every/starting/order, `table: docs/rotation.md` reads a Markdown table.',
    'rotation:',
    '  every: 1 week',
    `  starting: ${scalar(firstShiftStarts)}`,
    `  order: ${list(all.map(({ name }) => name))}`,
    '  handover: "09:00"',
    '  # overrides: [{ from: 2026-11-24T09:00, to: 2026-11-25T09:00, name: … }]',
  ].join('\n');
}

function watch({ watch: { label, githubTeam, channels } }: TeamAnswers): string {
  const entries: string[] = [];
  if (label !== undefined)
    entries.push(`{ github: label, name: ${scalar(label.name)}, in: ${list(label.repositories)}, respondWithin: 1d }`);
  if (githubTeam !== undefined) entries.push(`{ github: team, name: ${scalar(githubTeam)} }`);
  const names = new Set(channels.map((channel) => channel.trim().replace(/^#/u, '')));
  for (const name of names) entries.push(`{ slack: channel, name: ${scalar(name)}, respondWithin: 4h }`);
  if (entries.length === 0) entries.push('{ github: notifications }');
  return [
    '# The places to keep an eye on. Times count working hours; `1d` is one working day.',
    'watch:',
    ...entries.map((entry) => `  - ${entry}`),
    '  # - { slack: mention, name: "@our-team", respondWithin: 2h }',
    '  # - { alertmanager: "https://alerts.example", matchers: [\'team="ours"\'], respondWithin: 15m }',
  ].join('\n');
}

function timebox(): string {
  return [
    '# Work of this length becomes an issue; duty may take this share of the shift.',
    'timebox: { limit: 2h, budget: 10% }',
  ].join('\n');
}

function issues({ issuesRepository }: TeamAnswers): string {
  if (issuesRepository === undefined) return '';
  return [
    '# Where a converted item goes.',
    'issues:',
    `  repository: ${scalar(issuesRepository)}`,
    '  # labels: [reactive]',
    '  # project: { owner: acme, number: 1, priority: Priority }',
  ].join('\n');
}

function handoff({ handoffChannel, handoffRepository }: TeamAnswers): string {
  if (handoffChannel === undefined && handoffRepository === undefined) return '';
  const lines = ['# Where the notes go that end a shift.', 'handoff:'];
  if (handoffChannel !== undefined) lines.push(`  slack: ${scalar(handoffChannel.trim().replace(/^#/u, ''))}`);
  if (handoffRepository !== undefined)
    lines.push(`  issue: ${group({ repository: handoffRepository, label: 'handoff' })}`);
  return [...lines, '  remind: 1 working day'].join('\n');
}

function group(values: Readonly<Record<string, string | undefined>>): string {
  const pairs = Object.entries(values).flatMap(([key, value]) =>
    value === undefined || value.trim() === '' ? [] : [`${key}: ${scalar(value)}`],
  );
  return `{ ${pairs.join(', ')} }`;
}

function list(values: readonly string[]): string {
  return `[${values.map(scalar).join(', ')}]`;
}

/** Plain where that is surely text for every YAML reader, otherwise in quotes: a JSON string is a YAML one. */
export function scalar(value: string): string {
  const text = oneLine(value, 200).replaceAll('\ufffd', '').trim();
  const isPlain =
    /^[\p{L}\d](?:[\p{L}\p{N}_/.-]|(?<=\S) (?=[\p{L}\p{N}]))*$/u.test(text) && /^\p{L}|^\d{4}-\d\d-\d\d$/u.test(text);
  return isPlain && !/^(?:true|false|yes|no|on|off|null|y|n)$/iu.test(text) ? text : JSON.stringify(text);
}
