import { closeLoop, type Loop, loopId, loopOf, placesToTell } from '../actions/closeLoop.ts';
import { isUnsent } from '../core/approval.ts';
import {
  closedEvent,
  closingEntryId,
  type DueClosing,
  dueClosings,
  isToldBySignal,
  wasTold,
} from '../core/closedLoop.ts';
import type { Closing } from '../core/closing.ts';
import type { Proposal, StoredProposal } from '../core/proposal.ts';
import type { Roster } from '../core/roster.ts';
import type { ServiceName } from '../core/signal.ts';
import { passes, type SourceFailure } from '../core/sourceStatus.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { CLOSINGS_KEY, readEnds } from '../services/github/closings.ts';
import { placeSignal } from '../services/placeSignal.ts';
import { type Log, ServiceError, type Source } from '../services/service.ts';
import type { Store } from '../store/store.ts';

export interface ClosedLoopsPorts {
  readonly store: Store;
  readonly outbox: Pick<Outbox, 'propose' | 'isOutside' | 'drop'>;
  readonly roster: () => Roster;
  /** Whether the person of this machine has the shift: replies are drafted by nobody else. */
  readonly isOnDuty: () => boolean;
  /** What was closed before (epoch ms) is not told of any more. */
  readonly since: () => number;
  /** Who reads the conversations of a service; undefined when nothing of it is watched. */
  readonly sourceOf: (service: ServiceName) => Source | undefined;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly log: Log;
  /** This window, unique on the machine. */
  readonly holder: string;
}

const LEASE = 'closedLoops';
const LEASE_MS = 120_000;
const READ_MS = 30_000;
/** A place that could not be read is tried again after so long; where it is likely to fail alike, less often. */
const AGAIN_MS = 5 * 60_000;
const FAILED_AGAIN_MS = 60 * 60_000;
/** What does not pass by itself. */
const NEEDS_PERSON: ReadonlySet<SourceFailure> = new Set(['unauthenticated', 'forbidden', 'refused']);

/** What came of looking at a place: a draft where nobody has told them; neither where they know, or nobody is there. */
interface Looked {
  readonly place: string;
  readonly draft?: Proposal;
  readonly failure?: SourceFailure;
}

/**
 * Drafts the replies to those who wait for an issue that was closed, once for each closing and place, and takes back the
 * drafts that have nothing to say any more. What is known costs no request; of a new closing each place is read once, and
 * what cannot be read is tried again until it can, or is gone.
 */
export class ClosedLoops {
  readonly #ports: ClosedLoopsPorts;
  /** By `loopId`: why a place could not be read, and when (epoch ms) it is tried again. */
  readonly #unread = new Map<string, { readonly failure: SourceFailure; readonly again: number }>();
  readonly #stopped = new AbortController();
  #isLooking = false;

  constructor(ports: ClosedLoopsPorts) {
    this.#ports = ports;
  }

