// Control characters, zero-width and bidirectional overrides: they can disguise what a row says.
const UNSAFE = /[[\p{Cc}--[\t\n]]\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gv;

/** Remote text as one line of at most `maxLength` characters (code points are never split); safe as a label. */
export function oneLine(text: string, maxLength: number): string {
  const head = text.slice(0, maxLength * 4 + 64);
  return truncate(head.replace(UNSAFE, '').replace(/\s+/gu, ' ').trim(), maxLength);
}

/** Remote text with its line breaks, without control characters, at most `maxLength` characters. */
export function plainText(text: string, maxLength: number): string {
  const head = text.slice(0, maxLength * 2 + 64);
  return truncate(head.replace(/\r\n?/gu, '\n').replace(UNSAFE, '').trim(), maxLength);
}

/** Cuts at a code point, with an ellipsis when something was cut. */
export function truncate(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const cut = text.slice(0, Math.max(0, maxLength - 1));
  const whole = /[\ud800-\udbff]$/u.test(cut) ? cut.slice(0, -1) : cut;
  return `${whole.trimEnd()}…`;
}
