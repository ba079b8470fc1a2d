import { plainText } from '../../core/plainText.ts';

const MAX_LENGTH = 65_536;
// GitHub notifies on `@login` and `@org/team` that do not follow a word character (as in an e-mail address), and reads
// the sign's HTML entities as the sign.
const MENTION = /(?<!\w)(?:@|&#0*64;?|&#x0*40;?|&commat;?)+(?=[a-z\d])/giu;

/**
 * A text of GitHub's that may be copied into another issue: nobody is notified by the copy, and hidden comments (our own
 * markers among them, which would tie the copy to the wrong item) stay behind. Mentions lose their `@`: wrapping them
 * as code would break what is inside code already, and an invisible character would break copying.
 */
export function quietMarkdown(text: string): string {
  // Removing a comment may bring the two halves of another together; that one stays as text.
  const shown = text
    .slice(0, MAX_LENGTH)
    .replace(/<!--[\s\S]*?(?:-->|$)/gu, '')
    .replaceAll('<!--', '&lt;!--');
  return plainText(shown, MAX_LENGTH).replace(MENTION, '');
}
