import { oneLine, plainText } from '../../core/plainText.ts';
import {
  EXCERPT_LENGTH,
  type Signal,
  type SignalKind,
  type SignalReason,
  signalId,
  type Voice,
} from '../../core/signal.ts';
import { normalizeUrl } from '../../core/url.ts';
import { mergeVoices } from '../voices.ts';
import { messagePlain } from './content.ts';
import type { MentionTarget } from './mentionTargets.ts';
import type { NameBook } from './names.ts';
import { type Digest, markersOf, repliersOf } from './threads.ts';
import { reactedWith, type SlackMessage, scanMessage, toMs } from './wire.ts';

/** The reaction by which people say that they are on it: 👀. */
const TAKEN = 'eyes';
const TITLE_LENGTH = 200;
const WORDS_LENGTH = 4000;

/** Where a thread is; `watchIds` is empty for a channel that is not watched itself. */
export interface ThreadPlace {
  readonly id: string;
  readonly name: string;
  readonly watchIds: readonly string[];
  readonly alerts: boolean;
}

export interface Thread {
  readonly place: ThreadPlace;
  readonly root: SlackMessage;
  readonly digest: Digest;
}

export interface SignalContext {
  readonly origin: string;
  readonly names: NameBook;
  readonly targets: readonly MentionTarget[];
}

/** The signal of a thread, or undefined when no watch entry asks for it. */
export function toSignal(
  { place, root, digest }: Thread,
  { origin, names, targets }: SignalContext,
): Signal | undefined {
  const scan = scanMessage(root);
  const mentioned = new Set([...scan.mentioned, ...digest.mentioned]);
  const hits = targets.filter(({ id }) => mentioned.has(id));
  if (place.watchIds.length === 0 && hits.length === 0) return undefined;
  const author = names.author(root);
  const isAlert = place.alerts && author?.isBot === true;
  const url = permalink(origin, place.id, root.ts);
  const name = normalizeUrl(url);
  const words = messagePlain(root, names).slice(0, WORDS_LENGTH);
  return {
    id: threadId(place.id, root.ts),
    service: 'slack',
    source: 'slack',
    kind: kindOf(isAlert, hits.length > 0),
    state: 'open',
    title: oneLine(words.split('\n').find((line) => line.trim() !== '') ?? '', TITLE_LENGTH) || `#${place.name}`,
    excerpt: plainText(words, EXCERPT_LENGTH),
    url,
    place: `#${place.name}`,
    watchIds: sorted([...place.watchIds, ...hits.flatMap(({ watchIds }) => watchIds)]),
    reasons: sorted([...hits.map(({ of }) => reasonOf(of)), ...placeReasons(place, isAlert)]),
    author,
    assignees: [],
    labels: [],
    startedAt: toMs(root.ts),
    updatedAt: Math.max(toMs(root.ts), lastChange(root)),
    replies: root.reply_count,
    count: 1,
    names: name === undefined ? [] : [name],
    mentions: [...new Set([...scan.urls, ...digest.urls, ...(isAlert ? scan.alerts : [])])].filter(
      (one) => one !== name,
    ),
    markers: [...new Set([...markersOf(root), ...digest.markers])],
    links: [],
    voices: voicesOf(root, digest, names),
    takenBy: reactedWith(root, TAKEN).filter((id) => names.isBot(id) !== true),
    quietUntil: undefined,
  };
}

/** Ids of all who spoke or reacted in a thread, so that they can be learnt. */
export function peopleIn({ root, digest }: Thread): readonly string[] {
  return [...digest.repliers.map(({ id }) => id), ...reactedWith(root, TAKEN)];
}

function voicesOf(root: SlackMessage, { repliers }: Digest, names: NameBook): readonly Voice[] {
  const people = [...repliersOf([root]), ...repliers].filter(({ id, viaApp }) => !(names.isBot(id) ?? viaApp));
  return mergeVoices(people.map(({ id, firstAt, lastAt }) => ({ id, name: names.user(id), firstAt, lastAt })));
}

export function threadId(channel: string, ts: string): string {
  return signalId('slack', `${channel}:${ts}`);
}

/** Slack's address of a message; a reply's names its thread. */
export function permalink(origin: string, channel: string, ts: string, root: string = ts): string {
  const address = `${origin}/archives/${channel}/p${ts.replace('.', '')}`;
  return root === ts ? address : `${address}?thread_ts=${root}&cid=${channel}`;
}

/** The channel and `ts` of a root's address, also in its normalised spelling. */
export function parsePermalink(url: string): { readonly channel: string; readonly ts: string } | undefined {
  const [, channel, seconds, micros] = /\/archives\/([a-z0-9]{1,32})\/p(\d{1,12})(\d{6})$/iu.exec(url) ?? [];
  if (channel === undefined || seconds === undefined || micros === undefined) return undefined;
  return { channel: channel.toUpperCase(), ts: `${seconds}.${micros}` };
}

/** When somebody last replied or the message was edited, epoch ms; 0 when neither. */
export function lastChange({ latest_reply: latest, edited }: SlackMessage): number {
  return Math.max(latest === undefined ? 0 : toMs(latest), edited === undefined ? 0 : toMs(edited.ts));
}

/** What bots say in an alert channel is an alert, also when it calls the team. */
function kindOf(isAlert: boolean, isMention: boolean): SignalKind {
  if (isAlert) return 'alert';
  return isMention ? 'mention' : 'thread';
}

function reasonOf(of: MentionTarget['of']): SignalReason {
  return of === 'group' ? 'teamMention' : 'mention';
}

function placeReasons(place: ThreadPlace, isAlert: boolean): readonly SignalReason[] {
  if (place.watchIds.length === 0) return [];
  return [isAlert ? 'alertChannel' : 'channel'];
}

function sorted<T extends string>(values: readonly T[]): readonly T[] {
  return [...new Set(values)].sort();
}
