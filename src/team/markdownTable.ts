/** One line of a Markdown table. */
export interface TableLine {
  /** Zero-based line in the file. */
  readonly line: number;
  readonly text: string;
  readonly cells: readonly string[];
}

export interface MarkdownTable {
  readonly header: TableLine;
  readonly rows: readonly TableLine[];
}

interface Heading {
  readonly line: number;
  readonly level: number;
  readonly slug: string;
}

/** The lines of the part that a heading opens, or undefined when there is no such heading; `slug` is the part after `#`. */
export function sectionOf(
  lines: readonly string[],
  slug: string,
): { readonly from: number; readonly to: number } | undefined {
  const headings = findHeadings(lines);
  const wanted = decodeSlug(slug).toLowerCase();
  const index = headings.findIndex((heading) => heading.slug === wanted);
  const heading = headings[index];
  if (heading === undefined) return undefined;
  const next = headings.slice(index + 1).find(({ level }) => level <= heading.level);
  return { from: heading.line, to: next?.line ?? lines.length };
}

/** The tables between two lines, by GitHub's rules: a header, a line of dashes with as many cells, rows up to a blank line. */
export function tablesIn(lines: readonly string[], from: number, to: number): readonly MarkdownTable[] {
  const tables: MarkdownTable[] = [];
  for (let line = from; line + 1 < to; line += 1) {
    const header = tableLine(lines, line);
    if (header === undefined || !isDelimiter(lines[line + 1] ?? '', header.cells.length)) continue;
    const rows: TableLine[] = [];
    let next = line + 2;
    for (; next < to; next += 1) {
      const row = tableLine(lines, next);
      if (row === undefined || isBlockStart(row.text)) break;
      rows.push(row);
    }
    tables.push({ header, rows });
    line = next - 1;
  }
  return tables;
}

/** The lines of a Markdown text with code blocks and comments blanked, so that line numbers stay. */
export function markdownLines(markdown: string): readonly string[] {
  const lines = withoutComments(markdown.replace(/^\ufeff/u, '')).split(/\r\n|\r|\n/u);
  let fence: string | undefined;
  return lines.map((line) => {
    const mark = /^ {0,3}(`{3,}|~{3,})/u.exec(line)?.[1];
    if (fence === undefined) {
      fence = mark;
      return mark === undefined ? line : '';
    }
    if (mark?.startsWith(fence) === true && line.trim() === mark) fence = undefined;
    return '';
  });
}

function withoutComments(markdown: string): string {
  const parts: string[] = [];
  for (let at = 0; ; ) {
    const open = markdown.indexOf('<!--', at);
    const close = open === -1 ? -1 : markdown.indexOf('-->', open);
    if (close === -1) return [...parts, markdown.slice(at)].join('');
    parts.push(markdown.slice(at, open), markdown.slice(open, close).replace(/[^\r\n]+/gu, ''));
    at = close + '-->'.length;
  }
}

function tableLine(lines: readonly string[], line: number): TableLine | undefined {
  const text = lines[line]?.trim() ?? '';
  return text === '' ? undefined : { line, text, cells: splitCells(text) };
}

/** A pipe parts two cells unless it is escaped; the outer ones may be left out. */
function splitCells(text: string): readonly string[] {
  const cells = text.replace(/^\|/u, '').split(/(?<!\\)\|/u);
  if (cells.length > 1 && cells.at(-1)?.trim() === '') cells.pop();
  return cells.map((cell) => cell.replaceAll('\\|', '|').trim());
}

function isDelimiter(line: string, columns: number): boolean {
  const cells = line.includes('-') && line.includes('|') ? splitCells(line.trim()) : [];
  return cells.length === columns && cells.every((cell) => /^:?-+:?$/u.test(cell));
}

function isBlockStart(text: string): boolean {
  return /^(?:#{1,6}\s|>|[-*_]{3,}$)/u.test(text);
}

function findHeadings(lines: readonly string[]): readonly Heading[] {
  const seen = new Map<string, number>();
  const headings: Heading[] = [];
  for (const [line, text] of lines.entries()) {
    const found = headingAt(text, lines[line + 1] ?? '');
    if (found === undefined) continue;
    const slug = slugOf(found.title);
    const times = seen.get(slug) ?? 0;
    seen.set(slug, times + 1);
    headings.push({ line, level: found.level, slug: times === 0 ? slug : `${slug}-${String(times)}` });
  }
  return headings;
}

function headingAt(text: string, next: string): { readonly level: number; readonly title: string } | undefined {
  const [, marks, title] = /^ {0,3}(#{1,6})[ \t]+(\S.*)$/u.exec(text) ?? [];
  if (marks !== undefined && title !== undefined)
    return { level: marks.length, title: withoutClosingMarks(title.trim()) };
  if (text.trim() === '' || text.includes('|')) return undefined;
  if (/^ {0,3}=+$/u.test(next.trimEnd())) return { level: 1, title: text.trim() };
  return /^ {0,3}-+$/u.test(next.trimEnd()) ? { level: 2, title: text.trim() } : undefined;
}

function withoutClosingMarks(title: string): string {
  const end = title.lastIndexOf(' ');
  return end !== -1 && /^#+$/u.test(title.slice(end + 1)) ? title.slice(0, end).trim() : title;
}

/** A heading's anchor as GitHub makes it: lower case, no punctuation, blanks as hyphens. */
function slugOf(title: string): string {
  const shown = title.slice(0, 300).replace(/\[([^\][]{0,200})\]\([^()]{0,300}\)/gu, '$1');
  return shown
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');
}

function decodeSlug(slug: string): string {
  try {
    return decodeURIComponent(slug);
  } catch {
    return slug;
  }
}
