import { isDeepStrictEqual } from 'node:util';
import { isStale } from '../core/approval.ts';
import type { Outcome, Proposal, StoredProposal, Write } from '../core/proposal.ts';
import type { ServiceName } from '../core/signal.ts';
import type { Clock } from '../services/clock.ts';
import { type Log, ServiceError, type WriteContext, type Writer } from '../services/service.ts';
import type { Store } from '../store/store.ts';
import { Pacing, type StoredPace } from './pacing.ts';
import {
  type Attempt,
  attemptOf,
  attemptsOf,
  doneBy,
  eventOf,
  heldBy,
  isRecorded,
  isTold,
  isToldTry,
  triesOf,
  undoneBy,
} from './record.ts';
import {
  begunBy,
  type FailedState,
  failedState,
  fillIn,
  heldOver,
  isFinished,
  isSending,
  issueOf,
  isUntried,
  putOffUntil,
  WAITING,
  withBegun,
  withState,
} from './steps.ts';

/** A service that has not answered a write for so long has lost it: it is looked for at the next try. */
const TIMEOUT_MS = 60_000;

export interface SendingPorts {
  readonly store: Store;
  readonly writers: readonly Writer[];
  readonly clock: Clock;
  readonly log: Log;
  /** While it is so nothing is sent, whoever asks: all that is submitted waits. */
  readonly dryRun: () => boolean;
}

/** Takes the steps of stored proposals outside, each when its service's turn comes, and records what became of them. */
export class Sending {
  readonly #ports: SendingPorts;
  readonly #pacings = new Map<ServiceName, Pacing>();

  constructor(ports: SendingPorts) {
    this.#ports = ports;
  }

  /** Whether a person has said, and lately enough, that a proposal may be sent. */
  maySend(id: string): boolean {
    const stored = this.#get(id);
    const { dryRun, clock } = this.#ports;
    return stored.approvedAt !== undefined && !dryRun() && !isStale(stored, clock.now());
  }

  /** Takes one step to `done` or `failed`; one that may not be sent (any more) stays as it is. */
  async apply(id: string, index: number): Promise<void> {
    const stored = this.#get(id);
    const step = stored.proposal.steps[index];
    const state = stored.states[index];
    if (step === undefined || state === undefined || state.status === 'done') return;
    const issue = issueOf(stored);
    const write = fillIn(step, issue);
    // What is not waiting may have reached the service, whatever came back; what is, cannot have, from here.
    const isOurs = !isUntried(state);
    const mayBeThere = isOurs || stored.proposal.kind === 'closeLoop';
    const found = mayBeThere ? await this.#find(stored, index, { write, issue }) : undefined;
    if (found === 'failed') return;
    if (found === undefined) await this.#send(stored, index, { write, issue });
    // What somebody else wrote is not ours to take back.
    else this.#done(stored, index, { outcome: isOurs ? found : { ...found, undo: [] }, result: 'found' });
  }

