import { oneLine } from '../core/plainText.ts';
import { safeUrl } from '../core/url.ts';

// Control characters, and the marks that make text read in another order than it is stored.
const DISGUISE = /[[\p{Cc}--[\t\n]]\u202a-\u202e\u2066-\u2069]/gv;
const MARKDOWN = /[\\`*_[\]<>|~]/gu;
const MAX_URL_LENGTH = 2048;

/**
 * A message's Markdown, fit to stand in one of our bodies. It arrives defused (see `Message.markdown`), so nothing is
 * taken out of it, which could join what was kept apart: what could disguise it becomes a replacement character.
 * No HTML comment survives: one could hide the rest of the body, or forge our marker.
 */
export function remoteMarkdown(text: string): string {
  const lines = text.replace(/\r\n?/gu, '\n').replace(DISGUISE, '\ufffd');
  return lines.replace(/^\n+/u, '').trimEnd().replaceAll('<!--', '&lt;!--');
}

/** Remote text as part of one line of Markdown: reads as it was written, formats nothing, mentions nobody. */
export function inlineText(text: string, maxLength: number): string {
  return oneLine(text, maxLength)
    .replace(MARKDOWN, (character) => (character === '<' ? '&lt;' : `\\${character}`))
    .replace(/@(?=[\p{L}\p{N}])/gu, '@\u200b')
    .replace(/(#|GH-)(?=\d)/giu, '$1\u200b');
}

/** Lines as a block quote: nothing inside it, not even an unclosed fence, reaches the text after it. */
export function quote(markdown: string): string {
  return markdown
    .split('\n')
    .map((line) => (line.trim() === '' ? '>' : `> ${line}`))
    .join('\n');
}

/** A Markdown link with a label that is Markdown already; just the label when there is no address to trust. */
export function link(label: string, url: string | undefined): string {
  const safe = safeUrl(url)?.replaceAll('\\', '%5C');
  return safe === undefined || safe.length > MAX_URL_LENGTH ? label : `[${label}](<${safe}>)`;
}

/** `2026-11-16T09:00:00Z`; what is no time is said to be none. */
export function utcTime(at: number): string {
  const time = new Date(at);
  return Number.isNaN(time.getTime()) ? 'at an unknown time' : time.toISOString().replace(/\.\d{3}Z$/u, 'Z');
}
