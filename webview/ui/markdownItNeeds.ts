// What markdown-it imports and a webview need not carry: the build puts this file in the place of `linkify-it` and `entities`.

/** We never turn on `linkify`; markdown-it makes one all the same. */
export class LinkifyIt {}

/** Text with HTML entities as the text they stand for: a browser has the table of 2,000 names already. */
export function decodeHTMLStrict(text: string): string {
  return new DOMParser().parseFromString(text, 'text/html').documentElement.textContent;
}
