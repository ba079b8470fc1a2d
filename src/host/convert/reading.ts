import * as vscode from 'vscode';
import type { Conversation } from '../../core/conversation.ts';
import type { Item } from '../../core/item.ts';
import type { Signal } from '../../core/signal.ts';
import type { SourceFailure } from '../../core/sourceStatus.ts';
import { ServiceError } from '../../services/service.ts';
import { linkless } from '../inert.ts';
import type { ConvertPorts } from './convertPorts.ts';

/** What was said about some items, by signal id. */
export interface ReadConversations {
  readonly conversations: ReadonlyMap<string, Conversation>;
  readonly unreadable: ReadonlyMap<string, SourceFailure>;
}

/** The same reading, which does not ask again for what it has read once. */
export function rememberReads(read: ConvertPorts['readConversation']): ConvertPorts['readConversation'] {
  const known = new Map<string, Conversation>();
  return async (signal, abort) => {
    const conversation = known.get(signal.id) ?? (await read(signal, abort));
    known.set(signal.id, conversation);
    return conversation;
  };
}

/** Reads all conversations of the items with a progress that can be cancelled; undefined when it was. */
export async function readConversations(
  items: readonly Item[],
  ports: Pick<ConvertPorts, 'readConversation' | 'log'>,
): Promise<ReadConversations | undefined> {
  const title = vscode.l10n.t('Reading the conversation');
  return withAbort(title, async (abort, report) => {
    const conversations = new Map<string, Conversation>();
    const unreadable = new Map<string, SourceFailure>();
    for (const [index, item] of items.entries()) {
      if (items.length > 1) report(vscode.l10n.t('{0} of {1}', index + 1, items.length));
      await Promise.all(item.signals.map((signal) => read(signal)));
      if (abort.aborted) return undefined;
    }
    return { conversations, unreadable };

    async function read(signal: Signal): Promise<void> {
      try {
        conversations.set(signal.id, await ports.readConversation(signal, abort));
      } catch (error) {
        if (abort.aborted) return;
        const reason = error instanceof ServiceError ? error.reason : 'badResponse';
        ports.log.warn(`convert: ${signal.id} could not be read: ${error instanceof Error ? error.message : reason}`);
        unreadable.set(signal.id, reason);
      }
    }
  });
}

/** Runs work under a notification with *Cancel*, which aborts it. */
export async function withAbort<T>(
  title: string,
  work: (abort: AbortSignal, report: (message: string) => void) => Promise<T>,
): Promise<T> {
  const options = { location: vscode.ProgressLocation.Notification, title: linkless(title), cancellable: true };
  return vscode.window.withProgress(options, async (progress, token) => {
    const controller = new AbortController();
    const cancelling = token.onCancellationRequested(() => {
      controller.abort();
    });
    try {
      return await work(controller.signal, (message) => {
        progress.report({ message: linkless(message) });
      });
    } finally {
      cancelling.dispose();
    }
  });
}
