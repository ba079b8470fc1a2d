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
