import { oneLine } from '../core/plainText.ts';
import type { Signal } from '../core/signal.ts';
import type { Clock } from '../services/clock.ts';
import type { Log, PollResult, ServiceError, Source } from '../services/service.ts';
import type { PollChange, Store } from '../store/store.ts';
import { asServiceError, failedStatus, pollChange, pollSource, stackOf, type WatchedSource } from './poll.ts';
import { afterFailure, afterRequest, afterSuccess, firstPlan, type Plan } from './schedule.ts';

/** How often a window looks at the store and at what is due. */
const TICK_MS = 1000;
const LEASE = 'asker';
/** With a tick, a window that died is followed by another within 13 s. */
const LEASE_TTL_MS = 12_000;
const RENEW_MS = 4000;
/** How long a window waits for the asking one to answer a person's wish. */
const WISH_PATIENCE_MS = 75_000;
const LOGGED_RECORDS = 10;

export interface SyncOptions {
  readonly store: Store;
  /** What to ask now; read anew all the time, so that a changed team file needs no restart. */
  readonly sources: () => readonly WatchedSource[];
  /** Epoch ms: signals are looked for from here, and those that closed earlier are dropped. */
  readonly since: () => number;
  readonly clock: Clock;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly log: Log;
  /** This window, unique on the machine. */
  readonly holder: string;
  /** Told when polling begins and when it ends. */
  readonly onBusy?: (busy: boolean) => void;
}

export interface Sync {
  start(): void;
  /** A person asks: everything is polled now, except what its service told to wait. Never rejects. */
  refresh(): Promise<void>;
  /** Ends all polls and lets another window ask. */
  stop(): void;
}

/** Of all windows of a machine one asks the sources; the others follow the store. */
export function createSync(options: SyncOptions): Sync {
  return new Asker(options);
}

class Asker implements Sync {
  readonly #options: SyncOptions;
  readonly #stopped = new AbortController();
  readonly #plans = new Map<string, Plan>();
  readonly #inFlight = new Map<string, Promise<void>>();
  /** Ends the polls of this term; undefined while another window asks. */
  #term: AbortController | undefined;
  #renewedAt = 0;
  #tickedAt = 0;
  #answering = false;
  #started = false;
  #busy = 0;
  /** What the store failed with last; said once, not every second. */
  #complaint: string | undefined;

  constructor(options: SyncOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#started) return;
    this.#started = true;
    void this.#run();
  }

  async refresh(): Promise<void> {
    if (this.#stopped.signal.aborted) return;
    this.#guard(() => this.#holdLease());
    await (this.#term === undefined ? this.#askOther() : this.#pollAll());
  }

  stop(): void {
    if (this.#stopped.signal.aborted) return;
    this.#stopped.abort();
    if (this.#term === undefined) return;
    this.#endTerm();
    this.#guard(() => this.#options.store.releaseLease(LEASE, this.#options.holder));
  }

  async #run(): Promise<void> {
    while (!this.#stopped.signal.aborted) {
      this.#guard(() => {
        this.#tick();
        this.#complaint = undefined;
      });
      await this.#options.clock.delay(TICK_MS, this.#stopped.signal);
    }
  }

  #tick(): void {
    const { store, clock } = this.#options;
    store.follow();
    this.#holdLease();
    // The machine's time was set back: what is planned would lie far in the future.
    if (clock.now() < this.#tickedAt - LEASE_TTL_MS) this.#plans.clear();
    this.#tickedAt = clock.now();
    if (this.#term === undefined) return;
    this.#pollDue();
    if (store.wanted() !== undefined && !this.#answering) void this.#answer();
  }

  /** Takes the lease, or renews it when it is time. */
  #holdLease(): void {
    const { store, clock, holder } = this.#options;
    const age = clock.now() - this.#renewedAt;
    if (this.#term !== undefined && age >= 0 && age < RENEW_MS) return;
    const isHeld = store.takeLease(LEASE, holder, LEASE_TTL_MS);
    this.#renewedAt = clock.now();
    if (isHeld && this.#term === undefined) {
      // The window that asked before may have been told to wait: the plans begin with what it stored.
      store.follow();
      this.#plans.clear();
      this.#term = new AbortController();
    }
    if (!isHeld && this.#term !== undefined) this.#endTerm();
  }

  #endTerm(): void {
    this.#term?.abort();
    this.#term = undefined;
    this.#inFlight.clear();
  }

  #pollDue(): void {
    const { sources, clock } = this.#options;
    for (const watched of sources()) {
      const { id } = watched.source;
      if (!this.#inFlight.has(id) && this.#plan(id).dueAt <= clock.now()) void this.#poll(watched);
    }
  }

  /** Everything that is in no penalty, once and from now on: what is being polled already is polled again after. */
  async #pollAll(): Promise<void> {
    const ask = async (watched: WatchedSource): Promise<void> => {
      const { id } = watched.source;
      const term = this.#term;
      await this.#inFlight.get(id);
      if (term === undefined || this.#term !== term) return;
      const now = this.#options.clock.now();
      const plan = afterRequest(this.#plan(id), now);
      this.#plans.set(id, plan);
      if (plan.dueAt <= now) await (this.#inFlight.get(id) ?? this.#poll(watched));
    };
    await Promise.all(this.#options.sources().map(ask));
  }

  #plan(id: string): Plan {
    const plan = this.#plans.get(id) ?? firstPlan(this.#options.store.statuses().get(id), this.#options.clock.now());
    this.#plans.set(id, plan);
    return plan;
  }

  #poll(watched: WatchedSource): Promise<void> {
    const term = this.#term;
    if (term === undefined) return Promise.resolve();
    const { id } = watched.source;
    const done = this.#whileBusy(() => this.#pollOnce(watched, term.signal)).finally(() => {
      if (this.#inFlight.get(id) === done) this.#inFlight.delete(id);
    });
    this.#inFlight.set(id, done);
    return done;
  }

  async #pollOnce(watched: WatchedSource, abort: AbortSignal): Promise<void> {
    const { store, clock, since, sources } = this.#options;
    const { source } = watched;
    const isOurs = (): boolean => !abort.aborted && sources().some((each) => each.source.id === source.id);
    try {
      const known = new Map([...store.signals()].filter(([, signal]) => this.#isFor(source, signal)));
      const context = { known, memory: store.memory(source.id), since: since(), clock, abort };
      const result = await pollSource(watched, context);
      this.#guard(() => {
        if (isOurs()) this.#succeeded(source, this.#withoutHeld(source, pollChange(source, result, context)), result);
      });
    } catch (error) {
      this.#guard(() => {
        if (isOurs()) this.#failed(source, asServiceError(error));
      });
    }
  }

