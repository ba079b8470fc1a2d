import { HANDOFF_SECTIONS, type HandoffDraft, type HandoffEntry, type HandoffSectionId } from './handoff.ts';
import { handoffTimes } from './handoffTimes.ts';
import { safeUrl } from './url.ts';

/** `issue`: what is open can be ticked off; `message`: plain lists, for chat and the clipboard. */
export type HandoffForm = 'message' | 'issue';

/** The headings of the document, which a whole team reads; the editor around it speaks the person's language. */
const HEADINGS: Readonly<Record<HandoffSectionId, string>> = {
  startHere: 'Start here',
  open: 'Open',
  inProgress: 'In progress',
  converted: 'Converted',
  resolved: 'Resolved',
  keepInMind: 'Keep in mind',
};

const TICKED_OFF: ReadonlySet<HandoffSectionId> = new Set(['startHere', 'open', 'inProgress']);

/**
 * The notes as GitHub-flavoured Markdown, which Slack's `markdown` block takes as well. All texts, the person's notes
 * included, stand there as text: no markup, HTML or mention of theirs takes effect; web addresses in notes are links.
 */
export function handoffMarkdown(draft: HandoffDraft, form: HandoffForm): string {
  const parts = [`# ${escapeText(handoffTitle(draft))}`];
  for (const id of HANDOFF_SECTIONS) {
    const entries = draft.sections.find((section) => section.id === id)?.entries ?? [];
    if (entries.length === 0) continue;
    const bullet = form === 'issue' && TICKED_OFF.has(id) ? '- [ ]' : '-';
    const lines = entries.flatMap((entry) => entryLines(entry, bullet));
    parts.push(`## ${HEADINGS[id]}`, lines.join('\n'));
  }
  if (parts.length === 1) parts.push('A quiet shift: nothing is open, nothing to keep in mind.');
  return `${parts.join('\n\n')}\n`;
}

/** `Handoff: Noor → Kai, Nov 16 – Nov 23`, plain text. */
export function handoffTitle({ from, to, shift, timeZone }: HandoffDraft): string {
  const times = handoffTimes(shift.to, timeZone);
  return `Handoff: ${to === undefined ? from : `${from} → ${to}`}, ${times.day(shift.from)} – ${times.day(shift.to)}`;
}

/**
 * Cuts a document to `limit` characters at the end of a line and says so; `link` is where the whole can be read.
 */
export function fitMarkdown(markdown: string, limit: number, link?: string): string {
  if (markdown.length <= limit) return markdown;
  const url = safeUrl(link);
  const notice =
    url === undefined ? '*The notes go on; this place takes no more.*' : `[The notes go on here](${destination(url)})`;
  const room = limit - notice.length - 3;
  const lineEnd = markdown.lastIndexOf('\n', room);
  return `${markdown.slice(0, Math.max(0, lineEnd)).trimEnd()}\n\n${notice}\n`;
}

function entryLines({ title, url, detail, note }: HandoffEntry, bullet: string): readonly string[] {
  const text = escapeText(title.trim() || '(no title)');
  const href = safeUrl(url);
  const head = href === undefined ? text : `[${text}](${destination(href)})`;
  const notes = note
    .split(/\r\n|[\n\r\u2028\u2029]/u)
    // A list that a person typed is a list already.
    .map((line) => line.trim().replace(/^[-*•+]\s+/u, ''))
    .filter((line) => line !== '');
  return [
    `${bullet} ${head}${detail === '' ? '' : ` · ${escapeText(detail)}`}`,
    ...notes.map((line) => `  - ${escapeLinked(line)}`),
  ];
}

/** Parentheses would end a link's destination, backslashes would escape. */
function destination(url: string): string {
  return url.replace(/[()<>\\]/gu, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

const ADDRESS = /https?:\/\/[^\s<>"'`|\\^{}[\]]+[^\s<>"'`|\\^{}[\].,;:!?)*_~]/giu;

function escapeLinked(line: string): string {
  let text = '';
  let end = 0;
  for (const match of line.matchAll(ADDRESS)) {
    const url = safeUrl(match[0]);
    if (url === undefined) continue;
    text += `${escapeText(line.slice(end, match.index))}<${destination(url)}>`;
    end = match.index + match[0].length;
  }
  return text + escapeText(line.slice(end));
}

/**
 * One line as text. `&` and `<` become entities, which Slack's own escapes are, too; Markdown's signs get a backslash.
 * GitHub looks for `@name` and `#12` in the rendered text, where no escape is left to see: an invisible zero-width space
 * parts the sign from what follows, so nobody is notified and no other issue gets a back-reference.
 */
function escapeText(text: string): string {
  return text
    .replace(/[\n\r\u2028\u2029]+/gu, ' ')
    .replace(/[\\`*_[\]~|]/gu, '\\$&')
    .replace(/&/gu, '&amp;')
    .replace(/</gu, '&lt;')
    .replace(/>/gu, '&gt;')
    .replace(/@(?=[\p{L}\p{N}])/gu, '@\u200b')
    .replace(/#(?=\d)/gu, '#\u200b')
    .replace(/\b(GH-)(?=\d)/giu, '$1\u200b')
    .replace(/^(?:[-+=#]|\d+(?=[.)]))/u, (start) => (/\d/u.test(start) ? `${start}\\` : `\\${start}`));
}
