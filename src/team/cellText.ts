import { oneLine } from '../core/plainText.ts';

/** A cell as it is read by people: links as their text, no emphasis, images, tags, emoji or `:shortcodes:`. */
export function cellText(cell: string): string {
  const shown = oneLine(cell, 300)
    .replace(/!\[[^\][]*\]\([^()]*\)/gu, '')
    .replace(/\[([^\][]*)\]\([^()]*\)/gu, '$1')
    .replace(/\[([^\][]*)\]\[[^\][]*\]/gu, '$1')
    .replace(/<[^<>]*>/gu, ' ')
    .replace(/&nbsp;/giu, ' ')
    .replace(/&[mn]dash;/giu, '–')
    .replace(/(^|\s):[a-z][a-z0-9_+-]*:(?=\s|$)/gu, '$1')
    .replace(/[*`~]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '')
    .replace(/[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}]|\u{fe0f}|\u{200d}|\u{20e3}/gu, '');
  return oneLine(shown, 200);
}

/** The name in a cell: without the `@handle` beside it, or the handle when it stands alone; undefined for nobody. */
export function nameInCell(cell: string): string | undefined {
  const text = cellText(cell);
  const name = oneLine(text.replace(/(?<![\p{L}\p{N}])@[\w./-]+/gu, '').replace(/\(\s*\)/gu, ''), 200);
  const shown = name === '' ? text.replace(/[@()]/gu, '').trim() : name;
  return /[\p{L}\p{N}]/u.test(shown) && !/^(?:tbd|tba|n\/a|none|nobody|open)$/iu.test(shown) ? shown : undefined;
}
