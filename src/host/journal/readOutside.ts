import * as vscode from 'vscode';
import type { Conversation } from '../../core/conversation.ts';
import type { Item } from '../../core/item.ts';
import type { SourceEvent } from '../../core/sourceEvent.ts';
import type { SourceFailure } from '../../core/sourceStatus.ts';
import { ServiceError } from '../../services/service.ts';
import { withAbort } from '../progress.ts';
import type { JournalPorts } from './journalPorts.ts';

/** What was said and done about an item where it lives, by signal id. */
export interface ReadOutside {
  readonly conversations: ReadonlyMap<string, Conversation>;
  readonly events: ReadonlyMap<string, readonly SourceEvent[]>;
  /** How many events could not be read. */
  readonly skippedEvents: ReadonlyMap<string, number>;
  /** Why what was said could not be read. */
  readonly unreadable: ReadonlyMap<string, SourceFailure>;
  /** Why what was done could not be read. */
  readonly unknown: ReadonlyMap<string, SourceFailure>;
}

export const NOTHING_READ: ReadOutside = {
  conversations: new Map(),
  events: new Map(),
  skippedEvents: new Map(),
  unreadable: new Map(),
  unknown: new Map(),
};

type ReadingPorts = Pick<JournalPorts, 'readConversation' | 'readEvents' | 'log'>;

/** Reads both with a progress that can be cancelled; undefined when it was. What fails leaves the rest. */
export async function readOutside({ signals }: Item, ports: ReadingPorts): Promise<ReadOutside | undefined> {
  return withAbort(vscode.l10n.t('Reading what was said and done'), async (abort) => {
    const attempt = async <T extends object>(id: string, read: () => Promise<T>): Promise<Result<T>> => {
      try {
        return [id, await read()];
      } catch (error) {
        const reason = error instanceof ServiceError ? error.reason : 'badResponse';
        if (!abort.aborted) ports.log.warn(`timeline: ${id} could not be read: ${messageOf(error) ?? reason}`);
        return [id, reason];
      }
    };
    const [said, done] = await Promise.all([
      Promise.all(signals.map((signal) => attempt(signal.id, () => ports.readConversation(signal, abort)))),
      Promise.all(signals.map((signal) => attempt(signal.id, () => ports.readEvents(signal, abort)))),
    ]);
    if (abort.aborted) return undefined;
    const read = whatCame(done);
    return {
      conversations: new Map(whatCame(said)),
      unreadable: failuresOf(said),
      events: new Map(read.map(([id, { events }]) => [id, events])),
      skippedEvents: new Map(read.map(([id, { skipped }]) => [id, skipped])),
      unknown: failuresOf(done),
    };
  });
}

/** What was read of a signal, by its id, or why it was not. */
type Result<T extends object> = readonly [id: string, T | SourceFailure];

function whatCame<T extends object>(results: readonly Result<T>[]): readonly (readonly [string, T])[] {
  return results.flatMap(([id, each]) => (typeof each === 'string' ? [] : [[id, each] as const]));
}

function failuresOf(results: readonly Result<object>[]): Map<string, SourceFailure> {
  return new Map(results.flatMap(([id, each]) => (typeof each === 'string' ? [[id, each] as const] : [])));
}

function messageOf(error: unknown): string | undefined {
  return error instanceof Error ? error.message : undefined;
}
