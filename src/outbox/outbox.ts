import { isStale, proposalPhase } from '../core/approval.ts';
import type { Outcome, Proposal, StoredProposal, Write } from '../core/proposal.ts';
import type { ServiceName } from '../core/signal.ts';
import type { Clock } from '../services/clock.ts';
import { type Log, ServiceError, type WriteContext, type Writer } from '../services/service.ts';
import type { Store } from '../store/store.ts';
import { Pacing } from './pacing.ts';
import { type Attempt, attemptOf, eventOf, heldBy, isRecorded, undoneBy } from './record.ts';
import { failedState, fillIn, heldOver, isFinished, issueOf, unsent, WAITING, withState } from './steps.ts';

const LEASE_TTL_MS = 15_000;
const RENEW_MS = 5000;
/** A service that has not answered a write for so long has lost it: it is looked for at the next try. */
const TIMEOUT_MS = 60_000;
/** Finished proposals are kept for so long, for whoever wants to know what was done. */
const KEEP_FINISHED_MS = 7 * 24 * 60 * 60_000;

export interface OutboxOptions {
  readonly store: Store;
  readonly writers: readonly Writer[];
  readonly clock: Clock;
  readonly log: Log;
  /** This window, unique on the machine. */
  readonly holder: string;
  /** While it is so nothing is sent, whoever asks: all that is submitted waits. */
  readonly dryRun: () => boolean;
}

/** Applies approved proposals: each step once, whatever fails in between. A failed step is a state, not an exception. */
export interface Outbox {
  /**
   * Stores an approved proposal, to be submitted when its turn comes; one that is stored already is left as it is.
   * @throws when the store cannot be written.
   */
  keep(proposal: Proposal): void;
  /**
   * Stores a proposal that a person has approved, then applies its steps in order up to the first that fails. `abort`
   * stops it between steps; what is done stays done. One that is stored already goes on where it stopped.
   * @throws when the store cannot be written; nothing is sent then.
   */
  submit(proposal: Proposal, abort?: AbortSignal): Promise<StoredProposal>;
  /** Stores a proposal that nobody has approved yet. @throws when the store cannot be written. */
  propose(proposal: Proposal): StoredProposal;
  /** Puts another text in the place of one of which nothing was sent; false when there is none such. */
  revise(proposal: Proposal): boolean;
  /**
   * A person says, perhaps again, that a stored proposal may be sent: it goes on where it stopped, looking first for
   * what its unfinished step may have left outside.
   * @throws {Error} when there is no such proposal.
   */
  approve(id: string, abort?: AbortSignal): Promise<StoredProposal>;
  /**
   * The same without a person: what is not approved, or was too long ago, stays as it is.
   * @throws {Error} when there is no such proposal.
   */
  resume(id: string, abort?: AbortSignal): Promise<StoredProposal>;
  /** Goes on with what was stopped by something that passes: no connection, a service that asked to wait. */
  goOn(): Promise<void>;
  /**
   * Writes nothing: only looks for what the unfinished step of a stored proposal may have left outside. The step is
   * `done` when it is there, `waiting` when it is not, and `failed` when nobody could tell.
   * @throws {Error} when there is no such proposal.
   */
  look(id: string): Promise<StoredProposal>;
  /** Forgets a proposal; what it wrote stays. False while it is being applied, here or in another window. */
  drop(id: string): boolean;
  /** All that are known, oldest first. */
  stored(): readonly StoredProposal[];
  /** Those that stopped before their end (a failure, a crash) and that no window is applying; oldest first. */
  unfinished(): readonly StoredProposal[];
}

export function createOutbox(options: OutboxOptions): Outbox {
  return new StoredOutbox(options);
}

