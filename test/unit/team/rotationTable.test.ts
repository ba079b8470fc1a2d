import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseRotationTable, type RotationTable } from '../../../src/team/rotationTable.ts';

const NOW = Date.UTC(2026, 10, 18);

function parse(rows: readonly string[], now = NOW): RotationTable {
  const markdown = ['| Time frame | Engineer | Shadow |', '|---|---|---|', ...rows].join('\n');
  return parseRotationTable(markdown, { timeZone: 'Europe/Berlin', handover: '09:00', now });
}

function day(at: number): string {
  const local = new Date(at).toLocaleString('sv-SE', { timeZone: 'Europe/Berlin' });
  assert.match(local, / 09:00:00$/u);
  return local.slice(0, 10);
}

function shifts({ rows }: RotationTable): readonly string[] {
  return rows.map(({ shift }) => `${day(shift.from)} ${day(shift.to)} ${shift.name}`);
}

function codes({ problems }: RotationTable): readonly string[] {
  return problems.map(({ code, start }) => `${String(start.line)} ${code}`);
}

test('a boundary day is shared: it changes hands at the hand-over hour', () => {
  const table = parse(['| Oct 19–26 | Kai | Noor |', '| Oct 26–Nov 2 | Mika | |']);
  assert.deepEqual(shifts(table), ['2026-10-19 2026-10-26 Kai', '2026-10-26 2026-11-02 Mika']);
  assert.deepEqual(
    table.rows.map(({ shift }) => shift.shadow),
    ['Noor', undefined],
  );
  assert.deepEqual(table.problems, []);
});

test('where the next row begins the day after, the last day is included, in the last row too', () => {
  const table = parse(['| Nov 16–22 | Kai |', '| Nov 23–29 | Mika |']);
  assert.deepEqual(shifts(table), ['2026-11-16 2026-11-23 Kai', '2026-11-23 2026-11-30 Mika']);
  assert.deepEqual(table.problems, []);
});

test('Monday to Friday rows include their Friday, and a weekend is no gap', () => {
  const table = parse(['| Nov 16–20 | Kai |', '| Nov 23–27 | Mika |']);
  assert.deepEqual(shifts(table), ['2026-11-16 2026-11-21 Kai', '2026-11-23 2026-11-28 Mika']);
  assert.deepEqual(table.problems, []);
});

test('a row with one day lasts until the next, at most a week', () => {
  const table = parse(['| Nov 2 | Kai |', '| Week of Nov 9 | Mika |', '| Nov 12 | Noor |']);
  assert.deepEqual(shifts(table), [
    '2026-11-02 2026-11-09 Kai',
    '2026-11-09 2026-11-12 Mika',
    '2026-11-12 2026-11-19 Noor',
  ]);
});

test('a row of a single day is that day', () => {
  assert.deepEqual(shifts(parse(['| Nov 16–Nov 16 | Kai |'])), ['2026-11-16 2026-11-17 Kai']);
});

test('gaps and overlaps are warned of at their row, in order of time', () => {
  const table = parse(['| Nov 23–30 | Mika |', '| Nov 2–9 | Kai |', '| Nov 28–Dec 7 | Noor |', '| Dec 1–3 | Rio |']);
  assert.deepEqual(codes(table), ['2 rowGap', '4 rowOverlap', '5 rowOverlap']);
  assert.equal(table.rows.length, 4);
});

test('rows that cannot be read are skipped and the rest works', () => {
  const table = parse([
    '| Nov 16–23 | Kai |',
    '| to be decided | Mika |',
    '| | |',
    '| Nov 31–Dec 7 | Noor |',
    '| Nov 23–30 | TBD |',
    '| Nov 23–30 | Mika |',
  ]);
  assert.deepEqual(shifts(table), ['2026-11-16 2026-11-23 Kai', '2026-11-23 2026-11-30 Mika']);
  assert.deepEqual(codes(table), ['3 unreadableRow', '6 namelessRow', '5 unreadableRow']);
  assert.ok(table.problems.every(({ severity }) => severity === 'warning'));
});

test('a table without one readable row is an error', () => {
  assert.deepEqual(codes(parse(['| soon | Kai |'])), ['2 unreadableRow', '0 emptyTable']);
});

