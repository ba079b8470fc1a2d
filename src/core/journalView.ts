import { type About, aboutOf, isFoundOut, type JournalEntry, type JournalEvent } from './journal.ts';
import type { ProposalKind } from './proposal.ts';
import type { Signal } from './signal.ts';
import { isUndoable, type UndoableEntry } from './undo.ts';

export type Attempted = Extract<JournalEvent, { type: 'attempted' }>;
type Undone = Extract<JournalEvent, { type: 'undone' }>;

/** What a row tells: an event, a write that has no other event, or that an earlier one was taken back. */
export type Told =
  | Exclude<JournalEvent, Attempted | Undone>
  | { readonly type: 'wrote'; readonly kind: ProposalKind; readonly result: 'written' | 'begun' | 'failed' }
  /** `of` is undefined when what it takes back is not in the journal. */
  | { readonly type: 'undone'; readonly of: Exclude<Told, { type: 'undone' }> | undefined };

/** One try of one step of a write. Times are epoch milliseconds. */
export interface AttemptView
  extends Pick<Attempted, 'step' | 'write' | 'result' | 'url' | 'reason' | 'message' | 'tries' | 'isLook'> {
  readonly at: number;
}

/** How a row can be taken back: what is ours alone and claims by its entry, what was written outside by its proposal. */
export type UndoWay =
  | { readonly type: 'entry'; readonly entry: UndoableEntry }
  | { readonly type: 'write'; readonly proposalId: string };

export type By = { readonly type: 'person'; readonly name: string } | { readonly type: 'nobody' | 'unknown' };

/** One line of the journal. Times are epoch milliseconds. */
export interface JournalRow {
  /** Of its entry, or of the write that has none. */
  readonly id: string;
  readonly at: number;
  readonly told: Told;
  /** Who did it, as they were called then; `nobody` for what sources told. */
  readonly by: By;
  readonly signalIds: readonly string[];
  /** What its matter was called; undefined when nobody knows any more, or when it is about the shift. */
  readonly title: string | undefined;
  /** Where its matter lives. */
  readonly home: string | undefined;
  /** What it left outside. */
  readonly url: string | undefined;
  /** When it was taken back. */
  readonly undoneAt: number | undefined;
  readonly undo: UndoWay | undefined;
  /** Oldest first. */
  readonly attempts: readonly AttemptView[];
  /** The entries that it tells of; each entry of the journal is in exactly one row. */
  readonly entryIds: readonly string[];
}

export interface JournalInput {
  /** In order of time. */
  readonly journal: readonly JournalEntry[];
  readonly signals: ReadonlyMap<string, Signal>;
  /** Whether what a proposal wrote can still be taken back outside. */
  readonly canTakeBack: (proposalId: string) => boolean;
  /** A claim or release older than that (epoch ms) is not undone: it is released or claimed anew. */
  readonly undoSince: number;
}

/** The journal as a person reads it, newest first; the tries of a write are folded under it. */
export function projectJournal(input: JournalInput): readonly JournalRow[] {
  const { journal } = input;
  const tries = Map.groupBy(journal.filter(isTry), ({ event }) => event.proposalId);
  const facts: Facts = {
    ...input,
    undone: undoneAtOf(journal),
    titles: titlesOf(journal),
    entries: new Map(journal.map((entry) => [entry.id, entry])),
    tries,
    owners: ownersOf(journal, tries),
  };
  const rows: JournalRow[] = [];
  for (const entry of journal) {
    const { event } = entry;
    if (event.type !== 'attempted') rows.push(entryRow(entry, event, facts));
    // A write without an entry of its own stands where its last try does.
    else if (!facts.owners.has(event.proposalId) && tries.get(event.proposalId)?.at(-1) === entry)
      rows.push(writeRow(entry, event, facts));
  }
  // Stable: of one moment, what was written later stands first.
  return rows.reverse().sort((a, b) => b.at - a.at);
}

interface Try extends JournalEntry {
  readonly event: Attempted;
}

/** By proposal, in order of time. */
type Tries = ReadonlyMap<string, readonly Try[]>;

interface Facts extends JournalInput {
  /** By what was taken back: when. */
  readonly undone: ReadonlyMap<string, number>;
  /** By signal id. */
  readonly titles: ReadonlyMap<string, About>;
  readonly entries: ReadonlyMap<string, JournalEntry>;
  readonly tries: Tries;
  /** By proposal: the entry under which its tries are told. */
  readonly owners: ReadonlyMap<string, JournalEntry>;
}

function isTry(entry: JournalEntry): entry is Try {
  return entry.event.type === 'attempted';
}

function ownersOf(journal: readonly JournalEntry[], tries: Tries): ReadonlyMap<string, JournalEntry> {
  const owners = new Map<string, JournalEntry>();
  for (const entry of journal) {
    const proposalId = proposalOf(entry, tries);
    if (proposalId !== undefined && !owners.has(proposalId)) owners.set(proposalId, entry);
  }
  return owners;
}

/**
 * A claim's entry has its proposal's id; what else a proposal did has it before a colon, and so has what it took back (see
 * `outbox/record.ts`). What takes a claim back outside has the id of the claim's entry before `:back`.
 */
