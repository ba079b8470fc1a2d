import type { ServiceName } from './signal.ts';

/** `offline`: no answer came; `serverError`: the answer was a fault on the service's side; `badResponse`: nobody can read it. */
export const SOURCE_FAILURES = [
  'unauthenticated',
  'forbidden',
  'notFound',
  'rateLimited',
  'offline',
  'serverError',
  'badResponse',
  'refused',
] as const;

/** Why a service could not be read or written; the host turns it into words and a remedy. */
export type SourceFailure = (typeof SOURCE_FAILURES)[number];

/** What ends by itself, so that trying again later needs nobody. */
export function passes(reason: SourceFailure): boolean {
  return reason === 'rateLimited' || mayHaveArrived(reason);
}

/** Whether a write that failed so may have been done all the same. */
export function mayHaveArrived(reason: SourceFailure): boolean {
  return reason === 'offline' || reason === 'serverError';
}

/** How one source is doing; times are epoch milliseconds. Stored beside the signals, painted as the source's row. */
export interface SourceStatus {
  readonly id: string;
  readonly service: ServiceName;
  /** When it last answered well; undefined when never. */
  readonly okAt: number | undefined;
  readonly failure: { readonly reason: SourceFailure; readonly message: string; readonly retryAt: number } | undefined;
  readonly skipped: number;
  readonly failedPlaces: readonly {
    readonly place: string;
    readonly reason: SourceFailure;
    readonly message: string;
  }[];
}

/** Whether a source has something to tell: it failed, or did not read all. */
export function hasTrouble({ failure, failedPlaces, skipped }: SourceStatus): boolean {
  return failure !== undefined || failedPlaces.length > 0 || skipped > 0;
}
