import { type Block, type Inline, type RichText, type Style, UNSTYLED } from './richText.ts';

/** Slack cuts a message's text at this length. */
export const MAX_TEXT = 40_000;

/**
 * Reads Slack's own markup. Only `&`, `<` and `>` are escaped in it; mentions and links stand in angle brackets.
 * Source: docs.slack.dev/messaging/formatting-message-text.
 */
export function parseMrkdwn(text: string): RichText {
  // Splitting by a group puts what stood between two fences at the odd places.
  const parts = text.slice(0, MAX_TEXT).split(/```([\s\S]*?)```/u);
  return parts.flatMap((part, index): readonly Block[] =>
    index % 2 === 1 ? [{ type: 'code', text: plainCode(part) }] : paragraphs(part),
  );
}

/** The three entities that Slack writes, as characters. */
export function decodeEntities(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function paragraphs(text: string): readonly Block[] {
  const blocks: { type: 'paragraph' | 'quote'; lines: string[] }[] = [];
  for (const line of text.split('\n')) {
    const quoted = /^(?:&gt;){1,3} ?/u.exec(line);
    const type = quoted === null ? 'paragraph' : 'quote';
    const rest = quoted === null ? line : line.slice(quoted[0].length);
    const last = blocks.at(-1);
    if (last?.type === type) last.lines.push(rest);
    else blocks.push({ type, lines: [rest] });
  }
  return blocks
    .map(({ type, lines }) => ({ type, text: lines.join('\n').replace(/^\n+|\n+$/gu, '') }))
    .filter((block) => block.text.trim() !== '')
    .map((block) => ({ type: block.type, inlines: parseInlines(block.text, UNSTYLED) }));
}

// Code, an angle bracket, or a mark that touches words on its inner sides and none on its outer ones.
const INLINE =
  /`(?<code>[^`\n]{1,3000})`|<(?<angle>[^<>\n]{1,3000})>|(?<![\p{L}\p{N}])(?<mark>[*_~])(?=\S)(?<marked>(?:(?!\k<mark>)[^\n]){1,2000})(?<=\S)\k<mark>(?![\p{L}\p{N}])/gu;

function parseInlines(text: string, style: Style): readonly Inline[] {
  const inlines: Inline[] = [];
  let end = 0;
  const addText = (until: number): void => {
    if (until > end) inlines.push({ type: 'text', text: decodeEntities(text.slice(end, until)), style });
  };
  for (const match of text.matchAll(INLINE)) {
    const { code, angle, mark, marked } = match.groups ?? {};
    addText(match.index);
    end = match.index + match[0].length;
    if (code !== undefined) inlines.push({ type: 'text', text: plainCode(code), style: { ...style, code: true } });
    else if (angle !== undefined) inlines.push(parseAngle(angle, style));
    else if (mark !== undefined && marked !== undefined) inlines.push(...parseInlines(marked, withMark(style, mark)));
  }
  addText(text.length);
  return inlines;
}

function withMark(style: Style, mark: string): Style {
  if (mark === '*') return { ...style, bold: true };
  return mark === '_' ? { ...style, italic: true } : { ...style, strike: true };
}

/** What stands between angle brackets: `@U1|name`, `#C1|name`, `!subteam^S1|@name`, `!here`, `!date^…|text`, `url|text`. */
function parseAngle(angle: string, style: Style): Inline {
  const bar = angle.indexOf('|');
  const target = bar < 0 ? angle : angle.slice(0, bar);
  const label = bar < 0 ? undefined : decodeEntities(angle.slice(bar + 1)) || undefined;
  if (target.startsWith('@')) return { type: 'mention', of: 'user', id: target.slice(1), label };
  if (target.startsWith('#')) return { type: 'mention', of: 'channel', id: target.slice(1), label };
  if (target.startsWith('!subteam^')) return { type: 'mention', of: 'group', id: target.slice(9), label };
  if (/^!(?:here|channel|everyone)$/u.test(target)) {
    return { type: 'mention', of: 'broadcast', id: target.slice(1), label };
  }
  if (target.startsWith('!')) return { type: 'text', text: label ?? '', style };
  const url = decodeEntities(target);
  return { type: 'link', url, text: label ?? url.replace(/^mailto:/u, ''), style };
}

/** In code Slack still turns addresses into `<url>`; the reader wants what was typed. */
function plainCode(text: string): string {
  const typed = text.replace(/<((?:https?|mailto):[^<>|\n]{1,3000})(?:\|([^<>\n]{1,3000}))?>/gu, (_, url, label) =>
    String(label ?? url),
  );
  return decodeEntities(typed);
}
