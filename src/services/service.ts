import type { Conversation } from '../core/conversation.ts';
import type { CreatedIssue, Outcome, Write } from '../core/proposal.ts';
import type { ServiceName, Signal } from '../core/signal.ts';
import type { SourceEvents } from '../core/sourceEvent.ts';
import type { SourceFailure } from '../core/sourceStatus.ts';
import type { Watch } from '../core/team.ts';

/** A failure that a person can act on. `message` is for the log: no token, no body, no query string. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly reason: SourceFailure;
  /** When the service may be asked again, epoch ms. */
  readonly retryAt: number | undefined;

  constructor(reason: SourceFailure, message: string, options: ErrorOptions & { retryAt?: number | undefined } = {}) {
    super(message, options);
    this.reason = reason;
    this.retryAt = options.retryAt;
  }
}

/** What a service needs from the outside world; the host provides it, tests fake it. */
export interface ServicePorts {
  /** The token to use now, asked anew for each cycle and never kept; undefined when signed out. */
  readonly token: () => Promise<string | undefined>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly log: Log;
}

/** Lines for the output channel: never tokens, bodies, or addresses with query strings. */
export interface Log {
  debug(line: string): void;
  info(line: string): void;
  warn(line: string): void;
  error(line: string): void;
}

/** What a source remembers between polls (validators, cursors, resolved names): small JSON values by key. */
export interface Memory {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
  delete(key: string): void;
}

export interface PollRequest {
  /** The watch entries of this source's service, nothing else may be asked for. */
  readonly watch: readonly Watch[];
  /** Epoch ms: look back at least to here (the shift's start, at least two working days ago). */
  readonly since: number;
  /** The signals that this source reported last, by id, and those of a silent or done peer, which it may take over. */
  readonly known: ReadonlyMap<string, Signal>;
  readonly memory: Memory;
  readonly abort: AbortSignal;
}

export interface PollResult {
  /** Signals that are new or changed. */
  readonly changed: readonly Signal[];
  /** Ids of known signals that are no longer reported at all (label removed, out of the window). */
  readonly gone: readonly string[];
  /** Records that could not be read. */
  readonly skipped: readonly SkippedRecord[];
  /** Places that could not be read while the rest could: a channel the app is not in, a repository without access. */
  readonly failedPlaces: readonly FailedPlace[];
  /** The service's own wish for the next poll, epoch ms. */
  readonly pollAgainAt: number | undefined;
}

export interface SkippedRecord {
  readonly place: string;
  /** What is wrong with it, for the log. */
  readonly problem: string;
}

export interface FailedPlace {
  readonly place: string;
  readonly reason: SourceFailure;
  /** For the log and the row's tooltip. */
  readonly message: string;
}

/** Who the token belongs to. */
export interface Account {
  /** GitHub login or Slack user id. */
  readonly id: string;
  readonly name: string;
}

/** One remote system that is read. Never sees `vscode`. */
export interface Source {
  /** `github`, `slack`, `alertmanager:http://127.0.0.1:9093`. */
  readonly id: string;
  readonly service: ServiceName;
  /** @throws {ServiceError} when nothing of it could be read. */
  poll(request: PollRequest): Promise<PollResult>;
  /** The whole of a signal, read now. @throws {ServiceError} */
  readConversation(signal: Signal, abort: AbortSignal): Promise<Conversation>;
  /** What was done to a signal, read now; missing where the conversation tells all that the service knows. @throws {ServiceError} */
  readEvents?(signal: Signal, abort: AbortSignal): Promise<SourceEvents>;
  /** Undefined where the service knows no accounts. @throws {ServiceError} */
  account(abort: AbortSignal): Promise<Account | undefined>;
}

/** Called by the outbox alone. */
export interface Writer {
  readonly service: ServiceName;
  readonly types: readonly Write['type'][];
  /** Looks outside for an earlier success of this write. @throws {ServiceError} */
  find(write: Write, context: WriteContext): Promise<Outcome | undefined>;
  /** Writes once; the client's own retries are off. @throws {ServiceError} `refused`, `forbidden`, `notFound` are permanent. */
  apply(write: Write, context: WriteContext): Promise<Outcome>;
}

export interface WriteContext {
  /** The issue that an earlier step of the same proposal created or planned. */
  readonly issue: CreatedIssue | undefined;
  readonly abort: AbortSignal;
  /**
   * A write that changes only what is not so already says first what will take that back: when its reply is lost, the
   * next try finds nothing left to change, and could not tell any more.
   */
  readonly begins?: ((undo: readonly Write[]) => void) | undefined;
}
