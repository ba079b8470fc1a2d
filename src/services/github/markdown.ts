import { plainText } from '../../core/plainText.ts';

const MAX_LENGTH = 65_536;
// GitHub renders first and then reads mentions, so the sign's HTML entities count as the sign.
const SIGN = /(?:@|&#0{0,5}64;?|&#x0{0,4}40;?|&commat;?)+/giu;
const BEGUN_ENTITY = /&[#\w]{0,12}$/u;

/**
 * A text of GitHub's that may be copied into another issue: nobody is notified by the copy, and hidden comments (our own
 * markers among them, which would tie the copy to the wrong item) stay behind. Mentions lose their `@`: wrapping them
 * as code would break what is inside code already, and an invisible character would break copying.
 */
export function quietMarkdown(text: string): string {
  // Removing a comment may bring the two halves of another together; that one stays as text.
  const shown = plainText(text, MAX_LENGTH)
    .replace(/<!--[\s\S]*?(?:-->|$)/gu, '')
    .replaceAll('<!--', '&lt;!--')
    .trim();
  return shown.replace(SIGN, (sign, at: number) => {
    const before = shown.slice(Math.max(0, at - 14), at);
    const after = shown[at + sign.length] ?? '';
    const isAddress = /[a-z\d]$/iu.test(before) && sign === '@';
    if (isAddress || !/[a-z\d]/iu.test(after)) return sign;
    // Nothing left out may close up an entity around it.
    return BEGUN_ENTITY.test(before) ? ' ' : '';
  });
}

const FENCE = /^ {0,3}(?:`{3,}|~{3,})/u;
// Of others, such as `Map<string>`, nobody knows that they are tags.
const TAG =
  /<\/?(?:details|summary|br|p|div|span|img|a|b|i|em|strong|su[bp]|kbd|code|pre|h[1-6r]|[uo]l|li|t(?:able|head|body|[rdh])|picture|source|video|blockquote)(?:\s[^<>]{0,300})?\/?>/giu;
const RULE = /^[\s|:*_=-]{3,}$/u;

/**
 * The beginning of a text of GitHub's as people read it, for a hover: no fences, marks, tags or addresses of links. Only
 * of use for short texts: it does not know Markdown to its last rule, and what it does not know stays as it is.
 */
export function markdownWords(text: string): string {
  let isCode = false;
  const lines: string[] = [];
  for (const line of text.replace(/<!--[\s\S]*?(?:-->|$)/gu, '').split(/\r?\n/u)) {
    if (FENCE.test(line)) isCode = !isCode;
    else if (isCode) lines.push(line);
    else if (!RULE.test(line)) lines.push(lineWords(line));
  }
  return lines
    .join('\n')
    .replace(/\n\s*\n(?:\s*\n)+/gu, '\n\n')
    .trim();
}

function lineWords(line: string): string {
  return line
    .replace(/^\s*(?:#{1,6}\s+|(?:>\s?)+)/u, '')
    .replace(/!?\[([^[\]]{0,300})\]\([^()\s]{0,2000}(?:\s"[^"]{0,200}")?\)/gu, '$1')
    .replace(TAG, '')
    .replace(/(`{1,2})([^`]{1,300})\1/gu, '$2')
    .replace(/(\*\*|__|~~)(?=\S)((?:(?!\1).){1,300})\1/gu, '$2');
}
