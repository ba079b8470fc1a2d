import { safeUrl } from '../../core/url.ts';
import { type Block, type Inline, mentionName, type Names, type RichText, type Style } from './richText.ts';

/**
 * GitHub Markdown that says what the message said and does nothing else: no mention pings anybody, no HTML or hidden
 * marker survives, no link leads anywhere but to the web.
 */
export function toMarkdown(rich: RichText, names: Names): string {
  return rich
    .map((block) => markdownBlock(block, names))
    .filter((text) => text.trim() !== '')
    .join('\n\n');
}

/** A link in Markdown, or its text alone when the address is none of the web. */
export function markdownLink(text: string, address: string): string {
  const url = safeUrl(address);
  if (url === undefined) return escapeWords(text);
  const label = text.trim();
  if (label === '' || label === address || label === url) return `<${url}>`;
  return `[${escapeWords(label.replace(/\s+/gu, ' '))}](${url.replaceAll('(', '%28').replaceAll(')', '%29')})`;
}

/** Text in which nothing is Markdown, HTML or a mention; web addresses stay addresses. */
export function escapeMarkdown(text: string): string {
  return text
    .split(ADDRESS)
    .map((part, index) => (index % 2 === 1 ? markdownAddress(part) : escapeWords(part)))
    .join('');
}

const ADDRESS = /(https?:\/\/[^\s<>"'`|\\^{}[\]]{1,2000}[^\s<>"'`|\\^{}[\].,;:!?)*_~])/gu;

function markdownAddress(address: string): string {
  const url = safeUrl(address);
  return url === undefined ? escapeWords(address) : `<${url}>`;
}

function escapeWords(text: string): string {
  return text
    .replace(/&(?=#?\w{1,31};)/gu, '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\`*[\]~]/gu, '\\$&')
    .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/gu, '\\_')
    .replace(/^(\s{0,3})(?=#{1,6}\s|>|[-=]{2,}\s*$)/gmu, '$1\\')
    .replace(/(?<![A-Za-z0-9])@(?=[A-Za-z0-9])/gu, UNPINGED);
}

/** A zero-width space as an entity, which outlives every clean-up of characters: GitHub sees no mention behind it. */
const UNPINGED = '@&#8203;';

function markdownBlock(block: Block, names: Names): string {
  switch (block.type) {
    case 'code':
      return codeBlock(block.text);
    case 'list':
      return block.items.map((item, index) => listItem(block, index, markdownInlines(item, names))).join('\n');
    case 'quote':
      return markdownInlines(block.inlines, names).replace(/^/gmu, '> ');
    case 'paragraph':
      return markdownInlines(block.inlines, names);
  }
}

function listItem(list: Extract<Block, { type: 'list' }>, index: number, text: string): string {
  const pad = '   '.repeat(list.indent);
  return `${pad}${list.ordered ? `${index + 1}.` : '-'} ${text.replaceAll('\n', `\n${pad}   `)}`;
}

function markdownInlines(inlines: readonly Inline[], names: Names): string {
  return inlines.map((inline) => markdownInline(inline, names)).join('');
}

function markdownInline(inline: Inline, names: Names): string {
  switch (inline.type) {
    case 'mention':
      return escapeMarkdown(mentionName(inline, names));
    case 'link':
      return styled(markdownLink(inline.text, inline.url), { ...inline.style, code: false });
    case 'text':
      return styled(inline.style.code ? codeSpan(inline.text) : escapeMarkdown(inline.text), inline.style);
  }
}

/** Marks must touch the words: blanks at the ends go outside. */
function styled(text: string, { bold, italic, strike }: Style): string {
  const words = text.trim();
  const marks = `${strike ? '~~' : ''}${bold ? '**' : ''}${italic ? '_' : ''}`;
  if (words === '' || marks === '') return text;
  const end = `${italic ? '_' : ''}${bold ? '**' : ''}${strike ? '~~' : ''}`;
  const start = text.indexOf(words);
  return `${text.slice(0, start)}${marks}${words}${end}${text.slice(start + words.length)}`;
}

function codeSpan(text: string): string {
  const line = unmarked(text).replace(/\s+/gu, ' ');
  const fence = '`'.repeat(longestRun(line) + 1);
  const pad = /^`|`$/u.test(line) ? ' ' : '';
  return line.trim() === '' ? '' : `${fence}${pad}${line}${pad}${fence}`;
}

function codeBlock(text: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}\n${unmarked(text).replace(/^\n+|\n+$/gu, '')}\n${fence}`;
}

/** In code nothing is escaped, so a comment that poses as our hidden marker is broken up. */
function unmarked(text: string): string {
  return text.replaceAll('<!--', '<! --');
}

function longestRun(text: string): number {
  return Math.max(0, ...Array.from(text.matchAll(/`+/gu), ([run]) => run.length));
}
