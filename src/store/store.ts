import type { HandoffDraft, PostedHandoff } from '../core/handoff.ts';
import type { JournalEntry } from '../core/journal.ts';
import type { StoredProposal } from '../core/proposal.ts';
import type { Signal } from '../core/signal.ts';
import type { SourceStatus } from '../core/sourceStatus.ts';

/** The parts of the store that a change may touch. */
export const STORE_PARTS = ['signals', 'statuses', 'journal', 'proposals', 'drafts', 'handoffs'] as const;

export type StorePart = (typeof STORE_PARTS)[number];

/** Small JSON values that a source keeps between polls; written with the poll's other rows. */
export interface StoreMemory {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
  delete(key: string): void;
}

/** What one poll of one source changed. */
export interface PollChange {
  readonly source: string;
  readonly changed: readonly Signal[];
  readonly gone: readonly string[];
  readonly status: SourceStatus;
}

/**
 * What this machine knows: everything in memory, SQLite behind it. Reads are synchronous and free, and show the live
 * state; a write puts only the rows that differ into one transaction. All windows of a machine share the file.
 */
export interface Store {
  signals(): ReadonlyMap<string, Signal>;
  statuses(): ReadonlyMap<string, SourceStatus>;
  /** In order of time. */
  journal(): readonly JournalEntry[];
  proposals(): ReadonlyMap<string, StoredProposal>;
  /** The unfinished handoff notes by id. */
  drafts(): ReadonlyMap<string, HandoffDraft>;
  /** Newest first. */
  handoffs(): readonly PostedHandoff[];
  /**
   * The memory for one poll: it begins with what is stored, and only the next {@link savePoll} of that source keeps what
   * was set. A poll that fails leaves no trace, so that no validator outlives the answer it belongs to.
   */
  memory(source: string): StoreMemory;
  /** What the last saved poll of a source left there, for whoever reads it between polls, or while one is on. */
  lastMemory(source: string): Pick<StoreMemory, 'get'>;

  /** One transaction for the poll's rows, status and the source's memory; rows equal to what is stored are not written. */
  savePoll(change: PollChange): void;
  /** A status that differs in `okAt` alone is no news: it reaches the file and the listeners once in five minutes. */
  saveStatus(status: SourceStatus): void;
  /** Forgets sources (and their signals) that the team file no longer watches. */
  keepSources(ids: ReadonlySet<string>): void;
  /**
   * Forgets all that was read: signals, statuses, memories, and what finished proposals said of it; those that are not
   * finished stay. What a poll that began before brings, in any window, is dropped.
   */
  forgetSignals(): void;
  /** Keeps with the entry what its signals are called now, and who works here. */
  append(entry: JournalEntry): void;
  /** Forgets the whole journal, in all windows and on the disk. Nothing else is forgotten. */
  deleteJournal(): void;
  saveProposal(stored: StoredProposal): void;
  deleteProposal(id: string): void;
  saveDraft(draft: HandoffDraft): void;
  savePostedHandoff(handoff: PostedHandoff): void;
  deletePostedHandoff(id: string): void;
  /** When a person in any window asked for a poll that has not been answered yet, epoch ms. */
  wanted(): number | undefined;
  setWanted(at: number | undefined): void;

  /** Takes up what other windows wrote since the last call; cheap when nothing was. */
  follow(): void;
  /** Calls `listener` after each change with the parts that differ; returns what ends it. */
  onDidChange(listener: (parts: ReadonlySet<StorePart>) => void): () => void;
  /** Takes or renews the lease of that name for `holder`; false when another holds it. */
  takeLease(name: string, holder: string, ttlMs: number): boolean;
  releaseLease(name: string, holder: string): void;
  close(): void;
}

/** How the store was opened; `setAside` is where a damaged file was put. */
export interface OpenedStore {
  readonly store: Store;
  readonly setAside: string | undefined;
}
