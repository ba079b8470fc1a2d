import { truncate } from '../../core/plainText.ts';

/**
 * The `markdown` blocks of one message hold 12,000 characters together; a little less leaves room for a reopened fence.
 * Source: docs.slack.dev/reference/block-kit/blocks/markdown-block.
 */
const PART_LENGTH = 11_500;
/** Slack's advice for `text`, which stands in for the blocks in notifications. */
const FALLBACK_LENGTH = 4000;

/** Markdown in parts that each fit one message, cut between lines; a code block that is cut is closed and reopened. */
export function splitMarkdown(markdown: string, maxLength: number = PART_LENGTH): readonly string[] {
  const parts: string[] = [];
  let lines: string[] = [];
  let length = 0;
  let fence: string | undefined;
  const end = (): void => {
    if (fence !== undefined) lines.push(fence);
    parts.push(lines.join('\n'));
    lines = fence === undefined ? [] : [fence];
    length = fence === undefined ? 0 : fence.length + 1;
  };
  for (const line of markdown.split('\n').flatMap((one) => hardCut(one, maxLength - 100))) {
    // Room for the line and for a closing fence.
    if (lines.length > 0 && length + line.length + 1 + (fence?.length ?? 0) + 1 > maxLength) end();
    lines.push(line);
    length += line.length + 1;
    fence = fenceAfter(line, fence);
  }
  if (lines.some((line) => line.trim() !== '') || parts.length === 0) parts.push(lines.join('\n'));
  return parts;
}

/** The fence that is open after a line, given the one before it. */
function fenceAfter(line: string, open: string | undefined): string | undefined {
  const mark = /^ {0,3}(`{3,40}|~{3,40})/u.exec(line)?.[1];
  if (mark === undefined) return open;
  if (open === undefined) return mark;
  return mark.startsWith(open) ? undefined : open;
}

/** A block in which nothing calls anybody: Slack's own markup needs a `<` before its `@`, `#` or `!`. */
export function toBlockText(markdown: string): string {
  return markdown.replace(/<(?=[@#!])/gu, '<\u200b');
}

/** The text that stands in for the blocks, escaped as Slack wants it. */
export function toFallback(markdown: string): string {
  // Escaped is at most five times as long, and the escaped text must not be cut within an entity.
  const escaped = truncate(markdown, FALLBACK_LENGTH)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
  return escaped.length <= FALLBACK_LENGTH ? escaped : escaped.slice(0, FALLBACK_LENGTH).replace(/&[a-z]{0,3}$/u, '');
}

function hardCut(line: string, maxLength: number): readonly string[] {
  if (line.length <= maxLength) return [line];
  const cuts: string[] = [];
  let rest = line;
  while (rest.length > maxLength) {
    // Never between the halves of one character.
    const at = /[\ud800-\udbff]/u.test(rest.charAt(maxLength - 1)) ? maxLength - 1 : maxLength;
    cuts.push(rest.slice(0, at));
    rest = rest.slice(at);
  }
  return [...cuts, rest];
}
