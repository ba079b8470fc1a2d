import * as vscode from 'vscode';
import { type Item, leadSignal } from '../../core/item.ts';
import { oneLine } from '../../core/plainText.ts';
import { projectTimeline } from '../../core/timeline.ts';
import type { JournalPorts } from './journalPorts.ts';
import { timelineMarkdown, unknownText, unreadableText } from './markdown.ts';
import { NOTHING_READ, type ReadOutside, readOutside } from './readOutside.ts';

const NAME_LENGTH = 60;

type TimelinePorts = Pick<JournalPorts, 'rows' | 'teller' | 'preview' | 'readConversation' | 'readEvents' | 'log'>;

/**
 * Shows what happened to an item as a read-only document: at once what is known here, and what was said and done where it
 * lives as soon as that is read.
 */
export async function showTimeline(item: Item, ports: TimelinePorts): Promise<void> {
  const { title } = leadSignal(item);
  const name = vscode.l10n.t('Timeline: {0}', oneLine(title, NAME_LENGTH));
  const text = ({ conversations, events }: ReadOutside, notes: readonly string[]): string => {
    const timeline = projectTimeline({ item, rows: ports.rows(), conversations, events });
    return timelineMarkdown({ item, title, events: timeline, notes }, ports.teller());
  };
  await ports.preview.showText(name, text(NOTHING_READ, [vscode.l10n.t('What was said and done is being read…')]));
  const read = await readOutside(item, ports);
  const notes = read === undefined ? [vscode.l10n.t('What was said and done was not read.')] : missing(item, read);
  ports.preview.updateText(name, text(read ?? NOTHING_READ, notes));
}

/** What could not be read, in words. */
function missing(item: Item, { conversations, unreadable, unknown, skippedEvents }: ReadOutside): readonly string[] {
  return item.signals.flatMap((signal) => {
    const { id, place } = signal;
    const [unsaid, undone] = [unreadable.get(id), unknown.get(id)];
    const skipped = conversations.get(id)?.skipped ?? 0;
    const skippedHere = skippedEvents.get(id) ?? 0;
    return [
      ...(unsaid === undefined ? [] : [unreadableText(signal, unsaid)]),
      ...(skipped === 0 ? [] : [vscode.l10n.t('Messages in {0} that could not be read: {1}', place, skipped)]),
      ...(undone === undefined ? [] : [unknownText(signal, undone)]),
      ...(skippedHere === 0 ? [] : [vscode.l10n.t('Events in {0} that could not be read: {1}', place, skippedHere)]),
    ];
  });
}