  /** To be called when sources were read. Never rejects. */
  async look(): Promise<void> {
    if (this.#isLooking || this.#isStopped()) return;
    this.#isLooking = true;
    try {
      await this.#look();
    } catch (error) {
      if (this.#isStopped()) return;
      this.#ports.log.error(`closed loops: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      this.#isLooking = false;
    }
  }

  /** Looks no more: the store is about to be closed. */
  stop(): void {
    this.#stopped.abort();
  }

  /** Where nobody can hear before a person sees to it, as long as the person of this machine is on duty: ids. */
  unheard(): readonly string[] {
    return [...this.#unread].flatMap(([id, { failure }]) => (NEEDS_PERSON.has(failure) ? [id] : []));
  }

  #isStopped(): boolean {
    return this.#stopped.signal.aborted;
  }

  async #look(): Promise<void> {
    const { store, holder, isOnDuty, since } = this.#ports;
    const ends = readEnds(store.lastMemory('github').get(CLOSINGS_KEY));
    this.#withdraw(ends);
    const due = isOnDuty() ? dueClosings(ends, store.journal(), since()) : [];
    this.#forgetBut(due);
    for (const one of due) {
      if (one.left !== undefined && this.#triedAgain(one.closing, one.left).length === 0) continue;
      if (!store.takeLease(LEASE, holder, LEASE_MS)) return;
      store.follow();
      // Another window may have looked at it meanwhile.
      const [still] = dueClosings(new Map([[one.closing.issueId, one.closing]]), store.journal(), 0);
      if (still !== undefined) await this.#draft(still);
    }
  }

  #forgetBut(due: readonly DueClosing[]): void {
    const open = new Set(due.flatMap(({ closing, left = [] }) => left.map((place) => loopId(closing, place))));
    for (const id of this.#unread.keys()) if (!open.has(id)) this.#unread.delete(id);
  }

  #triedAgain(closing: Closing, left: readonly string[]): readonly string[] {
    return left.filter((place) => (this.#unread.get(loopId(closing, place))?.again ?? 0) <= this.#ports.now());
  }

  /** Of issues that are open again, and where somebody has told them. */
  #withdraw(ends: ReturnType<typeof readEnds>): void {
    const { store, outbox, log } = this.#ports;
    for (const stored of store.proposals().values()) {
      const loop = loopOf(stored.proposal);
      if (loop === undefined || !isDraft(stored)) continue;
      const end = ends.get(loop.issueId);
      const isReopened = end === 'open' || (end !== undefined && end.closedAt !== loop.closedAt);
      if (!isReopened && !this.#isTold(loop)) continue;
      log.info(`closed loops: a draft is taken back, ${isReopened ? 'the issue is open again' : 'it was said'}`);
      outbox.drop(stored.proposal.id);
    }
  }

  #isTold(loop: Loop): boolean {
    const signal = this.#ports.store.signals().get(loop.place);
    if (signal === undefined) return false;
    return isToldBySignal(signal, loopId(loop, loop.place), { roster: this.#ports.roster(), after: loop.closedAt });
  }

  async #draft({ closing, left }: DueClosing): Promise<void> {
    const { store, outbox, log } = this.#ports;
    const places = placesToTell(closing, store.journal());
    const looked: Looked[] = [];
    for (const place of left === undefined ? places : this.#triedAgain(closing, left)) {
      // What was a place may be none any more: its conversion was taken back.
      const isPlace = places.includes(place);
      looked.push(isPlace ? await this.#read(place, closing) : { place });
      if (this.#isStopped()) return;
    }
    for (const { draft } of looked) if (draft !== undefined) outbox.propose(draft);
    for (const { place, failure } of looked) this.#keepUnread(loopId(closing, place), failure);
    const settled = looked.filter(({ failure }) => failure === undefined);
    if (left === undefined) this.#record(closing, looked);
    else for (const one of settled) this.#record(closing, [one], one.place);
    if (left !== undefined && settled.length === 0) return;
    const drafts = settled.filter(({ draft }) => draft !== undefined).length;
    log.info(`closed loops: ${closing.repository}#${closing.number} was closed, ${drafts} drafted`);
  }

  #keepUnread(id: string, failure: SourceFailure | undefined): void {
    if (failure === undefined) return void this.#unread.delete(id);
    // Said once, however often it is tried.
    if (this.#unread.get(id)?.failure !== failure) this.#ports.log.warn(`closed loops: cannot read ${id}: ${failure}`);
    const pause = passes(failure) || failure === 'unauthenticated' ? AGAIN_MS : FAILED_AGAIN_MS;
    this.#unread.set(id, { failure, again: this.#ports.now() + pause });
  }

  #record(closing: Closing, looked: readonly Looked[], place?: string): void {
    const { store, now } = this.#ports;
    const told = looked.filter(({ draft }) => draft !== undefined).map((one) => one.place);
    const unread = looked.flatMap(({ place: id, failure: reason }) => (reason === undefined ? [] : [{ id, reason }]));
    const event = closedEvent(closing, { drafts: told.length, unread, place });
    store.append({ id: closingEntryId(closing, place), at: now(), signalIds: [closing.issueId, ...told], event });
  }

  async #read(place: string, closing: Closing): Promise<Looked> {
    const { now, log } = this.#ports;
    const draft = closeLoop({ closing, place, now: now() });
    if (draft === undefined) return { place };
    try {
      return (await this.#isHeard(draft, place, closing)) ? { place } : { place, draft };
    } catch (error) {
      const failure = error instanceof ServiceError ? error.reason : 'offline';
      if (failure !== 'notFound') return { place, failure };
      log.info(`closed loops: nobody is told in ${place}: it is gone`);
      return { place };
    }
  }

  /** Whether they know, or nobody here can tell them. @throws {ServiceError} */
  async #isHeard(draft: Proposal, place: string, closing: Closing): Promise<boolean> {
    const { outbox, roster, sourceOf, log } = this.#ports;
    const signal = placeSignal(place);
    const source = sourceOf(signal.service);
    if (source === undefined) {
      log.info(`closed loops: nobody is told in ${place}: the team watches nothing of that service`);
      return true;
    }
    if (await outbox.isOutside(draft)) return true;
    const abort = AbortSignal.any([this.#stopped.signal, AbortSignal.timeout(READ_MS)]);
    const conversation = await source.readConversation(signal, abort);
    return wasTold(conversation, signal.service, { roster: roster(), after: closing.closedAt });
  }
}

/** Nobody has touched it: what was approved is its sender's matter, what was rewritten is theirs to drop. */
function isDraft({ proposal, states, approvedAt }: StoredProposal): boolean {
  return approvedAt === undefined && proposal.isRewritten !== true && states.every(isUnsent);
}
