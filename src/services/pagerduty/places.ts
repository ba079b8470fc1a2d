import * as z from 'zod/mini';
import type { PagerDutyWatch } from '../../core/team.ts';
import { type FailedPlace, type PollRequest, ServiceError } from '../service.ts';
import type { PagerDutyApi } from './client.ts';
import { parsePlace } from './wire.ts';

/** A service is renamed, and joins or leaves a policy, so seldom. */
const KEEP_MS = 10 * 60_000;
const storedShape = z.object({ at: z.number(), services: z.array(z.string()) });

/** A watched service or escalation policy that is there. */
export interface WatchedPlace {
  readonly watch: PagerDutyWatch;
  /** The ids of the services whose incidents may be its own. */
  readonly services: readonly string[];
}

export interface Places {
  readonly found: readonly WatchedPlace[];
  readonly failed: readonly (FailedPlace & { readonly watchId: string })[];
}

/**
 * Looks up what is watched. The list of incidents knows no escalation policy as a filter: a policy's incidents are looked
 * for among those of its services. @throws {ServiceError} when not one of them can be read
 */
export async function readPlaces(
  api: PagerDutyApi,
  { watch, memory }: Pick<PollRequest, 'watch' | 'memory'>,
  now: number,
): Promise<Places> {
  const found: WatchedPlace[] = [];
  const failed: Places['failed'][number][] = [];
  let failure: ServiceError | undefined;
  for (const entry of watch) {
    if (entry.service !== 'pagerduty') continue;
    const key = `place:${entry.id}`;
    const stored = storedShape.safeParse(memory.get(key)).data;
    if (stored !== undefined && now >= stored.at && now - stored.at < KEEP_MS) {
      found.push({ watch: entry, services: stored.services });
      continue;
    }
    try {
      const services = await readServices(api, entry);
      memory.set(key, { at: now, services });
      found.push({ watch: entry, services });
    } catch (error) {
      failure = survivable(error);
      failed.push({ watchId: entry.id, place: placeOf(entry), reason: failure.reason, message: failure.message });
    }
  }
  if (found.length === 0 && failure !== undefined) throw failure;
  return { found, failed };
}

/** A place's name in its row, as `placeName` has it. */
function placeOf({ name, pagerdutyId }: PagerDutyWatch): string {
  return name ?? pagerdutyId;
}

async function readServices(api: PagerDutyApi, { by, pagerdutyId }: PagerDutyWatch): Promise<readonly string[]> {
  if (by === 'service') return [parsePlace(await api.get(`/services/${pagerdutyId}`), 'service').id];
  return parsePlace(await api.get(`/escalation_policies/${pagerdutyId}`), 'escalation_policy').services;
}

/** What is not there, or not ours to read, is a place's own trouble; anything else is PagerDuty's. */
function survivable(error: unknown): ServiceError {
  if (error instanceof ServiceError && (error.reason === 'notFound' || error.reason === 'forbidden')) return error;
  throw error;
}
