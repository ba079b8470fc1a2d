import type { Conversation } from '../../core/conversation.ts';
import type { Signal } from '../../core/signal.ts';
import { sameSignal } from '../sameSignal.ts';
import { type PollRequest, type PollResult, ServiceError, type SkippedRecord, type Source } from '../service.ts';
import { readAccount } from './account.ts';
import { openPagerDuty, type PagerDutyApi, type PagerDutyPorts, type Query } from './client.ts';
import { readConversation } from './conversation.ts';
import { toSignal } from './incidentSignal.ts';
import { readPages } from './pages.ts';
import { type Places, readPlaces } from './places.ts';
import { readSnooze } from './snoozes.ts';
import { type Incident, parseIncident, parseIncidents } from './wire.ts';

/** Incidents that left the lists are read one by one; the rest of them has its turn at the next poll. */
const MAX_LEFT = 20;

/** The incidents of watched services and escalation policies. */
export function createPagerDutySource(ports: PagerDutyPorts): Source {
  return {
    id: 'pagerduty',
    service: 'pagerduty',
    poll: async (request) => poll(await openPagerDuty(ports, request.abort), request, ports.now()),
    readConversation: async (signal, abort): Promise<Conversation> =>
      readConversation(await openPagerDuty(ports, abort), signal),
    account: async (abort) => {
      const user = await readAccount(await openPagerDuty(ports, abort), ports.email);
      return user && { id: user.id, name: user.name };
    },
  };
}

async function poll(api: PagerDutyApi, request: PollRequest, now: number): Promise<PollResult> {
  const places = await readPlaces(api, request, now);
  const services = [...new Set(places.found.flatMap((place) => place.services))].sort();
  const listing = await readIncidents(api, services, request.since);
  const own = [...request.known.values()].filter(({ source }) => source === 'pagerduty');
  const left = await readLeft(api, { request, places, own, listing });
  const changed: Signal[] = [];
  const gone: string[] = [...left.gone];
  for (const incident of [...listing.incidents.values(), ...left.incidents]) {
    const watchIds = watchIdsOf(incident, places);
    const known = request.known.get(`pagerduty:${incident.id}`);
    if (watchIds.length === 0) {
      if (known !== undefined) gone.push(known.id);
      continue;
    }
    // What also belongs to a place that was not read now still belongs to it.
    const unread = known?.watchIds.filter((id) => places.failed.some(({ watchId }) => watchId === id)) ?? [];
    const signal = toSignal(incident, [...watchIds, ...unread], await readSnooze(api, incident, request.memory));
    if (!sameSignal(known, signal)) changed.push(signal);
  }
  return {
    changed,
    gone,
    skipped: listing.skipped,
    failedPlaces: places.failed.map(({ place, reason, message }) => ({ place, reason, message })),
    pollAgainAt: undefined,
  };
}

interface Incidents {
  readonly incidents: ReadonlyMap<string, Incident>;
  readonly skipped: readonly SkippedRecord[];
}

/**
 * What is open, however old, and what began since and is resolved. A list that names no service would be the account's.
 * Source: `GET /incidents`; without `date_range=all` it ends a month ago.
 */
async function readIncidents(api: PagerDutyApi, services: readonly string[], since: number): Promise<Incidents> {
  if (services.length === 0) return { incidents: new Map(), skipped: [] };
  const list = (query: Query): ReturnType<typeof readPages<Incident>> =>
    readPages(api, { path: '/incidents', query: { 'service_ids[]': services, ...query } }, parseIncidents);
  const resolved = await list({ 'statuses[]': ['resolved'], since: new Date(since).toISOString() });
  // After the others: one that is resolved meanwhile is in neither list, and read by itself.
  const open = await list({ 'statuses[]': ['triggered', 'acknowledged'], date_range: 'all' });
  const both = [...resolved.records, ...open.records];
  return {
    // PagerDuty's own filter is not trusted with whose incidents are shown.
    incidents: new Map(both.filter(({ service }) => services.includes(service.id)).map((each) => [each.id, each])),
    skipped: [...resolved.skipped, ...open.skipped],
  };
}

interface LeftInput {
  readonly request: PollRequest;
  readonly places: Places;
  readonly own: readonly Signal[];
  readonly listing: Incidents;
}

/** Known incidents that no list holds any more: resolved though they began long ago, moved elsewhere, or deleted. */
async function readLeft(
  api: PagerDutyApi,
  { request, places, own, listing }: LeftInput,
): Promise<{ readonly incidents: readonly Incident[]; readonly gone: readonly string[] }> {
  const gone: string[] = [];
  const incidents: Incident[] = [];
  const watched = new Set(request.watch.map(({ id }) => id));
  const failed = new Set(places.failed.map(({ watchId }) => watchId));
  const unlisted = own.filter(({ id }) => !listing.incidents.has(nativeId(id)));
  const isUnread = ({ watchIds }: Signal): boolean => watchIds.some((id) => failed.has(id));
  const left: Signal[] = [];
  for (const signal of unlisted) {
    if (!signal.watchIds.some((id) => watched.has(id))) gone.push(signal.id);
    else if (signal.state === 'closed') gone.push(...(signal.updatedAt < request.since ? [signal.id] : []));
    else if (!isUnread(signal)) left.push(signal);
  }
  for (const signal of left.slice(0, MAX_LEFT)) {
    const incident = await readIncident(api, nativeId(signal.id));
    if (incident === undefined) gone.push(signal.id);
    else incidents.push(incident);
  }
  return { incidents, gone };
}

/** Undefined when PagerDuty has it no more. */
async function readIncident(api: PagerDutyApi, id: string): Promise<Incident | undefined> {
  try {
    return parseIncident(await api.get(`/incidents/${id}`));
  } catch (error) {
    if (error instanceof ServiceError && error.reason === 'notFound') return undefined;
    throw error;
  }
}

function watchIdsOf({ service, policy }: Incident, { found }: Places): readonly string[] {
  return found
    .filter(({ watch }) => watch.pagerdutyId === (watch.by === 'service' ? service.id : policy))
    .map(({ watch }) => watch.id);
}

function nativeId(signalId: string): string {
  return signalId.slice('pagerduty:'.length);
}
