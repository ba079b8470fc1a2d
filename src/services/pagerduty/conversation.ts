import type { Conversation, Message } from '../../core/conversation.ts';
import { plainText } from '../../core/plainText.ts';
import type { Signal } from '../../core/signal.ts';
import { safeUrl } from '../../core/url.ts';
import { escapeMarkdown } from '../plainMarkdown.ts';
import type { PagerDutyApi } from './client.ts';
import { deedOf } from './deeds.ts';
import { readPages } from './pages.ts';
import { type Entry, parseLog, parseNotes } from './wire.ts';

const MAX_TEXT = 20_000;
/** Whom PagerDuty called and how is no part of what was said; notes are read by themselves. */
const UNSAID = new Set(['notify_log_entry', 'annotate_log_entry']);

/** An incident's log and notes in one order. @throws {ServiceError} */
export async function readConversation(api: PagerDutyApi, signal: Signal): Promise<Conversation> {
  const path = `/incidents/${signal.id.slice('pagerduty:'.length)}`;
  const notes = parseNotes(await api.get(`${path}/notes`));
  const log = await readPages(api, { path: `${path}/log_entries`, query: { is_overview: 'true' } }, parseLog);
  const entries = [...log.records.filter(({ type }) => !UNSAID.has(type)), ...notes.records];
  return {
    messages: entries.toSorted((a, b) => a.at - b.at).map((entry) => toMessage(entry, signal)),
    skipped: notes.skipped.length + log.skipped.length,
  };
}

function toMessage({ type, author, at, text, page }: Entry, signal: Signal): Message {
  const deed = deedOf(type);
  return {
    author: { id: author?.id ?? 'pagerduty', name: author?.name ?? 'PagerDuty', isBot: author?.isPerson !== true },
    at,
    markdown: escapeMarkdown(plainText(text, MAX_TEXT)),
    url: safeUrl(page) ?? signal.url,
    ...(deed === undefined ? {} : { deed }),
  };
}
