import type { DatabaseSync } from 'node:sqlite';
import { isDeepStrictEqual } from 'node:util';
import type { HandoffDraft, PostedHandoff } from '../core/handoff.ts';
import { type JournalEntry, named, signed } from '../core/journal.ts';
import type { StoredProposal } from '../core/proposal.ts';
import type { Signal } from '../core/signal.ts';
import type { SourceStatus } from '../core/sourceStatus.ts';
import { withoutWords } from '../core/withoutWords.ts';
import { openDatabase } from './database.ts';
import { JournalShelf } from './journalShelf.ts';
import { releaseLease, takeLease } from './lease.ts';
import { DRAFT_ROW, HANDOFF_ROW, JOURNAL_ROW, NUMBER_ROW, SIGNAL_ROW, STATUS_ROW, TEXT_ROW } from './parse.ts';
import { isMemoryOf, PollMemory } from './pollMemory.ts';
import { PROPOSAL_ROW } from './proposalRow.ts';
import { Rows } from './rows.ts';
import { type RowChange, Shelf } from './shelf.ts';
import {
  type OpenedStore,
  type PollChange,
  STORE_PARTS,
  type Store,
  type StoreMemory,
  type StorePart,
} from './store.ts';

/** A status that is new in `okAt` alone goes to the file once in so long. */
const OK_AT_GRAIN_MS = 5 * 60_000;
const WANTED = 'asker';
const FORGOTTEN = 'signals';
const DELETED_JOURNALS = 'journal';

type Parts = Set<StorePart>;

/** What a shelf is to a row that is read, whatever it holds. */
interface RowReader {
  load(id: string, json: string | null): boolean;
  clear(): void;
}

export interface StoreOptions {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Who works here, as their team names them; undefined while nobody knows. */
  readonly me?: () => string | undefined;
}

/**
 * Opens the store under `folder`; a damaged file is set aside and a fresh one begun.
 * @throws {NewerStoreError} when a later version of the extension wrote the file.
 */
export function openStore(folder: string, options: StoreOptions): OpenedStore & { readonly store: SqliteStore } {
  const { opened, setAside } = openDatabase(folder, options.now, (db) => new SqliteStore(db, options));
  return { store: opened, setAside };
}

export class SqliteStore implements Store {
  readonly #db: DatabaseSync;
  readonly #now: () => number;
  readonly #me: () => string | undefined;
  readonly #rows: Rows;

