import type { ServiceName } from '../core/signal.ts';
import { passes, type SourceStatus } from '../core/sourceStatus.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const LONGEST_BACKOFF_MS = 10 * MINUTE;
/** No wish of a service, and no damaged clock of one, keeps a source silent for longer. */
const LONGEST_WISH_MS = 60 * MINUTE;
const LONGEST_PENALTY_MS = 24 * 60 * MINUTE;

const INTERVAL_MS: Readonly<Record<ServiceName, number>> = {
  github: MINUTE,
  slack: MINUTE,
  alertmanager: 30 * SECOND,
  pagerduty: 30 * SECOND,
  feed: MINUTE,
  extension: MINUTE,
};

/** When a source is asked next; times are epoch milliseconds. */
export interface Plan {
  readonly dueAt: number;
  /** In a row, since the last good answer. */
  readonly failures: number;
  /** The service's own word: not before this, whoever asks. */
  readonly penaltyUntil: number;
}

/** The plan of a window that begins to ask: at once, except where the last window was told to wait or could not get through. */
export function firstPlan(status: SourceStatus | undefined, now: number): Plan {
  const failure = status?.failure;
  const isPenalty = failure?.reason === 'rateLimited';
  if (failure === undefined || !passes(failure.reason)) return { dueAt: now, failures: 0, penaltyUntil: 0 };
  const longest = isPenalty ? LONGEST_PENALTY_MS : LONGEST_BACKOFF_MS;
  const retryAt = Math.min(failure.retryAt, now + longest);
  return { dueAt: Math.max(now, retryAt), failures: 1, penaltyUntil: isPenalty ? retryAt : 0 };
}

/** `pollAgainAt` is the service's wish, e.g. GitHub's `X-Poll-Interval`; it can only make the wait longer. */
export function afterSuccess(service: ServiceName, now: number, pollAgainAt: number | undefined): Plan {
  const wish = Math.min(pollAgainAt ?? 0, now + LONGEST_WISH_MS);
  return { dueAt: Math.max(now + INTERVAL_MS[service], wish), failures: 0, penaltyUntil: 0 };
}

/**
 * Waits twice as long after each failure in a row, at most ten minutes; `random` (0 up to 1) spreads the windows of a
 * team that all failed at one moment. A `retryAt` of the service is a penalty and is never shortened.
 */
export function afterFailure(
  plan: Plan,
  failure: {
    readonly service: ServiceName;
    readonly now: number;
    readonly retryAt: number | undefined;
    readonly random: number;
  },
): Plan {
  const { service, now, retryAt, random } = failure;
  const longest = Math.min(LONGEST_BACKOFF_MS, INTERVAL_MS[service] * 2 ** plan.failures);
  const dueAt = now + longest * (0.75 + 0.25 * random);
  const penaltyUntil = retryAt === undefined ? 0 : Math.min(retryAt, now + LONGEST_PENALTY_MS);
  return { dueAt: Math.max(dueAt, penaltyUntil), failures: plan.failures + 1, penaltyUntil };
}

/** A person asks: at once, or as soon as the penalty ends. */
export function afterRequest(plan: Plan, now: number): Plan {
  return { ...plan, dueAt: Math.max(now, plan.penaltyUntil) };
}
