import { closeLoop, type Loop, loopId, loopOf, placesToTell } from '../actions/closeLoop.ts';
import { isUnsent } from '../core/approval.ts';
import { closedEvent, closingEntryId, isToldBySignal, newClosings, wasTold } from '../core/closedLoop.ts';
import type { Closing } from '../core/closing.ts';
import type { Proposal, StoredProposal } from '../core/proposal.ts';
import type { Roster } from '../core/roster.ts';
import type { ServiceName } from '../core/signal.ts';
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
/** A place that could not be read is tried again after so long. */
const AGAIN_MS = 5 * 60_000;

/**
 * Drafts the replies to those who wait for an issue that was closed, once for each closing, and takes back the drafts that
 * have nothing to say any more. What is known costs no request; of a new closing each place is read once.
 */
export class ClosedLoops {
  readonly #ports: ClosedLoopsPorts;
  /** By the id of the entry of a closing. */
  readonly #again = new Map<string, number>();
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

  #isStopped(): boolean {
    return this.#stopped.signal.aborted;
  }

  async #look(): Promise<void> {
    const { store, holder, isOnDuty, since, now } = this.#ports;
    const ends = readEnds(store.lastMemory('github').get(CLOSINGS_KEY));
    this.#withdraw(ends);
    const due = isOnDuty() ? newClosings(ends, store.journal(), since()) : [];
    for (const closing of due) {
      if ((this.#again.get(closingEntryId(closing)) ?? 0) > now()) continue;
      if (!store.takeLease(LEASE, holder, LEASE_MS)) return;
      store.follow();
      // Another window may have drafted it meanwhile.
      if (newClosings(new Map([[closing.issueId, closing]]), store.journal(), 0).length > 0) await this.#draft(closing);
    }
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

  async #draft(closing: Closing): Promise<void> {
    const { store, outbox, now, log } = this.#ports;
    const id = closingEntryId(closing);
    const drafts: Proposal[] = [];
    for (const place of placesToTell(closing, store.journal())) {
      const proposal = closeLoop({ closing, place, now: now() });
      if (proposal === undefined) continue;
      const state = await this.#stateOf(proposal, place, closing);
      // All or none, so that they are one batch.
      if (state === 'unknown') return void this.#again.set(id, now() + AGAIN_MS);
      if (state === 'waits') drafts.push(proposal);
    }
    if (this.#isStopped()) return;
    for (const proposal of drafts) outbox.propose(proposal);
    const event = closedEvent(closing, drafts.length);
    const signalIds = [closing.issueId, ...drafts.flatMap(({ signalIds: [place = ''] }) => place)];
    store.append({ id, at: now(), signalIds, event });
    log.info(`closed loops: ${closing.repository}#${closing.number} was closed, ${drafts.length} drafted`);
  }

  /** `waits`: nobody has told them; `away`: nobody can. */
  async #stateOf(proposal: Proposal, place: string, closing: Closing): Promise<'waits' | 'told' | 'away' | 'unknown'> {
    const { outbox, roster, sourceOf } = this.#ports;
    const signal = placeSignal(place);
    const source = sourceOf(signal.service);
    if (source === undefined) return 'away';
    try {
      if (await outbox.isOutside(proposal)) return 'told';
      const abort = AbortSignal.any([this.#stopped.signal, AbortSignal.timeout(READ_MS)]);
      const conversation = await source.readConversation(signal, abort);
      const isTold = wasTold(conversation, signal.service, { roster: roster(), after: closing.closedAt });
      return isTold ? 'told' : 'waits';
    } catch (error) {
      const isGone = error instanceof ServiceError && (error.reason === 'notFound' || error.reason === 'forbidden');
      return isGone ? 'away' : 'unknown';
    }
  }
}

/** Nobody has touched it: what was approved is its sender's matter, what was rewritten is theirs to drop. */
function isDraft({ proposal, states, approvedAt }: StoredProposal): boolean {
  return approvedAt === undefined && proposal.isRewritten !== true && states.every(isUnsent);
}
