import * as vscode from 'vscode';
import { truncate } from '../../core/plainText.ts';
import { PRIORITY_LABEL } from '../../core/priority.ts';
import type { ServiceName } from '../../core/signal.ts';
import { timeboxAt } from '../../core/timeboxRun.ts';
import type { QueueItem, QueueSignal, TimeboxView } from '../../core/view.ts';
import { clockText, type Moment, turnText } from '../turnWords.ts';
import { agoText, kindText } from '../words.ts';
import { WARNING_COLOR } from './colors.ts';
import { itemWords } from './itemWords.ts';
import type { Row } from './row.ts';

/** What a side bar of the usual width shows of a title (about 37 letters); the hover has all of it. */
const LABEL_LENGTH = 40;
/** Beside a clock that presses, or what I am at: that must be seen without widening anything. */
const PRESSING_LABEL_LENGTH = 26;

/** What rows of the Queue are painted by. */
export interface QueueMoment extends Moment {
  /** The minutes of a working day. */
  readonly dayMinutes: number;
  /** Whether the shift is mine and its hours run. */
  readonly isOnDuty: boolean;
  /** Says in off hours that clocks stand still, and until when. */
  readonly paused?: string | undefined;
  /** What I am at. */
  readonly timebox?: TimeboxView | undefined;
}

/** An item, and below it its signals when there are several. */
export function itemRow(item: QueueItem, moment: QueueMoment): Row {
  const issue = item.converted;
  const facts = itemFacts(item, moment);
  const counts = countTexts(item);
  return {
    id: itemRowId(item.id),
    label: truncate(item.title, labelLength(item, moment)),
    description: facts.join(' · '),
    icon: isPressing(item, moment) ? { name: kindIcon(item), color: WARNING_COLOR } : plainIcon(item),
    contextValue: itemWords({
      ...item,
      isConverted: issue !== undefined,
      isMine: item.isClaimed,
      isJoined: item.signals.length > 1,
      isIncident: isOf(item, 'pagerduty'),
      isIssue: issue !== undefined || isOf(item, 'github'),
      isThread: isOf(item, 'slack'),
      isAlert: !item.quiet && isOf(item, 'alertmanager'),
    }),
    accessible: [kindText(item.kind), item.title, ...facts, ...counts, ...stateTexts(item, moment)].join(', '),
    tooltip: itemTooltip(item, [...facts, ...counts], moment),
    command: openCommand(),
    children: item.signals.map((signal) => signalRow(item.id, signal, moment.now)),
  };
}

/** The row of an item, as commands take it. */
export function itemRowId(itemId: string): string {
  return `item:${itemId}`;
}

/** The item that a row stands for or belongs to. */
export function itemIdOf(rowId: string): string | undefined {
  const [, item] = /^(?:item|signal):(.+?)(?:\n.*)?$/su.exec(rowId) ?? [];
  return item;
}

/** The signal that a row below an item stands for. */
export function signalIdOf(rowId: string): string | undefined {
  return /^signal:[^\n]+\n(.*)$/su.exec(rowId)?.[1];
}

function labelLength(item: QueueItem, moment: QueueMoment): number {
  const isShort = isPressing(item, moment) || item.id === moment.timebox?.itemId;
  return isShort ? PRESSING_LABEL_LENGTH : LABEL_LENGTH;
}

function isOf({ id, signals }: QueueItem, service: ServiceName): boolean {
  return [id, ...signals.map((signal) => signal.id)].some((each) => each.startsWith(`${service}:`));
}

/** What stands beside the title, at most a glance long: what is left, what happened to it, place and age. */
function itemFacts(item: QueueItem, moment: QueueMoment): readonly string[] {
  const { now, dayMinutes } = moment;
  const issue = item.converted;
  return [
    timeboxText(item, moment),
    item.clock === undefined || item.isDone ? undefined : clockText(item.clock, dayMinutes),
    issue === undefined ? undefined : `#${issue.number}`,
    item.priority === undefined ? undefined : PRIORITY_LABEL[item.priority],
    item.returned === undefined ? undefined : vscode.l10n.t('came back'),
    item.owner === undefined ? undefined : vscode.l10n.t('{0} has it', item.owner),
    item.quiet ? vscode.l10n.t('silenced') : undefined,
    item.place,
    agoText(item.updatedAt, now),
  ].filter((fact) => fact !== undefined);
}

