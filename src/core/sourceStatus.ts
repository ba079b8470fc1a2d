import type { ServiceName } from './signal.ts';

/** Why a service could not be read or written; the host turns it into words and a remedy. */
export type SourceFailure =
  | 'unauthenticated'
  | 'forbidden'
  | 'notFound'
  | 'rateLimited'
  | 'offline'
  | 'badResponse'
  | 'refused';

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
