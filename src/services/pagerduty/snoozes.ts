import * as z from 'zod/mini';
import { type Memory, ServiceError } from '../service.ts';
import type { PagerDutyApi } from './client.ts';
import { type Incident, parseLog } from './wire.ts';

const storedShape = z.object({ at: z.number(), isSnoozed: z.boolean() });

/**
 * Until when an incident is snoozed, epoch ms. An acknowledgement that times out looks the same in the incident itself:
 * only the log says whether somebody snoozed it after it was last acknowledged. It is read once for each end.
 * Source: `GET /incidents/{id}/log_entries`, newest first.
 */
export async function readSnooze(
  api: PagerDutyApi,
  { id, status, triggersAgainAt: at }: Incident,
  memory: Memory,
): Promise<number | undefined> {
  const key = `snooze:${id}`;
  const stored = storedShape.safeParse(memory.get(key)).data;
  if (status !== 'acknowledged' || at === undefined) {
    if (stored !== undefined) memory.delete(key);
    return undefined;
  }
  if (stored?.at === at) return stored.isSnoozed ? at : undefined;
  const isSnoozed = await wasSnoozed(api, id);
  if (isSnoozed !== undefined) memory.set(key, { at, isSnoozed });
  return isSnoozed === true ? at : undefined;
}

/** Undefined when the log cannot be read: the incident is there all the same. */
async function wasSnoozed(api: PagerDutyApi, id: string): Promise<boolean | undefined> {
  try {
    const { records } = parseLog(await api.get(`/incidents/${id}/log_entries`, { limit: '50' }));
    const last = records
      .filter(({ type }) => type === 'snooze_log_entry' || type === 'acknowledge_log_entry')
      .toSorted((a, b) => b.at - a.at)[0];
    return last?.type === 'snooze_log_entry';
  } catch (error) {
    if (error instanceof ServiceError && error.reason !== 'unauthenticated' && error.reason !== 'rateLimited')
      return undefined;
    throw error;
  }
}
