import type { Conversation } from '../../core/conversation.ts';
import type { Signal } from '../../core/signal.ts';
import type { AlertmanagerWatch } from '../../core/team.ts';
import { safeUrl } from '../../core/url.ts';
import { sameSignal } from '../sameSignal.ts';
import {
  type FailedPlace,
  type PollRequest,
  type PollResult,
  ServiceError,
  type ServicePorts,
  type SkippedRecord,
  type Source,
} from '../service.ts';
import { matcher, PLACE, toClosed, toMarkdown, toSignal } from './alertSignal.ts';
import { getAlerts } from './client.ts';
import { readSilences } from './silences.ts';
import { type Alert, parseAlerts } from './wire.ts';

/** What one Alertmanager is asked with. */
export type AlertmanagerPorts = ServicePorts & {
  /** Origin and path prefix, without a trailing slash. */
  readonly url: string;
};

/** The source of one Alertmanager's alerts; its id is `alertmanager:<url>`. */
export function createAlertmanagerSource(ports: AlertmanagerPorts): Source {
  const id = `alertmanager:${ports.url}`;
  return {
    id,
    service: 'alertmanager',
    poll: (request) => poll(id, ports, request),
    readConversation: (signal, abort) => readConversation(ports, signal, abort),
    account: () => Promise.resolve(undefined),
  };
}

/** The answers of all watch entries together. */
interface Listing {
  readonly alerts: Map<string, { readonly alert: Alert; readonly watchIds: string[] }>;
  readonly skipped: SkippedRecord[];
  readonly failed: FailedPlace[];
  /** The watch entries that did not answer: what only they report is not gone. */
  readonly silent: Set<string>;
}

async function poll(source: string, ports: AlertmanagerPorts, request: PollRequest): Promise<PollResult> {
  const listing = await list(ports, request);
  const now = ports.now();
  const changed: Signal[] = [];
  const alerts = [...listing.alerts.values()].map(({ alert }) => alert);
  const silences = await readSilences(alerts, request.memory, { url: ports.url, now, abort: request.abort });
  for (const { alert, watchIds } of listing.alerts.values()) {
    const key = `announced:${alert.fingerprint}`;
    const announced = request.memory.get(key);
    const signal = toSignal({
      alert,
      watchIds,
      silences: alert.silencedBy.map((each) => silences.get(each)).filter((each) => each !== undefined),
      known: request.known.get(`alertmanager:${alert.fingerprint}`),
      announcedStart: typeof announced === 'number' ? announced : undefined,
      source,
      url: ports.url,
      now,
    });
    if (alert.startsAt > now && announced !== alert.startsAt) request.memory.set(key, alert.startsAt);
    if (!sameSignal(request.known.get(signal.id), signal)) changed.push(signal);
  }
  const own = [...request.known.values()].filter((signal) => signal.source === source);
  const rest = unlisted(listing, { ...request, own }, now);
  return {
    changed: [...changed, ...rest.closed],
    gone: rest.gone,
    skipped: listing.skipped,
    failedPlaces: listing.failed,
    pollAgainAt: undefined,
  };
}

async function list(ports: AlertmanagerPorts, request: PollRequest): Promise<Listing> {
  if (safeUrl(ports.url) === undefined) throw new ServiceError('refused', 'the address is no http(s) address');
  const listing: Listing = { alerts: new Map(), skipped: [], failed: [], silent: new Set() };
  const watch = entriesOf(request, ports.url);
  let failure: ServiceError | undefined;
  for (const entry of watch) {
    try {
      await listEntry(ports, entry, { listing, abort: request.abort });
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      failure = error;
      listing.silent.add(entry.id);
      listing.failed.push({ place: entry.matchers.join(', '), reason: error.reason, message: error.message });
      // Nothing more to learn from a server that does not answer.
      if (error.reason === 'offline' || error.reason === 'rateLimited') throw error;
    }
  }
  if (failure !== undefined && listing.silent.size === watch.length) throw failure;
  return listing;
}

function entriesOf({ watch }: PollRequest, url: string): readonly AlertmanagerWatch[] {
  return watch.filter((entry): entry is AlertmanagerWatch => entry.service === 'alertmanager' && entry.url === url);
}

async function listEntry(
  ports: AlertmanagerPorts,
  entry: AlertmanagerWatch,
  into: { readonly listing: Listing; readonly abort: AbortSignal },
): Promise<void> {
  const { listing, abort } = into;
  const { alerts, skipped } = parseAlerts(
    await getAlerts({ url: ports.url, matchers: entry.matchers, now: ports.now(), abort }),
  );
  listing.skipped.push(...skipped);
  for (const alert of alerts) {
    const seen = listing.alerts.get(alert.fingerprint);
    if (seen === undefined) listing.alerts.set(alert.fingerprint, { alert, watchIds: [entry.id] });
    else seen.watchIds.push(entry.id);
  }
}

/** Resolved alerts leave the list at once; they are told as closed for the window, then forgotten. */
function unlisted(
  listing: Listing,
  request: PollRequest & { readonly own: readonly Signal[] },
  now: number,
): { closed: readonly Signal[]; gone: readonly string[] } {
  const { own, since, memory } = request;
  const watched = new Set(request.watch.map(({ id }) => id));
  const closed: Signal[] = [];
  const gone: string[] = [];
  for (const signal of own) {
    const fingerprint = signal.id.slice('alertmanager:'.length);
    if (listing.alerts.has(fingerprint) || signal.watchIds.some((id) => listing.silent.has(id))) continue;
    const after = toClosed(signal, now);
    if (after.updatedAt < since || !signal.watchIds.some((id) => watched.has(id))) {
      gone.push(signal.id);
      memory.delete(`announced:${fingerprint}`);
    } else if (after !== signal) closed.push(after);
  }
  return { closed, gone };
}

async function readConversation(ports: AlertmanagerPorts, signal: Signal, abort: AbortSignal): Promise<Conversation> {
  const alert = await findAlert(ports, signal, abort);
  const markdown = toMarkdown(alert ?? { labels: labelsOf(signal), annotations: new Map([['text', signal.excerpt]]) });
  const author = { id: 'alertmanager', name: PLACE, isBot: true };
  return { messages: [{ author, at: signal.startedAt, markdown, url: signal.url }], skipped: 0 };
}

async function findAlert(ports: AlertmanagerPorts, signal: Signal, abort: AbortSignal): Promise<Alert | undefined> {
  const name = labelsOf(signal).get('alertname');
  const matchers = name === undefined ? [] : [matcher('alertname', name)];
  const { alerts } = parseAlerts(await getAlerts({ url: ports.url, matchers, now: ports.now(), abort }));
  return alerts.find((alert) => signal.id === `alertmanager:${alert.fingerprint}`);
}

/** Label names hold no colon. */
function labelsOf({ labels }: Signal): ReadonlyMap<string, string> {
  return new Map(labels.map((label) => [label.slice(0, label.indexOf(':')), label.slice(label.indexOf(':') + 1)]));
}
