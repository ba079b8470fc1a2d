import { isUnsent, proposalPhase, sentAt } from '../core/approval.ts';
import type { Proposal, StoredProposal } from '../core/proposal.ts';
import { Sending, type SendingPorts } from './sending.ts';
import { doneSteps, isFinished, mayBeOutside, unsent } from './steps.ts';

const LEASE_TTL_MS = 15_000;
const RENEW_MS = 5000;
/** Finished proposals are kept for so long, for whoever wants to know what was done. */
const KEEP_FINISHED_MS = 7 * 24 * 60 * 60_000;

export interface OutboxOptions extends SendingPorts {
  /** This window, unique on the machine. */
  readonly holder: string;
}

/** Applies approved proposals: each step once, whatever fails in between. A failed step is a state, not an exception. */
export interface Outbox {
  /**
   * Stores a proposal that a person has approved, to be submitted when its turn comes; one that is stored already is left
   * as it is. @throws when the store cannot be written.
   */
  approveLater(proposal: Proposal): void;
  /**
   * Stores a proposal that a person has approved, then applies its steps in order up to the first that fails. `abort`
   * stops it between steps; what is done stays done. One that is stored already goes on where it stopped, with the text that
   * is stored; a look at it that is under way is waited for, since that sends nothing. So it is with `approve`.
   * `approvedAt` (epoch ms) is when the person said so, which may be a while ago for one of many; when it is left out, that
   * is now, unless it was approved before.
   * @throws when the store cannot be written; nothing is sent then.
   */
  submit(proposal: Proposal, abort?: AbortSignal, approvedAt?: number): Promise<StoredProposal>;
  /** Stores a proposal that nobody has approved yet. @throws when the store cannot be written. */
  propose(proposal: Proposal): StoredProposal;
  /** Puts another text in the place of one of which nothing can be outside; it waits then. False when there is none such. */
  revise(proposal: Proposal): boolean;
  /**
   * A person says, perhaps again, that a stored proposal may be sent: it goes on where it stopped, looking first for
   * what its unfinished step may have left outside. `approvedAt` (epoch ms) is when they said so: now, when it is left out.
   * @throws {Error} when there is no such proposal.
   */
  approve(id: string, abort?: AbortSignal, approvedAt?: number): Promise<StoredProposal>;
  /**
   * As `approve`, but nobody says anything: what is not approved, or was too long ago, stays as it is.
   * @throws {Error} when there is no such proposal.
   */
  resume(id: string, abort?: AbortSignal): Promise<StoredProposal>;
  /** A person takes back that a stored proposal may be sent: what is left of it waits. @throws {Error} when there is none. */
  withhold(id: string): void;
  /**
   * As `withhold`, for one that is to be undone: what is on its way comes to its end, and what may have reached its service
   * is looked for, so that what is outside is known. @throws {Error} when there is none.
   */
  stop(id: string): Promise<StoredProposal>;
  /** Goes on with what was stopped by something that passes: no connection, a service that asked to wait. */
  goOn(): Promise<void>;
  /**
   * Writes nothing: only looks for what the unfinished step of a stored proposal may have left outside. The step is
   * `done` when it is there, `waiting` when it is not, and `failed` when nobody could tell. One that said what it was about
   * to change (`WriteContext.begins`) may have come half-way: it stays as it is unless it is there.
   * @throws {Error} when there is no such proposal.
   */
  look(id: string): Promise<StoredProposal>;
  /**
   * Whether all that a proposal would write is there already, whoever wrote it: of what every machine proposes alike.
   * @throws {ServiceError} when nobody could tell.
   */
  isOutside(proposal: Proposal): Promise<boolean>;
  /** Forgets a proposal; what it wrote stays. False while it is being applied, here or in another window. */
  drop(id: string): boolean;
  /**
   * Gives up what of a proposal is not done; what is done stays known, so that it can be taken back. One of which nothing
   * is done is forgotten. False while it is being applied, here or in another window.
   */
  dropRest(id: string): boolean;
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
  readonly #sending: Sending;
  readonly #active = new Map<string, Run>();

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#sending = new Sending(options);
    this.#forgetFinished();
  }

  approveLater(proposal: Proposal): void {
    const { store, clock, dryRun } = this.#options;
    const approvedAt = dryRun() ? undefined : clock.now();
    if (!store.proposals().has(proposal.id)) store.saveProposal(unsent(proposal, approvedAt));
  }

  async submit(proposal: Proposal, abort?: AbortSignal, approvedAt?: number): Promise<StoredProposal> {
    return this.#sendOnce(proposal.id, () => {
      const { store, clock, dryRun } = this.#options;
      const earlier = store.proposals().get(proposal.id);
      const at = approvedAt ?? earlier?.approvedAt ?? clock.now();
      if (earlier === undefined) store.saveProposal(unsent(proposal, dryRun() ? undefined : at));
      else this.#approved(proposal.id, at);
      return this.#applyAll(proposal.id, abort);
    });
  }

  propose(proposal: Proposal): StoredProposal {
    const { store } = this.#options;
    // Another window may have put another text in its place.
    store.follow();
    if (!store.proposals().has(proposal.id)) store.saveProposal(unsent(proposal, undefined));
    return this.#get(proposal.id);
  }

  revise(proposal: Proposal): boolean {
    const { store } = this.#options;
    return this.#whileFree(proposal.id, () => {
      const isUntouched = store.proposals().get(proposal.id)?.states.every(isUnsent) === true;
      if (isUntouched) store.saveProposal(unsent(proposal, undefined));
      return isUntouched;
    });
  }

  async approve(id: string, abort?: AbortSignal, approvedAt = this.#options.clock.now()): Promise<StoredProposal> {
    return this.#sendOnce(id, () => {
      this.#approved(id, approvedAt);
      return this.#applyAll(id, abort);
    });
  }

  async resume(id: string, abort?: AbortSignal): Promise<StoredProposal> {
    return this.#once(id, () => this.#applyAll(id, abort));
  }

  withhold(id: string): void {
    const { store } = this.#options;
    // What another window did of it meanwhile stays known.
    store.follow();
    store.saveProposal({ ...this.#get(id), approvedAt: undefined });
  }

  async stop(id: string): Promise<StoredProposal> {
    this.withhold(id);
    await this.#active.get(id)?.ended;
    const stored = this.#get(id);
    return mayBeOutside(stored) ? this.look(id) : stored;
  }

  async goOn(): Promise<void> {
    const { clock, store } = this.#options;
    store.follow();
    const due = this.stored().filter((stored) => isDue(stored, clock.now()));
    // One after another, in one window: many that wait for their turn would all have to keep their leases.
    const goOnWith = async (line: readonly StoredProposal[]): Promise<void> => {
      for (const { proposal } of line) {
        const stored = store.proposals().get(proposal.id);
        // Meanwhile it may have been dropped, or put off.
        if (stored !== undefined && isDue(stored, clock.now())) await this.resume(proposal.id);
      }
    };
    const lines = [...Map.groupBy(due, (stored) => this.#serviceOf(stored))];
    await Promise.all(lines.map(([service, line]) => this.#leased(`writes:${service}`, () => goOnWith(line))));
  }

  async look(id: string): Promise<StoredProposal> {
    const look = async (): Promise<StoredProposal> => {
      const index = this.#get(id).states.findIndex(({ status }) => status !== 'done');
      await this.#sending.look(id, index);
      return this.#get(id);
    };
    return this.#once(id, look, true);
  }

  isOutside(proposal: Proposal): Promise<boolean> {
    return this.#sending.isOutside(proposal);
  }

  drop(id: string): boolean {
    return this.#whileFree(id, () => {
      this.#options.store.deleteProposal(id);
      return true;
    });
  }

  dropRest(id: string): boolean {
    const { store } = this.#options;
    return this.#whileFree(id, () => {
      const stored = store.proposals().get(id);
      // An undo that is cut short is asked for anew, so that what it left can be taken back as well.
      const done = stored?.proposal.undoes === undefined ? stored && doneSteps(stored) : undefined;
      if (done === undefined) store.deleteProposal(id);
      else store.saveProposal(done);
      return true;
    });
  }

  stored(): readonly StoredProposal[] {
    return [...this.#options.store.proposals().values()].sort((a, b) => a.proposal.createdAt - b.proposal.createdAt);
  }

  unfinished(): readonly StoredProposal[] {
    this.#options.store.follow();
    return this.stored().filter((stored) => !isFinished(stored) && this.#isFree(stored.proposal.id));
  }

  /** One run of a proposal in this window at a time: who asks again gets the same. The lease does it among windows. */
  #once(id: string, run: () => Promise<StoredProposal>, isLook = false): Promise<StoredProposal> {
    const active = this.#active.get(id);
    if (active !== undefined) return active.ended;
    const ended = this.#leased(leaseOf(id), run)
      .then((stored) => stored ?? this.#get(id))
      .finally(() => this.#active.delete(id));
    this.#active.set(id, { isLook, ended });
    return ended;
  }

  /** The same for what a person wants sent: who joined a look would be told that nothing is, and nothing would be. */
  #sendOnce(id: string, run: () => Promise<StoredProposal>): Promise<StoredProposal> {
    const active = this.#active.get(id);
    const send = (): Promise<StoredProposal> => this.#sendOnce(id, run);
    return active?.isLook === true ? active.ended.then(send, send) : this.#once(id, run);
  }

  /** Runs with a lease that is renewed as long as it takes; undefined when another window has it. */
  async #leased<T>(lease: string, run: () => Promise<T>): Promise<T | undefined> {
    const { store, clock, holder } = this.#options;
    const isTaken = store.takeLease(lease, holder, LEASE_TTL_MS);
    // What another window did of it meanwhile counts, and is not in this one's memory yet.
    store.follow();
    if (!isTaken) return undefined;
    const over = new AbortController();
    const renew = async (): Promise<void> => {
      await clock.delay(RENEW_MS, over.signal);
      if (over.signal.aborted) return;
      store.takeLease(lease, holder, LEASE_TTL_MS);
      await renew();
    };
    renew().catch((error: unknown) => this.#options.log.error(`outbox: lease not renewed: ${nameOf(error)}`));
    try {
      return await run();
    } finally {
      over.abort();
      store.releaseLease(lease, holder);
    }
  }

  async #applyAll(id: string, abort: AbortSignal | undefined): Promise<StoredProposal> {
    const { store, holder } = this.#options;
    const { undoes } = this.#get(id).proposal;
    if (undoes !== undefined && this.#sending.maySend(id)) await this.#endOf(undoes);
    for (const index of this.#get(id).states.keys()) {
      if (this.#get(id).states[index]?.status === 'done') continue;
      // Checked before each step: a machine that slept may have lost the lease to another window.
      if (abort?.aborted === true || !store.takeLease(leaseOf(id), holder, LEASE_TTL_MS)) break;
      store.follow();
      if (!this.#sending.maySend(id)) break;
      await this.#sending.apply(id, index);
      if (this.#get(id).states[index]?.status !== 'done') break;
    }
    return this.#get(id);
  }

  /** What is taken back does not go on, whoever would approve the rest of it. */
  async #endOf(id: string): Promise<void> {
    const stored = this.#options.store.proposals().get(id);
    if (stored === undefined || isFinished(stored)) return;
    this.withhold(id);
    await this.#active.get(id)?.ended;
    this.dropRest(id);
  }

  /** A person said at a moment that it may be sent; in a dry run that counts for nothing. */
  #approved(id: string, approvedAt: number): void {
    const { store, dryRun } = this.#options;
    const stored = this.#get(id);
    if (!dryRun() && stored.approvedAt !== approvedAt) store.saveProposal({ ...stored, approvedAt });
  }

  #get(id: string): StoredProposal {
    const stored = this.#options.store.proposals().get(id);
    if (stored === undefined) throw new Error(`there is no proposal ${id}`);
    return stored;
  }

  /** Which service its next step waits for. */
  #serviceOf({ proposal, states }: StoredProposal): string {
    const next = proposal.steps[states.findIndex(({ status }) => status !== 'done')];
    return this.#options.writers.find(({ types }) => next !== undefined && types.includes(next.type))?.service ?? '';
  }

  #isFree(id: string): boolean {
    return this.#whileFree(id, () => true);
  }

  /** What `act` says of a proposal, which nobody can begin meanwhile; false while somebody is applying it. */
  #whileFree(id: string, act: () => boolean): boolean {
    const { store, holder } = this.#options;
    if (this.#active.has(id) || !store.takeLease(leaseOf(id), holder, LEASE_TTL_MS)) return false;
    try {
      // What another window did of it before counts, and is not in this one's memory yet.
      store.follow();
      return act();
    } finally {
      store.releaseLease(leaseOf(id), holder);
    }
  }

  #forgetFinished(): void {
    const { store, clock } = this.#options;
    for (const stored of this.stored()) {
      // A draft may have waited for long before it was sent.
      const age = clock.now() - sentAt(stored);
      if (isFinished(stored) && age > KEEP_FINISHED_MS) store.deleteProposal(stored.proposal.id);
    }
  }
}

/** What is done with a proposal now; a look writes nothing. */
interface Run {
  readonly isLook: boolean;
  readonly ended: Promise<StoredProposal>;
}

/** Whether it goes on without anybody. */
function isDue(stored: StoredProposal, now: number): boolean {
  const isOff = stored.states.some((state) => state.status === 'failed' && (state.retryAt ?? 0) > now);
  return !isOff && proposalPhase(stored, now) === 'going';
}

function leaseOf(id: string): string {
  return `proposal:${id}`;
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown error';
}
