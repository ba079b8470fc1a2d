import { oneLine } from '../core/plainText.ts';

/** A text that stands below a heading of its own in a document that a person edits. */
export interface Section {
  /** What it is, and where it goes. */
  readonly heading: string;
  readonly text: string;
}

/** The lines by which sections are found again, in order. */
export type HeadingLines = readonly [string, ...string[]];

const MAX_HEADING = 200;
const SHORTEST_RULE = 2;

/** Texts below their headings, whose lines stand in none of the texts. */
export function writeSections(sections: readonly [Section, ...Section[]]): {
  readonly content: string;
  readonly lines: HeadingLines;
} {
  const rule = '─'.repeat(ruleLength(sections.map(({ text }) => text)));
  const taken = new Set<string>();
  const lineOf = ({ heading }: Section): string => {
    const name = oneLine(heading, MAX_HEADING);
    let [line, count] = [`# ${rule} ${name} ${rule}`, 1];
    while (taken.has(line)) line = `# ${rule} ${name} (${++count}) ${rule}`;
    taken.add(line);
    return line;
  };
  const [first, ...others] = sections;
  const lines: HeadingLines = [lineOf(first), ...others.map(lineOf)];
  const content = sections.map(({ text }, index) => `${lines[index] ?? ''}\n\n${text}`).join('\n\n');
  return { content, lines };
}

/** Why sections cannot be read: a heading is missing or stands twice, or there is text above the first. */
export type SectionProblem =
  | { readonly type: 'heading'; readonly heading: string }
  | { readonly type: 'above'; readonly heading: string };

/** The texts of a document that was written with these heading lines, in their order, or what is wrong with it. */
export function readSections(content: string, headings: HeadingLines): readonly string[] | SectionProblem {
  const lines = content.split(/\r\n?|\n/u);
  const places = headings.map((heading) => lines.findIndex((line) => line.trim() === heading));
  for (const [index, heading] of headings.entries())
    if (places[index] === -1 || lines.filter((line) => line.trim() === heading).length > 1)
      return { type: 'heading', heading: nameOf(heading) };
  const first = Math.min(...places);
  if (lines.slice(0, first).some((line) => line.trim() !== ''))
    return { type: 'above', heading: nameOf(lines[first]?.trim() ?? '') };
  return places.map((place) => {
    const next = Math.min(lines.length, ...places.filter((other) => other > place));
    return trimmed(lines.slice(place + 1, next));
  });
}

/** Longer than any that begins a line like a heading of ours. */
function ruleLength(texts: readonly string[]): number {
  const rules = texts.flatMap((text) => [...text.matchAll(/^[^\S\n]*# (─+)/gmu)].map(([, rule = '']) => rule.length));
  return rules.reduce((longest, length) => Math.max(longest, length + 1), SHORTEST_RULE);
}

function nameOf(line: string): string {
  return line.replace(/^# ─+ | ─+$/gu, '');
}

function trimmed(lines: readonly string[]): string {
  const firstWord = lines.findIndex((line) => line.trim() !== '');
  return firstWord === -1 ? '' : lines.slice(firstWord).join('\n').trimEnd();
}
