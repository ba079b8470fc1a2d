import * as z from 'zod/mini';
import type { Memory } from '../service.ts';
import { ServiceError } from '../service.ts';
import { type AlertQuery, getSilences } from './client.ts';
import { type Alert, parseSilences, type Silence } from './wire.ts';

const KEY = 'silences';
const storedShape = z.array(z.object({ id: z.string(), endsAt: z.number(), createdBy: z.string() }));

/**
 * The silences that hold the alerts, by id. They are asked for when one is new, or should have ended and has not; those
 * that cannot be read are left out, and asked for the next time.
 */
export async function readSilences(
  alerts: readonly Alert[],
  memory: Memory,
  query: Omit<AlertQuery, 'matchers'>,
): Promise<ReadonlyMap<string, Silence>> {
  const wanted = new Set(alerts.flatMap(({ suppressed, silencedBy }) => (suppressed ? silencedBy : [])));
  const stored = storedShape.safeParse(memory.get(KEY)).data ?? [];
  const known = stored.filter(({ id, endsAt }) => wanted.has(id) && endsAt > query.now);
  const silences = known.length === wanted.size ? known : [...((await ask(wanted, query)) ?? known)];
  const changed = JSON.stringify(silences) !== JSON.stringify(stored);
  if (changed && silences.length === 0) memory.delete(KEY);
  else if (changed) memory.set(KEY, silences);
  return new Map(silences.map((silence) => [silence.id, silence]));
}

async function ask(
  wanted: ReadonlySet<string>,
  query: Omit<AlertQuery, 'matchers'>,
): Promise<readonly Silence[] | undefined> {
  try {
    return parseSilences(await getSilences(query), wanted);
  } catch (error) {
    // The alerts are there all the same.
    if (error instanceof ServiceError) return undefined;
    throw error;
  }
}
