import type * as vscode from 'vscode';
import type { Item } from '../../core/item.ts';
import type { JournalEntry } from '../../core/journal.ts';
import type { JournalRow, UndoWay } from '../../core/journalView.ts';
import type { Signal } from '../../core/signal.ts';
import type { SourceEvents } from '../../core/sourceEvent.ts';
import type { ConvertPorts } from '../convert/convertPorts.ts';
import type { WritePreview } from '../preview.ts';
import type { Teller } from './words.ts';

/** What the journal needs from the rest of the extension. */
export interface JournalPorts extends Pick<ConvertPorts, 'readConversation' | 'log'> {
  /** The team's name. */
  readonly team: string;
  readonly journal: () => readonly JournalEntry[];
  /** Newest first. */
  readonly rows: () => readonly JournalRow[];
  /** As of now. */
  readonly teller: () => Teller;
  /** Calls back whenever rows may be others than before. */
  readonly onDidChange: (listener: () => void) => vscode.Disposable;
  /** The item that holds one of these signals now. */
  readonly itemOf: (signalIds: readonly string[]) => Item | undefined;
  /** What was done to a signal where it lives. @throws {ServiceError} */
  readonly readEvents: (signal: Signal, abort: AbortSignal) => Promise<SourceEvents>;
  readonly undo: (way: UndoWay) => Promise<void>;
  readonly deleteJournal: () => void;
  readonly preview: Pick<WritePreview, 'showText' | 'updateText'>;
  readonly openUrl: (url: string) => Promise<void>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}
