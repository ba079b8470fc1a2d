import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { type Item, leadSignal } from '../core/item.ts';
import type { JournalEntry } from '../core/journal.ts';
import { say } from './say.ts';

export interface KeepInMindPorts {
  readonly append: (entry: JournalEntry) => void;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Notes something for the handoff, about the items or about the shift itself. */
export async function keepInMind(items: readonly Item[], { append, now }: KeepInMindPorts): Promise<void> {
  const [first] = items;
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Keep in Mind'),
    prompt: vscode.l10n.t('What should the next responder know? It goes into the handoff notes.'),
    value: first === undefined ? '' : `${leadSignal(first).title}: `,
    valueSelection: [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
    ignoreFocusOut: true,
  });
  if (text === undefined || text.trim() === '') return;
  const signalIds = items.flatMap((item) => item.signals.map((signal) => signal.id));
  append({ id: randomUUID(), at: now(), signalIds, event: { type: 'keptInMind', text: text.trim() } });
  say(vscode.l10n.t('Noted for the handoff'));
}