  /** Whether all that a proposal would write is there already, whoever wrote it. @throws {ServiceError} */
  async isOutside({ steps }: Proposal): Promise<boolean> {
    for (const write of steps) {
      const found = await this.#ask({ write, issue: undefined }, 'look', (writer, context) =>
        writer.find(write, context),
      );
      if (found === undefined) return false;
    }
    return true;
  }

  /**
   * Only looks for what a step may have left outside: it is `done`, `waiting`, or `failed` when nobody could tell. One whose
   * tries said what they were about to change may have come half-way, so it stays as it is unless it is done.
   */
  async look(id: string, index: number): Promise<void> {
    const stored = this.#get(id);
    const step = stored.proposal.steps[index];
    const state = stored.states[index];
    if (step === undefined || state === undefined || isUntried(state)) return;
    const issue = issueOf(stored);
    const found = await this.#find(stored, index, { write: fillIn(step, issue), issue });
    if (found === 'failed') return;
    if (found !== undefined) this.#done(stored, index, { outcome: found, result: 'found' });
    else if (begunBy(state).length === 0) this.#ports.store.saveProposal(withState(this.#get(id), index, WAITING));
  }

  async #find(stored: StoredProposal, index: number, step: Step): Promise<Outcome | 'failed' | undefined> {
    try {
      return await this.#ask(step, 'look', (writer, context) => writer.find(step.write, context));
    } catch (error) {
      this.#tryFailed(stored, index, failedState(error, 'look'), true);
      return 'failed';
    }
  }

  async #send(stored: StoredProposal, index: number, step: Step): Promise<void> {
    const { id } = stored.proposal;
    let outcome: Outcome;
    const turn = { hasCome: false };
    try {
      outcome = await this.#ask(step, 'write', (writer, context) => {
        // Asked once more after the wait for its turn, in which the machine may have slept.
        if (!this.maySend(id)) throw new HeldError();
        const earlier = begunBy(stored.states[index]);
        this.#sending(id, index, earlier);
        turn.hasCome = true;
        const begins = (undo: readonly Write[]): void => this.#sending(id, index, allOf(undo, earlier));
        return writer.apply(step.write, { ...context, begins });
      });
    } catch (error) {
      if (error instanceof HeldError) return;
      if (turn.hasCome) this.#tryFailed(stored, index, failedState(error, 'write'));
      else this.#putOff(stored, index, error);
      return;
    }
    // Outside the try: when the store fails now, the step stays `sending`, and is found at the next try.
    this.#done(stored, index, { outcome, result: 'done' });
  }

  #sending(id: string, index: number, undo: readonly Write[]): void {
    this.#ports.store.saveProposal(withState(this.#get(id), index, withBegun({ status: 'sending' }, undo)));
  }

  /** It did not come to a try. */
  #putOff(stored: StoredProposal, index: number, error: unknown): void {
    const state = failedState(error, 'write');
    const before = stored.states[index];
    const unsent = before !== undefined && isUntried(before);
    this.#failed(stored, index, unsent ? { ...state, unsent } : state);
  }

  /** Asks the writer of this step when it is its turn, for a minute at most. */
  async #ask<T>(
    { write, issue }: Step,
    kind: 'look' | 'write',
    request: (writer: Writer, context: WriteContext) => Promise<T>,
  ): Promise<T> {
    const writer = this.#ports.writers.find(({ types }) => types.includes(write.type));
    if (writer === undefined) throw new ServiceError('refused', `no service writes a ${write.type}`);
    return this.#pacingOf(writer).run(kind, async () => {
      const over = new AbortController();
      const tooLate = new AbortController();
      const late = this.#ports.clock.delay(TIMEOUT_MS, over.signal).then((): never => {
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
    const { store, clock } = this.#ports;
    const { proposal } = stored;
    const write = proposal.steps[index];
    const event = write && eventOf(proposal, write, outcome);
    const at = clock.now();
    if (event !== undefined && !isRecorded(store.journal(), event, proposal)) {
      store.append({ id: `${proposal.id}:${event.type}`, at, signalIds: proposal.signalIds, event });
    }
    const before = stored.states[index];
    const tries = before?.status === 'failed' && before.tries !== undefined ? { tries: before.tries + 1 } : {};
    this.#attempted(proposal, index, { result, url: outcome.url, reason: undefined, ...tries });
    // What an earlier try had changed already is not changed again, and is to be taken back all the same.
    const undo = allOf(outcome.undo, begunBy(before));
    const state = { status: 'done', outcome: { ...outcome, undo } } as const;
    const done = { ...withState(this.#get(proposal.id), index, state), sentAt: at };
    if (isFinished(done)) this.#finished(proposal, at);
    store.saveProposal(isFinished(done) ? done : heldOver(done, before));
  }

  #failed(stored: StoredProposal, index: number, state: FailedState): void {
    const { store, log } = this.#ports;
    const { proposal } = stored;
    log.warn(`outbox: ${proposal.steps[index]?.type}: ${state.reason}: ${state.message}`);
    const now = this.#get(proposal.id);
    store.saveProposal(withState(now, index, withBegun(state, begunBy(now.states[index]))));
  }

  /** One try more, which the journal tells of. */
  #tryFailed(stored: StoredProposal, index: number, state: FailedState, isLook = false): void {
    const { reason, message } = state;
    const tries = triesOf(stored.states[index], state);
    const counted = tries > 1 ? { tries } : {};
    const attempt = { result: 'failed', url: undefined, reason, message, ...counted } as const;
    if (isToldTry(tries)) this.#attempted(stored.proposal, index, isLook ? { ...attempt, isLook } : attempt);
    this.#failed(stored, index, { ...state, ...counted });
  }

  #finished(proposal: Proposal, at: number): void {
    const { store } = this.#ports;
    for (const entry of [heldBy(store.journal(), proposal, at), doneBy(proposal, store.signals(), at)])
      if (entry !== undefined && !store.journal().some(({ id }) => id === entry.id)) store.append(entry);
    for (const entry of undoneBy(store.journal(), proposal, at)) store.append(entry);
  }

  #attempted(proposal: Proposal, step: number, attempt: Attempt): void {
    const { store, clock } = this.#ports;
    const event = attemptOf(proposal, step, attempt);
    if (event === undefined) return;
    if (attempt.result !== 'failed' && isTold(store.journal(), proposal, step)) return;
    const at = clock.now();
    const id = `${proposal.id}#${step}.${attempt.result}.${at}`;
    store.append({ id, at, signalIds: proposal.signalIds, event });
  }

  #pacingOf({ service, types }: Writer): Pacing {
    const known = this.#pacings.get(service);
    if (known !== undefined) return known;
    const pacing = new Pacing(this.#ports.clock, () => this.#storedPace(types));
    this.#pacings.set(service, pacing);
    return pacing;
  }

  #storedPace(types: Writer['types']): StoredPace {
    const { store, clock } = this.#ports;
    const proposals = [...store.proposals().values()];
    // What was being sent when a window ended may have been counted as well.
    const open = proposals.filter((stored) => isSending(stored, types));
    const written = [...attemptsOf(store.journal(), types), ...open.map(() => clock.now())];
    return { written, notBefore: Math.max(0, ...proposals.map((stored) => putOffUntil(stored, types))) };
  }

  #get(id: string): StoredProposal {
    const { store } = this.#ports;
    // Another window may have taken its approval back while this one waited for an answer.
    store.follow();
    const stored = store.proposals().get(id);
    if (stored === undefined) throw new Error(`there is no proposal ${id}`);
    return stored;
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

/** Those of both, each once. */
function allOf(writes: readonly Write[], earlier: readonly Write[]): readonly Write[] {
  return [...writes, ...earlier.filter((write) => !writes.some((other) => isDeepStrictEqual(other, write)))];
}

/** Nobody has said, or not lately enough, that it may be sent: the step stays as it is. */
class HeldError extends Error {
  override readonly name = 'HeldError';
}
