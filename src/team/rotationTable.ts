import { Temporal } from 'temporal-polyfill';
import type { Shift } from '../core/team.ts';
import { cellText, nameInCell } from './cellText.ts';
import { type MarkdownTable, markdownLines, sectionOf, type TableLine, tablesIn } from './markdownTable.ts';
import { type DatedFrame, dateFrames } from './tableYears.ts';
import { type TeamProblem, type TeamProblemCode, type TextRange, teamProblem } from './teamProblem.ts';
import { readTimeFrame, type TimeFrame } from './timeFrame.ts';

const MAX_KILOBYTES = 256;
const WEEK = 7;
/** Days from a row's last day to the next row's first that still mean “this row's last day is its own”: a weekend. */
const WEEKEND_STEP = 3;

const TIME_COLUMN = /^(?:time ?frame|dates?|weeks?(?: of)?|when|period)$/iu;
const NAME_COLUMN = /^(?:engineer|name|who|on[- ]?duty|on[- ]?call|responder|person)$/iu;
const SHADOW_COLUMN = /^shadow$/iu;

export interface TableOptions {
  /** The heading's anchor, without `#`; without one the file's first such table is read. */
  readonly heading?: string | undefined;
  /** IANA zone of the hand-over. */
  readonly timeZone: string;
  /** `HH:MM`. */
  readonly handover: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

export interface TableRow {
  readonly shift: Shift;
  /** Where it is written. */
  readonly range: TextRange;
}

export interface RotationTable {
  /** In order of time. */
  readonly rows: readonly TableRow[];
  readonly problems: readonly TeamProblem[];
}

interface ReadRow {
  readonly line: TableLine;
  readonly name: string;
  readonly shadow: string | undefined;
}

type FramedRow = ReadRow & { readonly frame: TimeFrame };
type DatedRow = ReadRow & DatedFrame;

/**
 * Reads a rotation from a Markdown table with a column such as “Time frame” and one such as “Engineer”.
 *
 * A shift runs from the hand-over hour of its first day to that of its last day, the day on which the next row begins.
 * Where the next row begins later, but at most a weekend later (`Nov 16–22`, `Nov 23–29`), the last day is the row's own
 * and its shift ends at the hand-over hour of the day after; the last row does as the row before it. A row with one
 * day (“Week of Nov 16”) lasts until the next begins, at most a week. Rows that cannot be read are skipped, with a problem.
 */
export function parseRotationTable(markdown: string, options: TableOptions): RotationTable {
  const refuse = (code: TeamProblemCode, args: readonly string[], line = 0): RotationTable => ({
    rows: [],
    problems: [teamProblem(code, args, wholeLine({ line, text: '' }))],
  });
  if (markdown.length > MAX_KILOBYTES * 1024) return refuse('tooLarge', [String(MAX_KILOBYTES)]);
  const lines = markdownLines(markdown);
  const { heading } = options;
  const section = heading === undefined || heading === '' ? { from: 0, to: lines.length } : sectionOf(lines, heading);
  if (section === undefined) return refuse('headingNotFound', [(heading ?? '').slice(0, 100)]);
  const table = tablesIn(lines, section.from, section.to).find((one) => columnsOf(one) !== undefined);
  if (table === undefined) return refuse('noTable', [], section.from);
  const problems: TeamProblem[] = [];
  const spans = spansOf(dateRows(readRows(table, problems), options.now, problems));
  if (spans.length === 0) problems.push(teamProblem('emptyTable', [], wholeLine(table.header)));
  problems.push(...neighbourProblems(spans));
  return { rows: spans.map((span) => toRow(span, options)), problems };
}

interface Columns {
  readonly time: number;
  readonly name: number;
  readonly shadow: number;
}

function columnsOf({ header }: MarkdownTable): Columns | undefined {
  const titles = header.cells.map(cellText);
  const column = (pattern: RegExp): number => titles.findIndex((title) => pattern.test(title));
  const columns = { time: column(TIME_COLUMN), name: column(NAME_COLUMN), shadow: column(SHADOW_COLUMN) };
  return columns.time === -1 || columns.name === -1 ? undefined : columns;
}

function readRows(table: MarkdownTable, problems: TeamProblem[]): readonly FramedRow[] {
  const columns = columnsOf(table);
  if (columns === undefined) return [];
  return table.rows.flatMap((line) => {
    const { cells } = line;
    if (cells.every((cell) => cell === '')) return [];
    const time = cellText(cells[columns.time] ?? '');
    const frame = readTimeFrame(time);
    const name = nameInCell(cells[columns.name] ?? '');
    if (frame === undefined) problems.push(unreadable(line, time));
    else if (name === undefined) problems.push(teamProblem('namelessRow', [], wholeLine(line)));
    if (frame === undefined || name === undefined) return [];
    return [{ line, frame, name, shadow: nameInCell(cells[columns.shadow] ?? '') }];
  });
}

function dateRows(rows: readonly FramedRow[], now: number, problems: TeamProblem[]): readonly DatedRow[] {
  const dates = dateFrames(
    rows.map(({ frame }) => frame),
    now,
  );
  const dated = rows.flatMap(({ line, name, shadow }, index) => {
    const date = dates[index];
    if (date === undefined) problems.push(unreadable(line, cellText(line.cells.join(' | '))));
    return date === undefined ? [] : [{ line, name, shadow, ...date }];
  });
  return dated.toSorted((a, b) => a.first - b.first);
}

/** Day numbers; `to` is the day on which the shift ends, at the hand-over hour. */
interface Span {
  readonly row: DatedRow;
  readonly from: number;
  readonly to: number;
}

function spansOf(rows: readonly DatedRow[]): readonly Span[] {
  let ownsLastDay = false;
  return rows.map((row, index) => {
    const { first, last } = row;
    const next = rows[index + 1]?.first;
    if (next !== undefined && last !== undefined) ownsLastDay = next > last && next - last <= WEEKEND_STEP;
    const end = last === undefined ? Math.min(next ?? first + WEEK, first + WEEK) : last + (ownsLastDay ? 1 : 0);
    // A row of one day is that day, and two rows of the same start overlap instead of vanishing.
    return { row, from: first, to: Math.max(end, first + 1) };
  });
}

function toRow({ row, from, to }: Span, { timeZone, handover }: TableOptions): TableRow {
  const moment = (day: number): number => {
    const date = new Date(day * 86_400_000).toISOString().slice(0, 10);
    return Temporal.PlainDateTime.from(`${date}T${handover}`).toZonedDateTime(timeZone).epochMilliseconds;
  };
  const shift: Shift = { from: moment(from), to: moment(to), name: row.name, shadow: row.shadow };
  return { shift, range: wholeLine(row.line) };
}

function neighbourProblems(spans: readonly Span[]): readonly TeamProblem[] {
  let covered = spans[0]?.from ?? 0;
  return spans.flatMap(({ row, from, to }) => {
    const end = covered;
    covered = Math.max(covered, to);
    if (from < end) return [teamProblem('rowOverlap', [], wholeLine(row.line))];
    return from > end && !isWeekend(end, from) ? [teamProblem('rowGap', [], wholeLine(row.line))] : [];
  });
}

/** From a Saturday to the Monday after it nobody need be on duty. */
function isWeekend(from: number, to: number): boolean {
  // Day 0, 1 January 1970, was a Thursday.
  const weekday = (from + 4) % 7;
  return (weekday === 6 && to - from <= 2) || (weekday === 0 && to - from <= 1);
}

function unreadable(line: TableLine, text: string): TeamProblem {
  return teamProblem('unreadableRow', [text.slice(0, 80)], wholeLine(line));
}

function wholeLine({ line, text }: Pick<TableLine, 'line' | 'text'>): TextRange {
  return { start: { line, column: 0 }, end: { line, column: text.length } };
}
