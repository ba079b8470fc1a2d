import { plainText } from './plainText.ts';
import { safeUrl } from './url.ts';

const MAX_LENGTH = 300;
const CHANNEL = /^#[\p{Ll}\p{Lo}\p{Lm}\p{N}_-]{1,80}$/u;
const OWNER = /^@[\w.-]{1,100}(?:\/[\w.-]{1,100})?$/u;
const REPOSITORY = /^[A-Za-z0-9][\w-]{0,38}\/[\w.-]{1,100}$/u;

/**
 * Where something belongs, as a person typed or pasted it: an address, `#channel`, `@owner` or `owner/repository`, or a
 * few words of their own. Undefined for what cannot be pointed at.
 */
export function pointerText(typed: string): string | undefined {
  const text = typed.trim();
  if (CHANNEL.test(text) || OWNER.test(text) || REPOSITORY.test(text)) return text;
  if (/^[a-z][a-z\d+.-]*:/iu.test(text)) return safeUrl(text);
  return text === '' || text.length > MAX_LENGTH || text !== plainText(text, MAX_LENGTH) || text.includes('\n')
    ? undefined
    : text;
}
