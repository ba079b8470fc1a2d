import { alertName } from '../../core/alertName.ts';
import { oneLine, plainText } from '../../core/plainText.ts';
import { EXCERPT_LENGTH, type Signal, type SignalLink, type SignalState, signalId } from '../../core/signal.ts';
import { findUrls, safeUrl } from '../../core/url.ts';
import type { Alert, Silence } from './wire.ts';

export const PLACE = 'Alertmanager';
const TEXT_ANNOTATIONS = ['description', 'message'] as const;
const TEXT_LIMIT = 20_000;

/** What the answers said of one alert, and what was known of it. */
export interface AlertSighting {
  readonly alert: Alert;
  readonly watchIds: readonly string[];
  /** Those that hold it. */
  readonly silences: readonly Silence[];
  readonly known: Signal | undefined;
  /** The start, still to come when it was last seen, that is not a repeat when it arrives. */
  readonly announcedStart: number | undefined;
  /** The source's id and its Alertmanager's address. */
  readonly source: string;
  readonly url: string;
  readonly now: number;
}

/** The signal of an alert. Repeats of a fingerprint stay one signal and raise its count. */
export function toSignal(sighting: AlertSighting): Signal {
  const { alert, known, now } = sighting;
  const state = stateOf(alert, now);
  const silences = state === 'quiet' ? sighting.silences : [];
  const repeated = known !== undefined && isRepeat(sighting, known, state);
  // A start in the future would be a negative age, and moving with the clock it would never stop changing.
  const startedAt = alert.startsAt > now || isAnnounced(sighting) ? (known?.startedAt ?? now) : alert.startsAt;
  return {
    ...description(sighting),
    state,
    startedAt: repeated ? Math.min(alert.startsAt, now) : startedAt,
    updatedAt: updatedAt(sighting, state, repeated),
    count: (known?.count ?? 1) + (repeated ? 1 : 0),
    takenBy: [...new Set(silences.map(({ createdBy }) => createdBy).filter(Boolean))].sort(),
    quietUntil: silences.length === 0 ? undefined : Math.max(...silences.map(({ endsAt }) => endsAt)),
  };
}

/** The same signal when its alert is no longer listed. */
export function toClosed(signal: Signal, now: number): Signal {
  return signal.state === 'closed' ? signal : { ...signal, state: 'closed', updatedAt: now, quietUntil: undefined };
}

/** Labels and annotations as a Markdown list that nobody is pinged by. */
export function toMarkdown(alert: Pick<Alert, 'labels' | 'annotations'>): string {
  return [section('Labels', alert.labels), section('Annotations', alert.annotations)].filter(Boolean).join('\n\n');
}

function stateOf(alert: Alert, now: number): SignalState {
  if (alert.endsAt !== undefined && alert.endsAt <= now) return 'closed';
  return alert.suppressed ? 'quiet' : 'open';
}

function isRepeat(sighting: AlertSighting, known: Signal, state: SignalState): boolean {
  if (state === 'closed') return false;
  if (known.state === 'closed') return true;
  const { alert, now } = sighting;
  return alert.startsAt <= now && alert.startsAt !== known.startedAt && !isAnnounced(sighting);
}

function isAnnounced({ alert, announcedStart }: AlertSighting): boolean {
  return alert.startsAt === announcedStart;
}

/** Alertmanager's own `updatedAt` moves whenever Prometheus repeats itself, so it says nothing: state changes do. */
function updatedAt({ alert, known, now }: AlertSighting, state: SignalState, repeated: boolean): number {
  if (state === 'closed') return known?.state === 'closed' ? known.updatedAt : Math.min(alert.endsAt ?? now, now);
  if (known === undefined || repeated) return Math.min(alert.startsAt, now);
  return known.state === state ? known.updatedAt : now;
}

type Description = Omit<Signal, 'state' | 'startedAt' | 'updatedAt' | 'count' | 'takenBy' | 'quietUntil'>;

function description({ alert, watchIds, source, url }: AlertSighting): Description {
  return {
    id: signalId('alertmanager', alert.fingerprint),
    service: 'alertmanager',
    source,
    kind: 'alert',
    title: title(alert),
    excerpt: plainText(textOf(alert), EXCERPT_LENGTH),
    url: safeUrl(alert.generatorUrl) ?? pageOf(alert, url),
    place: PLACE,
    watchIds: [...new Set(watchIds)].sort(),
    reasons: ['alert'],
    author: undefined,
    assignees: [],
    labels: Array.from(alert.labels, ([name, value]) => `${oneLine(name, 60)}:${oneLine(value, 120)}`),
    replies: 0,
    // Generator addresses differ in their query alone, which is no part of a name: all alerts would be one item.
    names: [alertName(alert.labels)].filter((name) => name !== undefined),
    mentions: mentionsOf(alert),
    markers: [],
    links: linksOf(alert),
    voices: [],
  };
}

function title({ labels, annotations, fingerprint }: Alert): string {
  const summary = oneLine(annotations.get('summary') ?? '', 200);
  if (summary !== '') return summary;
  const name = oneLine(labels.get('alertname') ?? '', 160);
  const instance = oneLine(labels.get('instance') ?? '', 80);
  return [name === '' ? fingerprint : name, instance === '' ? '' : `(${instance})`].filter(Boolean).join(' ');
}

function textOf({ annotations }: Alert): string {
  for (const name of TEXT_ANNOTATIONS) {
    const text = annotations.get(name);
    if (text !== undefined && text.trim() !== '') return text;
  }
  return annotations.get('summary') ?? '';
}

function mentionsOf({ annotations }: Alert): readonly string[] {
  return findUrls(Array.from(annotations.values(), (text) => text.slice(0, TEXT_LIMIT)).join('\n'));
}

function linksOf({ annotations, generatorUrl }: Alert): readonly SignalLink[] {
  const links: SignalLink[] = [];
  const add = (kind: SignalLink['kind'], address: string | undefined): void => {
    const url = safeUrl(address);
    if (url !== undefined) links.push({ kind, url });
  };
  add('runbook', annotations.get('runbook_url') ?? annotations.get('runbook'));
  add('generator', generatorUrl);
  add('dashboard', annotations.get('dashboard_url') ?? annotations.get('dashboard'));
  return links;
}

/** Alertmanager's own page with this alert alone. */
function pageOf(alert: Alert, url: string): string {
  const filter = ['alertname', 'instance']
    .filter((name) => alert.labels.has(name))
    .map((name) => matcher(name, alert.labels.get(name) ?? ''))
    .join(',');
  return `${url}/#/alerts?filter=${encodeURIComponent(`{${filter}}`)}`.slice(0, 2000);
}

/** `name="value"` as Alertmanager reads it. */
export function matcher(name: string, value: string): string {
  return `${name}="${value.replace(/["\\]/gu, '\\$&').replaceAll('\n', '\\n')}"`;
}

function section(heading: string, entries: ReadonlyMap<string, string>): string {
  if (entries.size === 0) return '';
  const lines = Array.from(entries, ([name, value]) => `- ${inlineCode(name, 200)}: ${inlineCode(value, 2000)}`);
  return [`**${heading}**`, '', ...lines].join('\n');
}

/** Code spans: no mention, no link, no HTML comes alive in them. */
function inlineCode(text: string, maxLength: number): string {
  const line = oneLine(text, maxLength).replaceAll('<!--', '<! --');
  const longest = Math.max(0, ...Array.from(line.matchAll(/`+/gu), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 ? ' ' : '';
  return line === '' ? '—' : `${fence}${pad}${line}${pad}${fence}`;
}