class StoredOutbox implements Outbox {
  readonly #options: OutboxOptions;
  readonly #pacings = new Map<ServiceName, Pacing>();
  readonly #active = new Map<string, Promise<StoredProposal>>();

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#forgetFinished();
  }

  keep(proposal: Proposal): void {
    const { store, clock, dryRun } = this.#options;
    const approvedAt = dryRun() ? undefined : clock.now();
    if (!store.proposals().has(proposal.id)) store.saveProposal(unsent(proposal, approvedAt));
  }

  async submit(proposal: Proposal, abort?: AbortSignal): Promise<StoredProposal> {
    return this.#once(proposal.id, () => {
      const { store, clock, dryRun } = this.#options;
      const approvedAt = dryRun() ? undefined : clock.now();
      if (!store.proposals().has(proposal.id)) store.saveProposal(unsent(proposal, approvedAt));
      else if (approvedAt !== undefined) this.#approved(proposal.id);
      return this.#applyAll(proposal.id, abort);
    });
  }

  propose(proposal: Proposal): StoredProposal {
    const { store } = this.#options;
    if (!store.proposals().has(proposal.id)) store.saveProposal(unsent(proposal, undefined));
    return this.#get(proposal.id);
  }

  revise(proposal: Proposal): boolean {
    const { store } = this.#options;
    const stored = store.proposals().get(proposal.id);
    const isUntouched = stored?.states.every(({ status }) => status === 'waiting') === true;
    if (!isUntouched || this.#active.has(proposal.id) || !this.#isFree(proposal.id)) return false;
    store.saveProposal(unsent(proposal, undefined));
    return true;
  }

  async approve(id: string, abort?: AbortSignal): Promise<StoredProposal> {
    return this.#once(id, () => {
      if (!this.#options.dryRun()) this.#approved(id);
      return this.#applyAll(id, abort);
    });
  }

  async resume(id: string, abort?: AbortSignal): Promise<StoredProposal> {
    return this.#once(id, () => this.#applyAll(id, abort));
  }

  async goOn(): Promise<void> {
    const now = this.#options.clock.now();
    const due = this.unfinished().filter(
      (stored) =>
        proposalPhase(stored, now) === 'going' &&
        stored.states.every((state) => state.status !== 'failed' || (state.retryAt ?? 0) <= now),
    );
    await Promise.all(due.map(({ proposal }) => this.resume(proposal.id)));
  }

  async look(id: string): Promise<StoredProposal> {
    return this.#once(id, async () => {
      const stored = this.#get(id);
      const index = stored.states.findIndex(({ status }) => status !== 'done');
      const step = stored.proposal.steps[index];
      if (step === undefined || stored.states[index]?.status === 'waiting') return stored;
      const issue = issueOf(stored);
      const found = await this.#find(stored, index, { write: fillIn(step, issue), issue });
      if (found === undefined) this.#options.store.saveProposal(withState(stored, index, WAITING));
      else if (found !== 'failed') this.#done(stored, index, { outcome: found, result: 'found' });
      return this.#get(id);
    });
  }

  drop(id: string): boolean {
    const { store, holder } = this.#options;
    if (this.#active.has(id) || !store.takeLease(leaseOf(id), holder, LEASE_TTL_MS)) return false;
    store.deleteProposal(id);
    store.releaseLease(leaseOf(id), holder);
    return true;
  }

  stored(): readonly StoredProposal[] {
    return [...this.#options.store.proposals().values()].sort((a, b) => a.proposal.createdAt - b.proposal.createdAt);
  }

  unfinished(): readonly StoredProposal[] {
    this.#options.store.follow();
    return this.stored().filter((stored) => !isFinished(stored) && this.#isFree(stored.proposal.id));
  }

  /** One run of a proposal in this window at a time: who asks again gets the same. The lease does it among windows. */
  #once(id: string, run: () => Promise<StoredProposal>): Promise<StoredProposal> {
    const active = this.#active.get(id);
    if (active !== undefined) return active;
    const begun = this.#leased(id, run).finally(() => this.#active.delete(id));
    this.#active.set(id, begun);
    return begun;
  }

  async #leased(id: string, run: () => Promise<StoredProposal>): Promise<StoredProposal> {
    const { store, clock, holder } = this.#options;
    const isTaken = store.takeLease(leaseOf(id), holder, LEASE_TTL_MS);
    // What another window did of it meanwhile counts, and is not in this one's memory yet.
    store.follow();
    if (!isTaken) return this.#get(id);
    const over = new AbortController();
    const renew = async (): Promise<void> => {
      await clock.delay(RENEW_MS, over.signal);
      if (over.signal.aborted) return;
      store.takeLease(leaseOf(id), holder, LEASE_TTL_MS);
      await renew();
    };
    renew().catch((error: unknown) => this.#options.log.error(`outbox: lease not renewed: ${nameOf(error)}`));
    try {
      return await run();
    } finally {
      over.abort();
      store.releaseLease(leaseOf(id), holder);
    }
  }

  async #applyAll(id: string, abort: AbortSignal | undefined): Promise<StoredProposal> {
    const { store, holder } = this.#options;
    for (const index of this.#get(id).states.keys()) {
      if (this.#get(id).states[index]?.status === 'done') continue;
      // Checked before each step: a machine that slept may have lost the lease to another window.
      if (abort?.aborted === true || !store.takeLease(leaseOf(id), holder, LEASE_TTL_MS)) break;
      store.follow();
      if (!this.#maySend(id)) break;
      await this.#applyStep(id, index);
      if (this.#get(id).states[index]?.status !== 'done') break;
    }
    return this.#get(id);
  }

  /** Takes one step to `done` or `failed`. */
  async #applyStep(id: string, index: number): Promise<void> {
    const stored = this.#get(id);
    const step = stored.proposal.steps[index];
    const state = stored.states[index];
    if (step === undefined || state === undefined || state.status === 'done') return;
    const issue = issueOf(stored);
    const write = fillIn(step, issue);
    // What is not waiting may have reached the service, whatever came back; what is, cannot have.
    const found = state.status === 'waiting' ? undefined : await this.#find(stored, index, { write, issue });
    if (found === 'failed') return;
    if (found === undefined) await this.#send(stored, index, { write, issue });
    else this.#done(stored, index, { outcome: found, result: 'found' });
  }

  async #find(stored: StoredProposal, index: number, step: Step): Promise<Outcome | 'failed' | undefined> {
    try {
      return await this.#ask(step, 'look', (writer, context) => writer.find(step.write, context));
    } catch (error) {
      this.#failed(stored, index, failedState(error, 'look'));
      return 'failed';
    }
  }

  async #send(stored: StoredProposal, index: number, step: Step): Promise<void> {
    let outcome: Outcome;
    try {
      outcome = await this.#ask(step, 'write', (writer, context) => {
        // Asked once more after the wait for its turn, in which the machine may have slept.
        if (!this.#maySend(stored.proposal.id)) throw new HeldError();
        this.#options.store.saveProposal(withState(this.#get(stored.proposal.id), index, { status: 'sending' }));
        return writer.apply(step.write, context);
      });
    } catch (error) {
      if (!(error instanceof HeldError)) this.#writeFailed(stored, index, error);
      return;
    }
    // Outside the try: when the store fails now, the step stays `sending`, and is found at the next try.
    this.#done(stored, index, { outcome, result: 'done' });
  }

  /** Asks the writer of this step when it is its turn, for a minute at most. */
  async #ask<T>(
    { write, issue }: Step,
    kind: 'look' | 'write',
    request: (writer: Writer, context: WriteContext) => Promise<T>,
  ): Promise<T> {
    const writer = this.#options.writers.find(({ types }) => types.includes(write.type));
    if (writer === undefined) throw new ServiceError('refused', `no service writes a ${write.type}`);
    return this.#pacingOf(writer.service).run(kind, async () => {
      const over = new AbortController();
      const tooLate = new AbortController();
      const late = this.#options.clock.delay(TIMEOUT_MS, over.signal).then((): never => {
        tooLate.abort();
        throw new ServiceError('offline', `${writer.service} did not answer in ${TIMEOUT_MS / 1000} s`);
      });
      try {
        return await Promise.race([request(writer, { issue, abort: tooLate.signal }), late]);
      } finally {
        late.catch(() => undefined);
        over.abort();
      }
    });
  }

  /** The journal first: a crash between the two finds the write again, and the journal tells of it already. */
  #done(stored: StoredProposal, index: number, { outcome, result }: Written): void {
    const { store, clock } = this.#options;
    const { proposal } = stored;
    const write = proposal.steps[index];
    const event = write && eventOf(proposal, write, outcome);
    const at = clock.now();
    if (event !== undefined && !isRecorded(store.journal(), event, proposal)) {
      store.append({ id: `${proposal.id}:${event.type}`, at, signalIds: proposal.signalIds, event });
    }
    this.#attempted(proposal, index, { result, url: outcome.url, reason: undefined });
    const done = withState(heldOver(this.#get(proposal.id), stored.states[index]), index, { status: 'done', outcome });
    if (isFinished(done)) this.#finished(proposal, at);
    store.saveProposal(done);
  }

  #failed(stored: StoredProposal, index: number, state: ReturnType<typeof failedState>): void {
    const { store, log } = this.#options;
    const { proposal } = stored;
    if (state.status === 'failed')
      log.warn(`outbox: ${proposal.steps[index]?.type}: ${state.reason}: ${state.message}`);
    store.saveProposal(withState(this.#get(proposal.id), index, state));
  }

  /** A connection that stays away is told of once. */
  #writeFailed(stored: StoredProposal, index: number, error: unknown): void {
    const state = failedState(error, 'write');
    const before = stored.states[index];
    const isNews = state.status === 'failed' && !(before?.status === 'failed' && before.reason === state.reason);
    if (isNews) this.#attempted(stored.proposal, index, { result: 'failed', url: undefined, reason: state.reason });
    this.#failed(stored, index, state);
  }

  #finished(proposal: Proposal, at: number): void {
    const { store } = this.#options;
    const held = heldBy(store.journal(), proposal, at);
    if (held !== undefined) store.append(held);
    for (const entry of undoneBy(store.journal(), proposal, at)) store.append(entry);
  }

  #attempted(proposal: Proposal, step: number, attempt: Attempt): void {
    const { store, clock } = this.#options;
    const event = attemptOf(proposal, step, attempt);
    if (event === undefined) return;
    const at = clock.now();
    const id = `${proposal.id}#${step}.${attempt.result}.${at}`;
    store.append({ id, at, signalIds: proposal.signalIds, event });
  }

  /** A person says that it may be sent, from now. */
  #approved(id: string): void {
    const { store, clock } = this.#options;
    store.saveProposal({ ...this.#get(id), approvedAt: clock.now() });
  }

  #maySend(id: string): boolean {
    const stored = this.#get(id);
    const { dryRun, clock } = this.#options;
    return stored.approvedAt !== undefined && !dryRun() && !isStale(stored, clock.now());
  }

  #get(id: string): StoredProposal {
    const stored = this.#options.store.proposals().get(id);
    if (stored === undefined) throw new Error(`there is no proposal ${id}`);
    return stored;
  }

  #pacingOf(service: ServiceName): Pacing {
    const pacing = this.#pacings.get(service) ?? new Pacing(this.#options.clock);
    this.#pacings.set(service, pacing);
    return pacing;
  }

  #isFree(id: string): boolean {
    const { store, holder } = this.#options;
    if (this.#active.has(id) || !store.takeLease(leaseOf(id), holder, LEASE_TTL_MS)) return false;
    store.releaseLease(leaseOf(id), holder);
    return true;
  }

  #forgetFinished(): void {
    const { store, clock } = this.#options;
    for (const stored of this.stored()) {
      const age = clock.now() - stored.proposal.createdAt;
      if (isFinished(stored) && age > KEEP_FINISHED_MS) store.deleteProposal(stored.proposal.id);
    }
  }
}

/** A write, filled in, and the issue that its proposal has made so far. */
interface Step {
  readonly write: Write;
  readonly issue: WriteContext['issue'];
}

/** What a step left outside; `found`: an earlier try had written it. */
interface Written {
  readonly outcome: Outcome;
  readonly result: 'done' | 'found';
}

/** Nobody has said, or not lately enough, that it may be sent: the step stays as it is. */
class HeldError extends Error {
  override readonly name = 'HeldError';
}

function leaseOf(id: string): string {
  return `proposal:${id}`;
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown error';
}
