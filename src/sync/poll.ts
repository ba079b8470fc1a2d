import type { Signal } from '../core/signal.ts';
import type { SourceStatus } from '../core/sourceStatus.ts';
import type { Watch } from '../core/team.ts';
import type { Clock } from '../services/clock.ts';
import { type Memory, type PollResult, ServiceError, type Source } from '../services/service.ts';
import type { PollChange } from '../store/store.ts';

/** A source that has not answered for so long is given up until its next turn. */
const TIMEOUT_MS = 60_000;

/** A source and the watch entries that are its own. */
export interface WatchedSource {
  readonly source: Source;
  readonly watch: readonly Watch[];
}

export interface PollContext {
  readonly known: ReadonlyMap<string, Signal>;
  readonly memory: Memory;
  readonly since: number;
  readonly clock: Clock;
  /** Ends the poll early; what it then answers is of no use. */
  readonly abort: AbortSignal;
}

/**
 * Asks one source once, for a minute at most, whether or not it heeds its abort signal.
 * @throws what the source throws; {@link ServiceError} `offline` when it does not answer.
 */
export async function pollSource({ source, watch }: WatchedSource, context: PollContext): Promise<PollResult> {
  const { known, memory, since, clock } = context;
  const over = new AbortController();
  const abort = AbortSignal.any([context.abort, over.signal]);
  const late = clock.delay(TIMEOUT_MS, abort).then((): never => {
    throw new ServiceError('offline', `${source.id} did not answer in ${TIMEOUT_MS / 1000} s`);
  });
  try {
    return await Promise.race([source.poll({ watch, since, known, memory, abort }), late]);
  } finally {
    late.catch(() => undefined);
    over.abort();
  }
}

/** What a good answer changes in the store. Signals that closed before `since` are dropped, and not taken in again. */
export function pollChange(
  source: Source,
  result: PollResult,
  context: Pick<PollContext, 'known' | 'since' | 'clock'>,
): PollChange {
  const { known, since, clock } = context;
  const isOver = (signal: Signal): boolean => signal.state === 'closed' && signal.updatedAt < since;
  const changed = result.changed.filter((signal) => !isOver(signal));
  const news = new Map(result.changed.map((signal) => [signal.id, signal]));
  const over = [...known.values()].map((signal) => news.get(signal.id) ?? signal).filter(isOver);
  return {
    source: source.id,
    changed,
    gone: [...new Set([...result.gone, ...over.map((signal) => signal.id)])],
    status: {
      id: source.id,
      service: source.service,
      okAt: clock.now(),
      failure: undefined,
      skipped: result.skipped.length,
      failedPlaces: result.failedPlaces,
    },
  };
}

/** The status of a source that could not be read: what was known of it stays, with its age. */
export function failedStatus(
  source: Source,
  previous: SourceStatus | undefined,
  failure: NonNullable<SourceStatus['failure']>,
): SourceStatus {
  return {
    id: source.id,
    service: source.service,
    okAt: previous?.okAt,
    failure,
    skipped: previous?.skipped ?? 0,
    failedPlaces: previous?.failedPlaces ?? [],
  };
}

/** Every failure as one that has a reason; what is no {@link ServiceError} is a mistake of ours in reading the answer. */
export function asServiceError(error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  // Not the message: a parser's may quote the answer's body.
  return new ServiceError('badResponse', error instanceof Error ? error.name : 'unknown error', { cause: error });
}

/** Where an unexpected error came from, for the log: its stack without its message. */
export function stackOf(error: ServiceError): string {
  const stack = error.cause instanceof Error ? (error.cause.stack ?? '') : '';
  const frames = stack.split('\n').filter((line) => /^\s+at /u.test(line));
  return frames.slice(0, 4).join('\n');
}