  /**
   * Whether a source speaks for a signal. Peers (Alertmanagers that share their alerts) report the same ones: who did so
   * first goes on, and another takes over what that one has closed, or while it does not answer.
   */
  #isFor({ id, service }: Source, signal: Signal): boolean {
    if (signal.source === id) return true;
    const isFree =
      signal.state === 'closed' || this.#options.store.statuses().get(signal.source)?.failure !== undefined;
    return signal.service === service && isFree;
  }

  #withoutHeld(source: Source, change: PollChange): PollChange {
    const held = this.#options.store.signals();
    const changed = change.changed.filter(({ id }) => {
      const signal = held.get(id);
      return signal === undefined || this.#isFor(source, signal);
    });
    return { ...change, changed };
  }

  #succeeded(source: Source, change: PollChange, { skipped, pollAgainAt }: PollResult): void {
    const { store, clock, log } = this.#options;
    this.#plans.set(source.id, afterSuccess(source.service, clock.now(), pollAgainAt));
    const previous = store.statuses().get(source.id);
    if (previous?.failure !== undefined) log.info(`${source.id}: answers again`);
    if (previous?.skipped !== skipped.length) {
      for (const { place, problem } of skipped.slice(0, LOGGED_RECORDS)) {
        log.warn(`${source.id}: a record of ${place} was skipped: ${oneLine(problem, 200)}`);
      }
    }
    store.savePoll(change);
  }

  #failed(source: Source, error: ServiceError): void {
    const { store, clock, log, random } = this.#options;
    const now = clock.now();
    const { service } = source;
    const { reason, retryAt } = error;
    const message = oneLine(error.message, 300);
    const plan = afterFailure(this.#plan(source.id), { service, now, retryAt, random: random() });
    this.#plans.set(source.id, plan);
    const previous = store.statuses().get(source.id);
    const line = `${source.id}: ${reason}: ${message}; next try in ${Math.round((plan.dueAt - now) / 1000)} s`;
    const isNews = previous?.failure?.reason !== reason || previous.failure.message !== message;
    if (isNews) log.warn([line, stackOf(error)].join('\n').trimEnd());
    else log.debug(line);
    store.saveStatus(failedStatus(source, previous, { reason, message, retryAt: plan.dueAt }));
  }

  /** The wish of a person in another window. */
  async #answer(): Promise<void> {
    const { store } = this.#options;
    const at = store.wanted();
    this.#answering = true;
    await this.#pollAll();
    this.#answering = false;
    // A wish that came meanwhile is answered on the next tick.
    if (this.#term !== undefined && store.wanted() === at) this.#guard(() => store.setWanted(undefined));
  }

  /** Asks the asking window through the store, and waits until it has answered. */
  #askOther(): Promise<void> {
    const { store, clock } = this.#options;
    return this.#whileBusy(async () => {
      this.#guard(() => store.setWanted(clock.now()));
      const end = clock.now() + WISH_PATIENCE_MS;
      const isWaiting = (): boolean =>
        !this.#stopped.signal.aborted && clock.now() < end && store.wanted() !== undefined;
      while (isWaiting()) {
        await clock.delay(TICK_MS / 2, this.#stopped.signal);
        if (isWaiting()) this.#guard(() => store.follow());
      }
    });
  }

  async #whileBusy(work: () => Promise<void>): Promise<void> {
    this.#busy += 1;
    if (this.#busy === 1) this.#options.onBusy?.(true);
    try {
      await work();
    } finally {
      this.#busy -= 1;
      if (this.#busy === 0) this.#options.onBusy?.(false);
    }
  }

  /** A store that cannot be written now (a full disk, a lock) must not end the asking. */
  #guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      const complaint = `sync: ${error instanceof Error ? `${error.name}: ${error.message}` : 'unknown error'}`;
      if (complaint !== this.#complaint) this.#options.log.error(complaint);
      this.#complaint = complaint;
    }
  }
}
