import { Temporal } from 'temporal-polyfill';
import type { Person, Rotation, Shift } from '../core/team.ts';
import { listLength, type Place, type Reading, readGroup, report, valueAt } from './reading.ts';
import { parseRotationTable } from './rotationTable.ts';
import { rotationSchema, shiftSchema } from './schema.ts';
import { readTablePath } from './tablePath.ts';
import { type TeamProblem, teamProblem } from './teamProblem.ts';
import type { YamlPath } from './yamlText.ts';

/** What the rotation needs of the rest of the team file, and of the files it points to. */
export interface RotationContext {
  readonly people: readonly Person[];
  readonly timeZone: string;
  /** The hand-over hour when the file names none: the start of the working hours, `HH:MM`. */
  readonly dayStart: string;
  /** The text of each referenced file by its path. */
  readonly files: ReadonlyMap<string, string>;
  /** Epoch milliseconds. */
  readonly now: number;
}

const PATH: YamlPath = ['rotation'];
const NOBODY: Rotation = { type: 'shifts', shifts: [], overrides: [] };
const KINDS = ['table', 'shifts', 'every', 'pagerduty'] as const;
const KINDS_TO_COME = ['ical', 'slackUserGroup'] as const;

/** The context of one reading with what several steps share. */
interface RotationReading {
  readonly reading: Reading;
  readonly context: RotationContext;
  readonly handover: string;
  /** Names that were reported as unknown: once each is enough. */
  readonly strangers: Set<string>;
}

type RotationGroup = NonNullable<ReturnType<typeof readRotationGroup>>;

/** The rotation of a team file; without shifts when there is none or it cannot be read. */
export function readRotation(reading: Reading, context: RotationContext): Rotation {
  if (valueAt(reading, PATH) === undefined) {
    report(reading, 'noRotation', { path: [] });
    return NOBODY;
  }
  const group = readRotationGroup(reading);
  if (group === undefined) return NOBODY;
  const handover = group.handover ?? context.dayStart;
  const all: RotationReading = { reading, context, handover, strangers: new Set() };
  const overrides = readShifts(all, [...PATH, 'overrides']);
  return readKind(all, group, overrides);
}

function readRotationGroup(reading: Reading) {
  return readGroup(reading, PATH, rotationSchema);
}

function readKind(all: RotationReading, group: RotationGroup, overrides: readonly Shift[]): Rotation {
  const { reading } = all;
  const kinds = KINDS.filter((kind) => group[kind] !== undefined);
  for (const kind of KINDS_TO_COME) {
    if (group[kind] !== undefined) report(reading, 'notReadYet', { path: [...PATH, kind], part: 'key' }, [kind]);
  }
  const [kind] = kinds;
  if (kinds.length > 1) report(reading, 'rotationKinds', { path: PATH, part: 'key' });
  else if (kind === 'every') return readTurns(all, group, overrides) ?? NOBODY;
  else if (kind === 'table') return { type: 'shifts', shifts: readTable(all, group.table ?? ''), overrides };
  else if (kind === 'shifts') return { type: 'shifts', shifts: readShiftList(all), overrides };
  else if (kind === 'pagerduty' && group.pagerduty !== undefined)
    return { type: 'shifts', shifts: [], overrides, remote: { service: 'pagerduty', schedule: group.pagerduty } };
  else if (KINDS_TO_COME.every((one) => group[one] === undefined))
    report(reading, 'rotationKind', { path: PATH, part: 'key' });
  return { ...NOBODY, overrides };
}

function readTurns(all: RotationReading, group: RotationGroup, overrides: readonly Shift[]): Rotation | undefined {
  const { every, starting, order } = group;
  if (every === undefined) return undefined;
  if (starting === undefined) report(all.reading, 'missing', { path: [...PATH, 'starting'] }, ['starting']);
  if (order === undefined) report(all.reading, 'missing', { path: [...PATH, 'order'] }, ['order']);
  if (starting === undefined || order === undefined) return undefined;
  return {
    type: 'every',
    weeks: every,
    starting: wallTime(starting, all.handover),
    timeZone: all.context.timeZone,
    order: order.map((name, index) => knownName(all, name, { path: [...PATH, 'order', index] })),
    overrides,
  };
}

function readShiftList(all: RotationReading): readonly Shift[] {
  const path = [...PATH, 'shifts'];
  const shifts = readShifts(all, path);
  for (const [index, shift] of shifts.entries()) {
    const overlaps = shifts.slice(0, index).some(({ from, to }) => from < shift.to && shift.from < to);
    if (overlaps) report(all.reading, 'shiftsOverlap', { path: [...path, index] });
  }
  return shifts;
}

function readShifts(all: RotationReading, path: YamlPath): readonly Shift[] {
  const { reading, context, handover } = all;
  return Array.from({ length: listLength(reading, path) }, (_, index): YamlPath => [...path, index]).flatMap((at) => {
    const group = readGroup(reading, at, shiftSchema);
    if (group === undefined) return [];
    const from = momentOf(wallTime(group.from, handover), context.timeZone);
    const to = momentOf(wallTime(group.to, handover), context.timeZone);
    if (to <= from) report(reading, 'shiftBackwards', { path: [...at, 'to'] });
    const name = knownName(all, group.name, { path: [...at, 'name'] });
    const shadow = group.shadow && knownName(all, group.shadow, { path: [...at, 'shadow'] });
    return [{ from, to, name, shadow }];
  });
}

function readTable(all: RotationReading, text: string): readonly Shift[] {
  const { reading, context, handover } = all;
  const at: Place = { path: [...PATH, 'table'] };
  const table = readTablePath(text);
  if (table === undefined) {
    report(reading, 'tablePath', at);
    return [];
  }
  const { file, heading } = table;
  const markdown = context.files.get(file);
  if (markdown === undefined) {
    report(reading, 'tableNotFound', at, [file]);
    return [];
  }
  const { timeZone, now } = context;
  const { rows, problems } = parseRotationTable(markdown, { heading, timeZone, handover, now });
  const add = (problem: TeamProblem): number => reading.problems.push({ ...problem, file });
  problems.forEach(add);
  return rows.map(({ shift, range }) => {
    const known = (name: string): string =>
      personName(all, name, (shown) => add(teamProblem('unknownPerson', [shown], range)));
    return { ...shift, name: known(shift.name), shadow: shift.shadow && known(shift.shadow) };
  });
}

function knownName(all: RotationReading, name: string, place: Place): string {
  return personName(all, name, (shown) => report(all.reading, 'unknownPerson', place, [shown]));
}

/** A name as `people` spells it; a GitHub login also names its person. What nobody is called stays, and is reported once. */
function personName({ context, strangers }: RotationReading, text: string, onStranger: (name: string) => void): string {
  const name = text.replace(/^@/u, '');
  const [wanted, login] = [text.toLowerCase(), name.toLowerCase()];
  const person =
    context.people.find((one) => one.name.toLowerCase() === wanted) ??
    context.people.find((one) => one.name.toLowerCase() === login || one.github?.toLowerCase() === login);
  if (person !== undefined) return person.name;
  if (!strangers.has(name)) onStranger(name);
  strangers.add(name);
  return name;
}

/** A date is the hand-over hour of that day. */
function wallTime(text: string, handover: string): string {
  return text.length === 'YYYY-MM-DD'.length ? `${text}T${handover}` : text.replace(' ', 'T');
}

function momentOf(wall: string, timeZone: string): number {
  return Temporal.PlainDateTime.from(wall).toZonedDateTime(timeZone).epochMilliseconds;
}
