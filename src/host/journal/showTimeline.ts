import * as vscode from 'vscode';
import { type Item, leadSignal } from '../../core/item.ts';
import { oneLine } from '../../core/plainText.ts';
import { projectTimeline } from '../../core/timeline.ts';
import { type ReadConversations, readConversations } from '../convert/reading.ts';
import type { JournalPorts } from './journalPorts.ts';
import { timelineMarkdown, unreadableText } from './markdown.ts';

const NAME_LENGTH = 60;
const NOTHING_READ: ReadConversations = { conversations: new Map(), unreadable: new Map() };

type TimelinePorts = Pick<JournalPorts, 'rows' | 'teller' | 'preview' | 'readConversation' | 'log'>;

/**
 * Shows what happened to an item as a read-only document: at once what is known here, and what was said where it lives as
 * soon as that is read.
 */
export async function showTimeline(item: Item, ports: TimelinePorts): Promise<void> {
  const { title } = leadSignal(item);
  const name = vscode.l10n.t('Timeline: {0}', oneLine(title, NAME_LENGTH));
  const text = ({ conversations }: ReadConversations, notes: readonly string[]): string => {
    const events = projectTimeline({ item, rows: ports.rows(), conversations });
    return timelineMarkdown({ item, title, events, notes }, ports.teller());
  };
  await ports.preview.showText(name, text(NOTHING_READ, [vscode.l10n.t('What was said is being read…')]));
  const read = await readConversations([item], ports);
  const notes = read === undefined ? [vscode.l10n.t('What was said was not read.')] : missing(item, read);
  ports.preview.updateText(name, text(read ?? NOTHING_READ, notes));
}

/** What could not be read, in words. */
function missing(item: Item, { conversations, unreadable }: ReadConversations): readonly string[] {
  return item.signals.flatMap((signal) => {
    const reason = unreadable.get(signal.id);
    if (reason !== undefined) return [unreadableText(signal, reason)];
    const skipped = conversations.get(signal.id)?.skipped ?? 0;
    return skipped === 0 ? [] : [vscode.l10n.t('Messages in {0} that could not be read: {1}', signal.place, skipped)];
  });
}
