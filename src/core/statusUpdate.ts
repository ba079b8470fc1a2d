/** A part of a status update that has a heading of its own. */
const PART = /\n(?=\*\*[^*\n]{1,60}:\*\*)/u;
const HEADING = /^\*\*[^*\n]{1,60}:\*\*/u;

/** What a person fills in: a heading for each part, and room below it. */
export function statusTemplate(headings: readonly string[]): string {
  return headings.map((heading) => `**${heading}:** \n`).join('\n');
}

/** What they made of it, without the parts that they left empty; undefined when nothing is left. */
export function statusText(written: string): string | undefined {
  const parts = written
    .replaceAll('\r\n', '\n')
    .split(PART)
    .map((part) => part.trim())
    .filter((part) => part.replace(HEADING, '').trim() !== '');
  return parts.length === 0 ? undefined : parts.join('\n\n');
}