  readonly #signals = new Shelf<Signal>('signals', SIGNAL_ROW);
  readonly #statuses = new Shelf<SourceStatus>('statuses', STATUS_ROW);
  readonly #proposals = new Shelf<StoredProposal>('proposals', PROPOSAL_ROW);
  readonly #drafts = new Shelf<HandoffDraft>('drafts', DRAFT_ROW);
  readonly #handoffs = new Shelf<PostedHandoff>('handoffs', HANDOFF_ROW);
  readonly #memory = new Shelf<string>('memory', TEXT_ROW);
  readonly #wanted = new Shelf<number>('wanted', NUMBER_ROW);
  /** How often all that was read was forgotten, and how often the journal was deleted. */
  readonly #forgotten = new Shelf<number>('forgotten', NUMBER_ROW);
  readonly #journal = new JournalShelf();
  /** By the `kind` of their rows. */
  readonly #shelves = new Map(
    [
      this.#signals,
      this.#statuses,
      this.#proposals,
      this.#drafts,
      this.#handoffs,
      this.#memory,
      this.#wanted,
      this.#forgotten,
    ].map((shelf): [string, RowReader] => [shelf.kind, shelf]),
  );

  readonly #polls = new Map<string, { readonly memory: PollMemory; readonly forgotten: number }>();
  /** Of the statuses whose `okAt` in memory is newer than in the file: the one in the file. */
  readonly #okAtInFile = new Map<string, number | undefined>();
  readonly #listeners = new Set<(parts: ReadonlySet<StorePart>) => void>();

  #version: number | undefined;
  #change = 0;
  #rowsWritten = 0;
  #unreadable = 0;

  /** Takes the database over: it closes with the store. */
  constructor(db: DatabaseSync, { now, me = () => undefined }: StoreOptions) {
    this.#db = db;
    this.#now = now;
    this.#me = me;
    this.#rows = new Rows(db);
    this.#rows.transaction(() => this.#rows.tidy(now()));
    this.#takeUp(new Set());
  }

  signals(): ReadonlyMap<string, Signal> {
    return this.#signals.values;
  }

  statuses(): ReadonlyMap<string, SourceStatus> {
    return this.#statuses.values;
  }

  journal(): readonly JournalEntry[] {
    return this.#journal.entries;
  }

  proposals(): ReadonlyMap<string, StoredProposal> {
    return this.#proposals.values;
  }

  drafts(): ReadonlyMap<string, HandoffDraft> {
    return this.#drafts.values;
  }

  handoffs(): readonly PostedHandoff[] {
    return [...this.#handoffs.values.values()].sort((a, b) => b.postedAt - a.postedAt);
  }

  wanted(): number | undefined {
    return this.#wanted.values.get(WANTED);
  }

  /** Rows of signals, statuses, journal … put into the file by this window; leases do not count. */
  rowsWritten(): number {
    return this.#rowsWritten;
  }

  /** Rows of the file that could not be read and were left out. */
  unreadableRows(): number {
    return this.#unreadable;
  }

  memory(source: string): StoreMemory {
    const memory = new PollMemory(source, this.#memory);
    this.#polls.set(source, { memory, forgotten: this.#timesForgotten() });
    return memory;
  }

  lastMemory(source: string): Pick<StoreMemory, 'get'> {
    return new PollMemory(source, this.#memory);
  }

  savePoll(change: PollChange): void {
    const poll = this.#polls.get(change.source);
    const reported = new Set(change.changed.map((signal) => signal.id));
    const isGone = (id: string): boolean => !reported.has(id) && this.#signals.values.get(id)?.source === change.source;
    this.#write(() => {
      if (poll !== undefined && poll.forgotten !== this.#timesForgotten()) return [];
      return [
        ...change.gone.filter(isGone).flatMap((id) => this.#signals.remove(id)),
        ...change.changed.flatMap((signal) => this.#signals.put(signal.id, signal)),
        ...this.#statusRows(change.status),
        ...(poll?.memory.changes() ?? []),
      ];
    });
    this.#polls.delete(change.source);
  }

  saveStatus(status: SourceStatus): void {
    this.#write(() => this.#statusRows(status));
  }

  keepSources(ids: ReadonlySet<string>): void {
    this.#write(() => this.#rowsOfOthers(ids));
  }

  forgetSignals(): void {
    this.#write(() => [
      ...this.#rowsOfOthers(new Set()),
      ...[...this.#proposals.values].flatMap(([id, stored]) => this.#proposals.put(id, withoutWords(stored))),
      ...this.#forgotten.put(FORGOTTEN, this.#timesForgotten() + 1),
    ]);
  }

  #timesForgotten(): number {
    return this.#forgotten.values.get(FORGOTTEN) ?? 0;
  }

  #rowsOfOthers(ids: ReadonlySet<string>): readonly RowChange[] {
    return [
      ...[...this.#signals.values.values()]
        .filter((signal) => !ids.has(signal.source))
        .flatMap((signal) => this.#signals.remove(signal.id)),
      ...[...this.#statuses.values.keys()].filter((id) => !ids.has(id)).flatMap((id) => this.#statuses.remove(id)),
      ...[...this.#memory.values.keys()].filter((id) => !isMemoryOf(ids, id)).flatMap((id) => this.#memory.remove(id)),
    ];
  }

  append(entry: JournalEntry): void {
    this.#transact((parts) => {
      const whole = signed(named(entry, this.#signals.values), this.#me(), this.journal());
      const seq = this.#rows.append(JOURNAL_ROW.write(whole));
      return () => {
        this.#rowsWritten += 1;
        this.#journal.put(seq, whole);
        parts.add('journal');
      };
    });
  }

  deleteJournal(): void {
    this.#write(() => {
      this.#rows.deleteJournal();
      return this.#forgotten.put(DELETED_JOURNALS, this.#timesDeleted() + 1);
    });
    if (this.#journal.drop(this.#timesDeleted())) this.#tell(new Set<StorePart>(['journal']));
    this.#rows.truncateLog();
  }

  #timesDeleted(): number {
    return this.#forgotten.values.get(DELETED_JOURNALS) ?? 0;
  }

  saveProposal(stored: StoredProposal): void {
    // What is about to be sent outside, and what was, must outlive a power cut: it would be sent twice.
    this.#write(() => this.#proposals.put(stored.proposal.id, stored), true);
  }

  deleteProposal(id: string): void {
    this.#write(() => this.#proposals.remove(id));
  }

  saveDraft(draft: HandoffDraft): void {
    this.#write(() => this.#drafts.put(draft.id, draft));
  }

  savePostedHandoff(handoff: PostedHandoff): void {
    this.#write(() => this.#handoffs.put(handoff.id, handoff));
  }

  deletePostedHandoff(id: string): void {
    this.#write(() => this.#handoffs.remove(id));
  }

  setWanted(at: number | undefined): void {
    this.#write(() => (at === undefined ? this.#wanted.remove(WANTED) : this.#wanted.put(WANTED, at)));
  }

  follow(): void {
    const parts: Parts = new Set();
    this.#takeUp(parts);
    this.#tell(parts);
  }

  onDidChange(listener: (parts: ReadonlySet<StorePart>) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  takeLease(name: string, holder: string, ttlMs: number): boolean {
    return takeLease(this.#db, { name, holder, ttlMs, now: this.#now() });
  }

  releaseLease(name: string, holder: string): void {
    releaseLease(this.#db, name, holder);
  }

  close(): void {
    this.#listeners.clear();
    if (this.#db.isOpen) this.#db.close();
  }

  /** Writes the rows that `collect` names, seen against the newest state of the file; nothing when there are none. */
  #write(collect: () => readonly RowChange[], durably = false): void {
    this.#transact((parts) => {
      const rows = collect();
      for (const row of rows) this.#rows.put(row, this.#change + 1);
      return () => {
        if (rows.length === 0) return;
        this.#change += 1;
        this.#rowsWritten += rows.length;
        for (const row of rows) {
          row.apply();
          note(row.kind, parts);
        }
      };
    }, durably);
  }

  /** Runs `work` in a transaction on the newest state; what it returns runs once that is committed. */
  #transact(work: (parts: Parts) => () => void, durably = false): void {
    const parts: Parts = new Set();
    const inside = (): (() => void) => {
      this.#takeUp(parts);
      return work(parts);
    };
    try {
      const committed = durably ? this.#rows.durably(inside) : this.#rows.transaction(inside);
      committed();
    } finally {
      // Also when the write failed: what other windows wrote has been taken up all the same.
      this.#tell(parts);
    }
  }

  /** Reads what other connections committed since the last time. */
  #takeUp(parts: Parts): void {
    const version = this.#rows.version();
    if (version === this.#version) return;
    if (this.#rows.isTooOld(this.#change)) {
      // Tombstones may be gone that this window has not seen: everything is read anew.
      for (const shelf of this.#shelves.values()) shelf.clear();
      for (const part of STORE_PARTS) if (part !== 'journal') parts.add(part);
      this.#change = 0;
    }
    for (const row of this.#rows.changedAfter(this.#change)) {
      this.#change = Math.max(this.#change, row.change);
      if (this.#shelves.get(row.kind)?.load(row.id, row.json) === false) this.#unreadable += 1;
      this.#okAtInFile.delete(row.id);
      note(row.kind, parts);
    }
    if (this.#journal.drop(this.#timesDeleted())) parts.add('journal');
    for (const row of this.#rows.journalAfter(this.#journal.seq)) {
      if (!this.#journal.load(row)) this.#unreadable += 1;
      parts.add('journal');
    }
    this.#version = version;
  }

  #tell(parts: ReadonlySet<StorePart>): void {
    if (parts.size === 0) return;
    for (const listener of this.#listeners) {
      try {
        listener(parts);
      } catch (error) {
        // A listener's mistake is its own: it must show, and must not look like a failed write.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  #statusRows(status: SourceStatus): readonly RowChange[] {
    const { id, okAt } = status;
    const known = this.#statuses.values.get(id);
    if (known !== undefined && okAt !== undefined && isDeepStrictEqual({ ...known, okAt }, status)) {
      const inFile = this.#okAtInFile.has(id) ? this.#okAtInFile.get(id) : known.okAt;
      if (inFile !== undefined && okAt - inFile < OK_AT_GRAIN_MS) {
        this.#okAtInFile.set(id, inFile);
        this.#statuses.values.set(id, status);
        return [];
      }
    }
    this.#okAtInFile.delete(id);
    return this.#statuses.put(id, status);
  }
}

function note(kind: string, parts: Parts): void {
  const part = STORE_PARTS.find((candidate) => candidate === kind);
  if (part !== undefined) parts.add(part);
}