/** How long it still runs is said once, by the status bar, to the minute. */
function timeboxText({ id }: QueueItem, { timebox, now }: QueueMoment): string | undefined {
  if (timebox?.itemId !== id) return undefined;
  const { state, leftMs } = timeboxAt(timebox, timebox.limitMinutes, now);
  if (state === 'paused') return vscode.l10n.t('timebox paused');
  return leftMs > 0 ? vscode.l10n.t('timebox runs') : vscode.l10n.t('timebox over');
}

/** How often it was reported and answered: for whoever rests on the row. */
function countTexts({ count, replies }: QueueItem): readonly string[] {
  const texts = [count > 1 ? vscode.l10n.t('{0} times', count) : undefined, repliesText(replies)];
  return texts.filter((text) => text !== undefined);
}

/** What became of it, whose turn it is and why, what put it out of sight, and what brought it back. */
function stateTexts({ converted, turn, snooze, isDone, returned }: QueueItem, moment: QueueMoment): readonly string[] {
  const texts = [turnText(turn.because, moment)];
  if (converted !== undefined)
    texts.unshift(vscode.l10n.t('Converted to {0}', `${converted.repository}#${converted.number}`));
  if (snooze?.type === 'reply') texts.push(vscode.l10n.t('Snoozed until someone replies'));
  if (snooze?.type === 'shiftEnd') texts.push(vscode.l10n.t('Snoozed until the end of your shift'));
  if (isDone) texts.push(vscode.l10n.t('Done'));
  if (returned !== undefined)
    texts.push(
      returned.who === undefined
        ? vscode.l10n.t('It was done and came back {0}', agoText(returned.at, moment.now))
        : vscode.l10n.t('It was done and came back: {0} wrote {1}', returned.who, agoText(returned.at, moment.now)),
    );
  return texts;
}

/** Late, or soon to be, and mine to do something about: nothing else has the colour of a warning. */
function isPressing({ clock, isDone }: QueueItem, { isOnDuty }: QueueMoment): boolean {
  return isOnDuty && !isDone && clock !== undefined && clock.state !== 'running';
}

function itemTooltip(item: QueueItem, facts: readonly string[], moment: QueueMoment): readonly string[] {
  const by =
    item.author === undefined ? kindText(item.kind) : vscode.l10n.t('{0} by {1}', kindText(item.kind), item.author);
  // A message's title is its beginning: once is enough.
  const excerpt = item.excerpt.startsWith(item.title) ? item.excerpt.slice(item.title.length).trim() : item.excerpt;
  return [item.title, `${by} · ${facts.join(' · ')}`, ...stateTexts(item, moment), excerpt].filter(
    (line) => line !== '',
  );
}

function repliesText(replies: number): string | undefined {
  if (replies === 0) return undefined;
  return replies === 1 ? vscode.l10n.t('1 reply') : vscode.l10n.t('{0} replies', replies);
}

function signalRow(itemId: string, signal: QueueSignal, now: number): Row {
  const facts = `${signal.place} · ${agoText(signal.updatedAt, now)}`;
  return {
    id: `signal:${itemId}\n${signal.id}`,
    label: truncate(signal.title, LABEL_LENGTH),
    description: facts,
    icon: { name: kindIcon({ kind: signal.kind, quiet: false }), color: undefined },
    contextValue: 'canKeepApart canOpen signal',
    accessible: [kindText(signal.kind), signal.title, facts].join(', '),
    tooltip: [signal.title, `${kindText(signal.kind)} · ${facts}`],
    command: openCommand(),
    children: [],
  };
}

function openCommand(): Row['command'] {
  return { command: 'responder.openItem', title: vscode.l10n.t('Open in Browser') };
}

function plainIcon(item: QueueItem): Row['icon'] {
  return { name: kindIcon(item), color: item.quiet ? 'disabledForeground' : undefined };
}

function kindIcon({ kind, quiet }: Pick<QueueItem, 'kind' | 'quiet'>): string {
  switch (kind) {
    case 'issue':
      return 'issues';
    case 'pullRequest':
      return 'git-pull-request';
    case 'reviewRequest':
      return 'git-pull-request-go-to-changes';
    case 'mention':
      return 'mention';
    case 'thread':
      return 'comment';
    case 'alert':
      return quiet ? 'bell-slash' : 'flame';
  }
}