function proposalOf({ id, event }: JournalEntry, tries: Tries): string | undefined {
  if (event.type === 'attempted') return undefined;
  const own = event.type === 'undone' ? [id.replace(/:undone\/.*$/su, ''), `${event.entryId}:back`] : [id];
  return [...own, id.replace(/:[^:]*$/u, '')].find((each) => tries.has(each));
}

function entryRow(entry: JournalEntry, event: Exclude<JournalEvent, Attempted>, facts: Facts): JournalRow {
  const { id, at, signalIds } = entry;
  const proposalId = proposalOf(entry, facts.tries);
  const isOwner = proposalId !== undefined && facts.owners.get(proposalId) === entry;
  const tries = isOwner ? (facts.tries.get(proposalId) ?? []) : [];
  const undoneAt = facts.undone.get(id);
  const about = aboutEntry(entry, facts);
  return {
    id,
    at,
    told: toldOf(event, facts),
    by: byOf(entry, facts),
    signalIds,
    title: about?.title ?? tries[0]?.event.title,
    home: about?.url,
    url: 'url' in event ? event.url : lastUrl(tries),
    undoneAt,
    undo: undoneAt === undefined ? undoOf(entry, proposalId, facts) : undefined,
    attempts: tries.map(attemptView),
    entryIds: [id, ...tries.map((each) => each.id)],
  };
}

function writeRow(last: JournalEntry, { proposalId, kind, title, steps }: Attempted, facts: Facts): JournalRow {
  const tries = facts.tries.get(proposalId) ?? [];
  const undoneAt = facts.undone.get(proposalId);
  return {
    id: `write:${proposalId}`,
    at: last.at,
    told: { type: 'wrote', kind, result: resultOf(tries, steps) },
    by: byOf(last, facts),
    signalIds: last.signalIds,
    // The proposal knows best what it was about.
    title,
    home: aboutEntry(last, facts)?.url,
    url: lastUrl(tries),
    undoneAt,
    undo: undoneAt === undefined && facts.canTakeBack(proposalId) ? { type: 'write', proposalId } : undefined,
    attempts: tries.map(attemptView),
    entryIds: tries.map((each) => each.id),
  };
}

function toldOf(event: Exclude<JournalEvent, Attempted>, facts: Facts): Told {
  if (event.type !== 'undone') return event;
  const taken = facts.entries.get(event.entryId)?.event;
  if (taken !== undefined && taken.type !== 'undone' && taken.type !== 'attempted')
    return { type: 'undone', of: taken };
  const tries = facts.tries.get(event.entryId);
  const first = tries?.[0]?.event;
  if (tries === undefined || first === undefined) return { type: 'undone', of: undefined };
  return { type: 'undone', of: { type: 'wrote', kind: first.kind, result: resultOf(tries, first.steps) } };
}

function byOf({ event, by }: JournalEntry, { entries }: Facts): By {
  const whose = event.type === 'undone' ? entries.get(event.entryId)?.event : event;
  if (event.type === 'responded') return { type: 'person', name: event.who };
  if (whose !== undefined && isFoundOut(whose)) return { type: 'nobody' };
  return by === undefined ? { type: 'unknown' } : { type: 'person', name: by };
}

function undoOf(entry: JournalEntry, proposalId: string | undefined, facts: Facts): UndoWay | undefined {
  const isClaim = entry.event.type === 'claimed' || entry.event.type === 'released';
  if (entry.event.type === 'undone') return undefined;
  if (isUndoable(entry)) return isClaim && entry.at < facts.undoSince ? undefined : { type: 'entry', entry };
  return proposalId !== undefined && facts.canTakeBack(proposalId) ? { type: 'write', proposalId } : undefined;
}

/** Whether every step was written, none after the last that failed, or some. */
function resultOf(tries: readonly Try[], steps: number): 'written' | 'begun' | 'failed' {
  const written = new Set(tries.flatMap(({ event }) => (event.result === 'failed' ? [] : [event.step])));
  if (written.size >= steps) return 'written';
  return tries.at(-1)?.event.result === 'failed' ? 'failed' : 'begun';
}

function attemptView({ at, event: { step, write, result, url, reason, message, tries, isLook } }: Try): AttemptView {
  return { at, step, write, result, url, reason, message, tries, isLook };
}

function lastUrl(tries: readonly Try[]): string | undefined {
  return tries.findLast(({ event }) => event.url !== undefined)?.event.url;
}

/** As it was called then, or is called now, or was called another time. */
function aboutEntry({ about, signalIds }: JournalEntry, { signals, titles }: Facts): About | undefined {
  return (
    about ?? aboutOf(signalIds, signals) ?? signalIds.map((id) => titles.get(id)).find((each) => each !== undefined)
  );
}

/** What signals were called, as the entries about them tell. */
function titlesOf(journal: readonly JournalEntry[]): ReadonlyMap<string, About> {
  const titles = new Map<string, About>();
  for (const { about, signalIds } of journal)
    if (about !== undefined) for (const id of signalIds) titles.set(id, about);
  return titles;
}

function undoneAtOf(journal: readonly JournalEntry[]): ReadonlyMap<string, number> {
  return new Map(journal.flatMap(({ at, event }) => (event.type === 'undone' ? [[event.entryId, at] as const] : [])));
}
