import * as vscode from 'vscode';
import type { Conversation } from '../../core/conversation.ts';
import type { Item } from '../../core/item.ts';
import type { Signal } from '../../core/signal.ts';
import type { SourceFailure } from '../../core/sourceStatus.ts';
import { abortable } from '../../services/abortable.ts';
import { ServiceError } from '../../services/service.ts';
import { withBusyPick } from '../progress.ts';
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

/** Reads all conversations of the items while the person waits; undefined when they gave it up. */
export async function readConversations(
  items: readonly Item[],
  ports: Pick<ConvertPorts, 'readConversation' | 'log'>,
): Promise<ReadConversations | undefined> {
  const title = vscode.l10n.t('Reading the conversation');
  return withBusyPick(title, async (abort, report) => {
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
        conversations.set(signal.id, await abortable(ports.readConversation(signal, abort), abort));
      } catch (error) {
        if (abort.aborted) return;
        const reason = error instanceof ServiceError ? error.reason : 'badResponse';
        ports.log.warn(`convert: ${signal.id} could not be read: ${error instanceof Error ? error.message : reason}`);
        unreadable.set(signal.id, reason);
      }
    }
  });
}
