import { oneAlert } from '../../core/alertName.ts';
import { parseThreadId } from '../../core/nativeIds.ts';
import type { Signal } from '../../core/signal.ts';
import { mergeVoices } from '../voices.ts';
import { parsePermalink } from './threadSignal.ts';

/** A matter that has fired more often is known by its first message and its newest ones. */
const MAX_NAMES = 200;

/** What the first line of a bot's message says of an alert. */
export interface AlertLine {
  readonly state: 'firing' | 'resolved';
  readonly name: string;
}

const STATES: ReadonlyMap<string, AlertLine['state']> = new Map([
  ['firing', 'firing'],
  ['alerting', 'firing'],
  ['triggered', 'firing'],
  ['resolved', 'resolved'],
  ['recovered', 'resolved'],
]);
/** Emoji, their `:names:`, and marks before the word. */
const BEFORE = String.raw`(?::[\w+'-]{1,60}:|[^\p{L}\p{N}[:])*`;
const WORD = '(firing|alerting|triggered|resolved|recovered)';
const IN_BRACKETS = new RegExp(String.raw`^${BEFORE}\[${WORD}(?::\s?\d+)?\][\s:–—-]*(.+)$`, 'iu');
const BEFORE_COLON = new RegExp(String.raw`^${BEFORE}${WORD}(?:\s?[:–—]|\s-\s)\s*(.+)$`, 'iu');

/**
 * Reads `[FIRING:2] Name`, `[RESOLVED] Name`, `✅ Resolved: Name`, `🔴 Firing: Name`; undefined for any other line. The
 * labels that Alertmanager's usual title puts in brackets at the end are no part of the name: they differ from message to
 * message. https://github.com/prometheus/alertmanager/blob/main/template/default.tmpl
 */
export function readAlertLine(line: string): AlertLine | undefined {
  const [, word = '', rest = ''] = IN_BRACKETS.exec(line) ?? BEFORE_COLON.exec(line) ?? [];
  const state = STATES.get(word.toLowerCase());
  const text = rest.trim();
  const name = text.replace(/\s*\([^()]*\)$/u, '') || text;
  return state === undefined || name === '' ? undefined : { state, name };
}

interface AlertMessage extends AlertLine {
  readonly signal: Signal;
}

/** Messages from the first that fires up to the last before it fires anew. */
interface Run {
  readonly firing: readonly AlertMessage[];
  readonly resolved: readonly AlertMessage[];
}

/**
 * Makes one signal of what bots say of one alert in a channel, from its first message on until it is resolved; what
 * resolves it is no signal of its own. Whatever else there is stays as it is. `earlier` are the runs that were known and
 * began before anything that was read now: they go on.
 */
export function alertRuns(signals: readonly Signal[], earlier: readonly Signal[]): readonly Signal[] {
  const others: Signal[] = [];
  const matters = new Map<string, AlertMessage[]>();
  for (const signal of signals) {
    const line = lineOf(signal);
    if (line === undefined) others.push(signal);
    else matters.set(keyOf(signal, line), [...(matters.get(keyOf(signal, line)) ?? []), { ...line, signal }]);
  }
  return [...others, ...[...matters].flatMap(([key, messages]) => runSignals(key, messages, earlier))];
}

function runSignals(key: string, messages: readonly AlertMessage[], earlier: readonly Signal[]): readonly Signal[] {
  const [first, ...later] = runsOf(messages.toSorted((a, b) => timeOf(a.signal) - timeOf(b.signal)));
  if (first === undefined) return [];
  const before = earlier.find((signal) => isSameMatter(signal, key) && goesOn(signal, first));
  const begun = before === undefined ? signalOf(first) : continued(before, first);
  return [begun, ...later.map(signalOf)].filter((signal) => signal !== undefined);
}

/** Of the runs only the first may lack its firing message: it lies before what was read. */
function runsOf(messages: readonly AlertMessage[]): readonly Run[] {
  const runs: { firing: AlertMessage[]; resolved: AlertMessage[] }[] = [];
  for (const message of messages) {
    const last = runs.at(-1);
    const isNew = last === undefined || (message.state === 'firing' && last.resolved.length > 0);
    const run = isNew ? { firing: [], resolved: [] } : last;
    if (isNew) runs.push(run);
    run[message.state].push(message);
  }
  return runs;
}

function isSameMatter(signal: Signal, key: string): boolean {
  const line = lineOf(signal);
  return line !== undefined && keyOf(signal, line) === key;
}

/** An open run goes on with whatever comes; a closed one only when these are its own messages. */
function goesOn({ state, names }: Signal, { firing, resolved }: Run): boolean {
  return state !== 'closed' || [...firing, ...resolved].some(({ signal }) => names.includes(signal.names[0] ?? ''));
}

function signalOf({ firing, resolved }: Run): Signal | undefined {
  const [first] = firing;
  if (first === undefined) return undefined;
  const signals = [...firing, ...resolved].map(({ signal }) => signal);
  return {
    ...first.signal,
    ...together(signals),
    state: resolved.length > 0 ? 'closed' : 'open',
    replies: signals.reduce((sum, { replies }) => sum + replies, 0),
    count: firing.length,
  };
}

/** The first message was not read this time, nor perhaps others: what is newer than what was known is added. */
function continued(before: Signal, { firing, resolved }: Run): Signal {
  const signals = [...firing, ...resolved].map(({ signal }) => signal);
  const newest = Math.max(...before.names.map(permalinkTime), 0);
  const replies = signals.reduce((sum, signal) => sum + signal.replies, 0);
  const { watchIds, reasons } = signals.at(-1) ?? before;
  return {
    ...before,
    ...together([before, ...signals]),
    watchIds,
    reasons,
    state: resolved.length > 0 ? 'closed' : 'open',
    replies: Math.max(before.replies, replies),
    count: before.count + firing.filter(({ signal }) => timeOf(signal) > newest).length,
  };
}

function together(
  signals: readonly Signal[],
): Pick<Signal, 'updatedAt' | 'names' | 'mentions' | 'markers' | 'voices' | 'takenBy'> {
  const unique = (pick: (signal: Signal) => readonly string[]): readonly string[] => [
    ...new Set(signals.flatMap(pick)),
  ];
  const names = unique((signal) => signal.names).toSorted((a, b) => permalinkTime(a) - permalinkTime(b));
  return {
    updatedAt: Math.max(...signals.map(({ updatedAt }) => updatedAt)),
    names: names.filter((_, index) => index === 0 || index > names.length - MAX_NAMES),
    mentions: oneAlert(unique((signal) => signal.mentions)),
    markers: unique((signal) => signal.markers),
    voices: mergeVoices(signals.flatMap(({ voices }) => voices)),
    takenBy: unique((signal) => signal.takenBy).toSorted(),
  };
}

/** Only of what bots say where alerts are watched. */
function lineOf({ kind, title }: Signal): AlertLine | undefined {
  return kind === 'alert' ? readAlertLine(title) : undefined;
}

function keyOf({ id }: Signal, { name }: AlertLine): string {
  return `${parseThreadId(id)?.channel ?? ''} ${name.toLowerCase()}`;
}

/** Seconds, as Slack counts. */
function timeOf({ id }: Signal): number {
  return Number(parseThreadId(id)?.ts ?? 0);
}

function permalinkTime(name: string): number {
  return Number(parsePermalink(name)?.ts ?? 0);
}
