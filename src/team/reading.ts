import type * as z from 'zod/mini';
import { TEAM_PROBLEMS, type TeamProblem, type TeamProblemCode, teamProblem } from './teamProblem.ts';
import { nearestWord } from './words.ts';
import type { YamlPath, YamlText } from './yamlText.ts';

/** Unknown keys reported in one group: a file with more of them is another file. */
const MAX_UNKNOWN = 20;

/** A team file while it is read: its text and the problems found so far. */
export interface Reading {
  readonly yaml: YamlText;
  readonly problems: TeamProblem[];
}

export interface Place {
  readonly path: YamlPath;
  readonly part?: 'key' | 'value';
}

/** Adds a problem at a place of the file. */
export function report(
  reading: Reading,
  code: TeamProblemCode,
  { path, part }: Place,
  args: readonly string[] = [],
): void {
  reading.problems.push(teamProblem(code, args, reading.yaml.rangeOf(path, part)));
}

/** The value at a path; a key without a value counts as not given. */
export function valueAt({ yaml }: Reading, path: YamlPath): unknown {
  let value = yaml.value;
  for (const step of path) value = isGroup(value) || Array.isArray(value) ? Reflect.get(value, step) : undefined;
  return value === '' ? undefined : value;
}

/** How many elements the list at a path has; 0, and a problem, when it is something else. */
export function listLength(reading: Reading, path: YamlPath): number {
  const value = valueAt(reading, path);
  if (Array.isArray(value)) return value.length;
  if (value !== undefined) report(reading, 'list', { path }, [keyOf(path)]);
  return 0;
}

/**
 * The group of lines at a path in the form its schema gives it, or undefined. What is wrong is reported at its own line;
 * unknown keys are reported and ignored.
 */
export function readGroup<Shape extends z.core.$ZodShape>(
  reading: Reading,
  path: YamlPath,
  schema: z.ZodMiniObject<Shape>,
): z.output<z.ZodMiniObject<Shape>> | undefined {
  const value = valueAt(reading, path);
  if (!isGroup(value)) {
    report(reading, 'mapping', { path }, [keyOf(path)]);
    return undefined;
  }
  const known = Object.keys(schema.shape);
  const unknown = Object.keys(value).filter((key) => !known.includes(key));
  for (const key of unknown.slice(0, MAX_UNKNOWN)) reportUnknown(reading, [...path, key], known);
  const given = Object.fromEntries(Object.entries(value).filter(([, one]) => one !== ''));
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  reportIssues(reading, path, result.error.issues);
  return undefined;
}

/** Whether a value is a group of `key: value` lines. */
export function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function reportUnknown(reading: Reading, path: YamlPath, known: readonly string[]): void {
  const key = keyOf(path);
  const similar = nearestWord(key, known);
  const place: Place = { path, part: 'key' };
  if (similar === undefined) report(reading, 'unknownKey', place, [key]);
  else report(reading, 'unknownKeySimilar', place, [key, similar]);
}

function reportIssues(reading: Reading, path: YamlPath, issues: readonly z.core.$ZodIssue[]): void {
  const reported = new Set<string>();
  for (const issue of issues) {
    const inside: YamlPath = [...path, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))];
    const id = JSON.stringify(inside);
    if (reported.has(id)) continue;
    reported.add(id);
    reportValue(reading, inside, isCode(issue.message) ? issue.message : 'text');
  }
}

function reportValue(reading: Reading, path: YamlPath, code: TeamProblemCode): void {
  const value = valueAt(reading, path);
  const shown = typeof value === 'string' ? value.slice(0, 60) : '';
  const similar = code === 'zone' ? nearestWord(shown, Intl.supportedValuesOf('timeZone')) : undefined;
  if (similar !== undefined) report(reading, 'zoneSimilar', { path }, [keyOf(path), shown, similar]);
  // Other values are not repeated: an address may hold a password.
  else report(reading, code, { path }, code === 'zone' ? [keyOf(path), shown] : [keyOf(path)]);
}

/** The key that a value belongs to; that of the list for its elements. */
function keyOf(path: YamlPath): string {
  const key = path.findLast((step) => typeof step === 'string');
  return key === undefined ? '' : String(key).slice(0, 60);
}

function isCode(text: string): text is TeamProblemCode {
  return Object.hasOwn(TEAM_PROBLEMS, text);
}
