/** A piece of a body that is shown whole or not at all. */
export interface Block {
  /** Markdown. */
  readonly text: string;
  /** A link to the conversation it is of, as Markdown of at most 2,400 UTF-16 units. */
  readonly more: string;
  readonly isMessage: boolean;
}

const SEPARATOR = '\n\n';
const CUT_NOTE_ROOM = 2_700;

/**
 * Joins `head` and as many blocks as fit into `budget` UTF-16 units. Where some are left out, a note says how many
 * messages they hold and links the conversation that was cut.
 */
export function fitBlocks(head: string, blocks: readonly Block[], budget: number): string {
  const whole = [head, ...blocks.map(({ text }) => text)].join(SEPARATOR);
  if (whole.length <= budget) return whole;
  const kept: string[] = [];
  let length = head.length;
  for (const { text } of blocks) {
    length += SEPARATOR.length + text.length;
    if (length > budget - CUT_NOTE_ROOM) break;
    kept.push(text);
  }
  return [head, ...kept, cutNote(blocks.slice(kept.length))].join(SEPARATOR);
}

function cutNote(left: readonly Block[]): string {
  const messages = left.filter(({ isMessage }) => isMessage).length;
  const conversations = new Set(left.map(({ more }) => more)).size;
  const count = `${messages} ${messages === 1 ? 'message is' : 'messages are'} left out`;
  const others = conversations > 1 ? ` The other conversations are linked under Source.` : '';
  return `_Cut here, an issue holds no more: ${count}. The rest is here: ${left[0]?.more ?? ''}.${others}_`;
}

/** The beginning of a text, cut at a line's end where there is one, never within a character. */
export function cutAtLine(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const head = text.slice(0, maxLength);
  const lineEnd = head.lastIndexOf('\n');
  if (lineEnd > maxLength / 2) return head.slice(0, lineEnd);
  return /[\ud800-\udbff]$/u.test(head) ? head.slice(0, -1) : head;
}