test('missing years are those nearest to now, in sequence over New Year', () => {
  const rows = ['| Dec 21–28 | Kai |', '| Dec 28–Jan 4 | Mika |', '| Jan 4–11 | Noor |'];
  const winter = ['2026-12-21 2026-12-28 Kai', '2026-12-28 2027-01-04 Mika', '2027-01-04 2027-01-11 Noor'];
  for (const now of ['2026-11-18', '2026-12-30', '2027-01-02', '2027-02-20']) {
    assert.deepEqual(shifts(parse(rows, Date.parse(now))), winter, now);
    assert.deepEqual(shifts(parse(rows.toReversed(), Date.parse(now))), winter, `newest first, ${now}`);
  }
});

test('a year that is written rules the rows around it, whatever now is', () => {
  const rows = ['| Dec 21–28 | Kai |', '| Dec 28–Jan 4, 2025 | Mika |', '| Jan 4–11 | Noor |'];
  assert.deepEqual(shifts(parse(rows)), [
    '2024-12-21 2024-12-28 Kai',
    '2024-12-28 2025-01-04 Mika',
    '2025-01-04 2025-01-11 Noor',
  ]);
});

test('29 February is read in a leap year and refused in others', () => {
  assert.deepEqual(shifts(parse(['| Feb 22–29 | Kai |'], Date.parse('2028-02-20'))), ['2028-02-22 2028-02-29 Kai']);
  assert.deepEqual(codes(parse(['| Feb 22–29, 2027 | Kai |'])), ['2 unreadableRow', '0 emptyTable']);
});

test('a row that ends before it begins, or lasts most of a year, is not believed', () => {
  assert.deepEqual(
    codes(parse(['| Nov 16–23 | Kai |', '| Nov 30–Nov 23 | Mika |', '| Nov 23, 2026–Nov 16, 2026 | Rio |'])),
    ['3 unreadableRow', '4 unreadableRow'],
  );
});

test('the columns may have other titles and other columns around them', () => {
  for (const [time, name] of [
    ['Dates', 'Name'],
    ['Week', '**Who**'],
    ['When', 'On duty'],
    ['timeframe', 'Responder'],
    ['Week of', 'On-call'],
  ] as const) {
    const markdown = `| a | b |\n|-|-|\n| 1 | 2 |\n\n| # | ${name} | ${time} |\n|-|-|-|\n| 1 | Kai | Nov 16–23 |\n`;
    const table = parseRotationTable(markdown, { timeZone: 'Europe/Berlin', handover: '09:00', now: NOW });
    assert.deepEqual(shifts(table), ['2026-11-16 2026-11-23 Kai'], time);
  }
});

const DAY = 86_400_000;
const MONTHS = ['Jan', 'Feb', 'March', 'Apr', 'May', 'June', 'July', 'Aug', 'Sept', 'Oct', 'Nov', 'Dec'];

test('weeks that are written without years are read back as they were', () => {
  const start = fc.integer({ min: Date.UTC(2024, 0, 1) / DAY, max: Date.UTC(2032, 0, 1) / DAY });
  fc.assert(
    fc.property(start, fc.integer({ min: 1, max: 30 }), fc.nat(29), (first, weeks, turn) => {
      const name = (number: number): string => {
        const date = new Date(number * DAY);
        return `${MONTHS[date.getUTCMonth()] ?? ''} ${String(date.getUTCDate())}`;
      };
      const starts = Array.from({ length: weeks }, (_, week) => first + week * 7);
      const now = (first + (turn % weeks) * 7) * DAY;
      const table = parse(
        starts.map((from) => `| ${name(from)} – ${name(from + 7)} | Kai |`),
        now,
      );
      assert.deepEqual(table.problems, []);
      const iso = (number: number): string => new Date(number * DAY).toISOString().slice(0, 10);
      assert.deepEqual(
        shifts(table),
        starts.map((from) => `${iso(from)} ${iso(from + 7)} Kai`),
      );
    }),
  );
});

test('any Markdown has an answer', () => {
  const piece = fc.oneof(
    fc.constantFrom('|', '\n', '|-|-|', '# a', 'Dates', 'Who', 'Nov 16–23', 'Feb 29', '<!--', '```', '\\'),
    fc.string({ unit: 'binary', maxLength: 4 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), fc.option(fc.string(), { nil: undefined }), (parts, heading) => {
      parseRotationTable(parts.join(''), { heading, timeZone: 'Europe/Berlin', handover: '09:00', now: NOW });
    }),
  );
  for (const text of [
    '|'.repeat(200_000),
    '<!--'.repeat(50_000),
    '# a\n'.repeat(50_000),
    'x'.repeat(10_000_000),
    'a\n-\n'.repeat(50_000),
  ]) {
    assert.equal(parseRotationTable(text, { timeZone: 'UTC', handover: '09:00', now: NOW }).rows.length, 0);
  }
});
