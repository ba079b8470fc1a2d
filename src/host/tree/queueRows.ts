import * as vscode from 'vscode';
import { type Item, leadSignal } from '../../core/item.ts';
import { truncate } from '../../core/plainText.ts';
import type { ServiceName, SignalKind } from '../../core/signal.ts';
import type { SourceFailure, SourceStatus } from '../../core/sourceStatus.ts';
import type { QueueGroup, QueueItem, QueueSignal, QueueView } from '../../core/view.ts';
import { agoText, failureText, kindText, serviceText, whenText } from '../words.ts';
import type { Row } from './row.ts';

/** A longer title would push place and age out of any side bar; the hover has all of it. */
const LABEL_LENGTH = 72;

/** The queue as rows; sources with nothing to say have none, so that an empty tree can welcome. */
export function queueRows(view: QueueView, now: number): readonly Row[] {
  const alertSources = view.groups.filter(({ status }) => status?.service === 'alertmanager').length;
  return view.groups
    .map((group) => groupRow(group, { name: groupName(group, alertSources), now }))
    .filter((row) => row.children.length > 0);
}

/** The item that a row stands for or belongs to. */
export function itemIdOf(rowId: string): string | undefined {
  const [, item] = /^(?:item|signal):(.+?)(?:\n.*)?$/su.exec(rowId) ?? [];
  return item;
}

/** Where a row's item or signal lives; undefined for rows that live nowhere. */
export function urlOf(rowId: string, items: ReadonlyMap<string, Item>): string | undefined {
  const item = items.get(itemIdOf(rowId) ?? '');
  const [, signalId] = rowId.split('\n');
  if (item === undefined) return undefined;
  return (item.signals.find((signal) => signal.id === signalId) ?? leadSignal(item)).url;
}

/** The group whose remaining rows a "show more" row asks for. */
export function groupIdOfMore(rowId: string): string | undefined {
  return rowId.startsWith('more:') ? rowId.slice('more:'.length) : undefined;
}

function groupRow(group: QueueGroup, { name, now }: { readonly name: string; readonly now: number }): Row {
  const { status } = group;
  const skipped = status === undefined || status.skipped === 0 ? [] : [skippedRow(group.id, status.skipped)];
  const failure = status?.failure === undefined ? [] : [failureRow(group.id, status, now)];
  const places =
    status === undefined ? [] : status.failedPlaces.map((place) => placeRow(group.id, place, status.service));
  const more = group.count > group.items.length ? [moreRow(group)] : [];
  return {
    id: group.id,
    label: name,
    description: String(group.count),
    icon: { name: groupIcon(status), color: undefined },
    contextValue: 'group',
    accessible: vscode.l10n.t('{0}, {1} items', name, group.count),
    tooltip: status?.okAt === undefined ? [name] : [name, vscode.l10n.t('Read {0}', agoText(status.okAt, now))],
    command: undefined,
    children: [...failure, ...places, ...skipped, ...group.items.map((item) => itemRow(item, now)), ...more],
  };
}

/** Several Alertmanagers are told apart by their hosts. */
function groupName({ status }: QueueGroup, alertSources: number): string {
  if (status === undefined) return vscode.l10n.t('Converted');
  if (status.service !== 'alertmanager') return serviceText(status.service);
  const host = status.id.replace(/^alertmanager:https?:\/\//u, '');
  return alertSources > 1 ? vscode.l10n.t('Alerts from {0}', host) : vscode.l10n.t('Alerts');
}

function groupIcon(status: SourceStatus | undefined): string {
  switch (status?.service) {
    case 'github':
      return 'github';
    case 'slack':
      return 'comment-discussion';
    case 'alertmanager':
      return 'bell';
    case undefined:
      return 'pass';
  }
}

function itemRow(item: QueueItem, now: number): Row {
  const issue = item.converted;
  const age = agoText(item.updatedAt, now);
  const facts = [
    issue === undefined ? undefined : `#${issue.number}`,
    item.quiet ? vscode.l10n.t('silenced') : undefined,
    item.place,
    item.count > 1 ? vscode.l10n.t('{0} times', item.count) : undefined,
    repliesText(item.replies),
    age,
  ].filter((fact) => fact !== undefined);
  return {
    id: `item:${item.id}`,
    label: truncate(item.title, LABEL_LENGTH),
    description: facts.join(' · '),
    icon: kindIcon(item.kind, item.quiet),
    contextValue: issue === undefined ? 'canConvert canKeepInMind canOpen item' : 'canKeepInMind canOpen item',
    accessible: [kindText(item.kind), item.title, ...facts].join(', '),
    tooltip: itemTooltip(item, facts),
    command: openCommand(),
    children: item.signals.map((signal) => signalRow(item.id, signal, now)),
  };
}

function itemTooltip(item: QueueItem, facts: readonly string[]): readonly string[] {
  const by =
    item.author === undefined ? kindText(item.kind) : vscode.l10n.t('{0} by {1}', kindText(item.kind), item.author);
  const issue = item.converted;
  const planned = issue === undefined ? [] : [vscode.l10n.t('Converted to {0}', `${issue.repository}#${issue.number}`)];
  // A message's title is its beginning: once is enough.
  const excerpt = item.excerpt.startsWith(item.title) ? item.excerpt.slice(item.title.length).trim() : item.excerpt;
  return [item.title, `${by} · ${facts.join(' · ')}`, ...planned, excerpt].filter((line) => line !== '');
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
    icon: kindIcon(signal.kind, false),
    contextValue: 'canOpen signal',
    accessible: [kindText(signal.kind), signal.title, facts].join(', '),
    tooltip: [signal.title, `${kindText(signal.kind)} · ${facts}`],
    command: openCommand(),
    children: [],
  };
}

function openCommand(): Row['command'] {
  return { command: 'responder.openItem', title: vscode.l10n.t('Open Where It Lives') };
}

function kindIcon(kind: SignalKind, quiet: boolean): Row['icon'] {
  switch (kind) {
    case 'issue':
      return { name: 'issues', color: undefined };
    case 'pullRequest':
      return { name: 'git-pull-request', color: undefined };
    case 'reviewRequest':
      return { name: 'git-pull-request-go-to-changes', color: undefined };
    case 'mention':
      return { name: 'mention', color: undefined };
    case 'thread':
      return { name: 'comment', color: undefined };
    case 'alert':
      return quiet
        ? { name: 'bell-slash', color: 'disabledForeground' }
        : { name: 'flame', color: 'list.warningForeground' };
  }
}

function failureRow(groupId: string, status: SourceStatus, now: number): Row {
  const failure = status.failure ?? { reason: 'badResponse', message: '', retryAt: now };
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const label = failureText(failure.reason, serviceText(status.service));
  const again =
    failure.reason === 'unauthenticated'
      ? vscode.l10n.t('click to sign in')
      : vscode.l10n.t('tried again at {0}', whenText(failure.retryAt, now, zone));
  const shown =
    status.okAt === undefined ? undefined : vscode.l10n.t('showing what was known {0}', agoText(status.okAt, now));
  const description = [again, shown].filter((part) => part !== undefined).join(' · ');
  return {
    id: `failure:${groupId}`,
    label,
    description,
    icon: { name: 'warning', color: 'list.warningForeground' },
    contextValue: `${remedyWord(failure.reason)} canShowLog problem`,
    accessible: `${label}, ${description}`,
    tooltip: [label, description, failure.message],
    command: remedyCommand(failure.reason),
    children: [],
  };
}

function remedyWord(reason: SourceFailure): string {
  if (reason === 'unauthenticated' || reason === 'forbidden') return 'canSignIn';
  return reason === 'notFound' ? 'canOpenSettings' : 'canRetry';
}

function remedyCommand(reason: SourceFailure): Row['command'] {
  if (reason === 'unauthenticated' || reason === 'forbidden')
    return { command: 'responder.signIn', title: vscode.l10n.t('Sign In…') };
  if (reason === 'notFound') return { command: 'responder.openSettings', title: vscode.l10n.t('Open Settings') };
  return { command: 'responder.refresh', title: vscode.l10n.t('Refresh') };
}

function placeRow(groupId: string, place: SourceStatus['failedPlaces'][number], service: ServiceName): Row {
  const label = vscode.l10n.t('{0} is not read', place.place);
  const description = placeText(place, service);
  return {
    id: `place:${groupId}:${place.place}`,
    label,
    description,
    icon: { name: 'warning', color: 'list.warningForeground' },
    contextValue: 'canShowLog problem',
    accessible: `${label}, ${description}`,
    // The service's own words, in its own language.
    tooltip: [label, description, place.message],
    command: { command: 'responder.showLog', title: vscode.l10n.t('Show Log') },
    children: [],
  };
}

/** What happened to one place, with what mends it where that is known. */
function placeText({ place, reason }: SourceStatus['failedPlaces'][number], service: ServiceName): string {
  const isInSlack = service === 'slack' && reason === 'notFound';
  if (isInSlack && place.startsWith('#'))
    return vscode.l10n.t('The app cannot see this channel: invite it there, or correct the name in the team file');
  if (isInSlack) return vscode.l10n.t('Nobody in Slack is called this: correct the name in the team file');
  if (service === 'slack' && reason === 'forbidden')
    return vscode.l10n.t('The app may not read this: invite it there, or give it the scope that it lacks');
  return failureText(reason, serviceText(service));
}

function skippedRow(groupId: string, skipped: number): Row {
  const label = skipped === 1 ? vscode.l10n.t('1 record skipped') : vscode.l10n.t('{0} records skipped', skipped);
  return {
    id: `skipped:${groupId}`,
    label,
    description: vscode.l10n.t('Show log'),
    icon: { name: 'info', color: undefined },
    contextValue: 'canShowLog problem',
    accessible: vscode.l10n.t('{0} because they could not be read, show log', label),
    tooltip: [vscode.l10n.t('These records could not be read; the log says why.')],
    command: { command: 'responder.showLog', title: vscode.l10n.t('Show Log') },
    children: [],
  };
}

function moreRow(group: QueueGroup): Row {
  const label = vscode.l10n.t('Show {0} more', group.count - group.items.length);
  return {
    id: `more:${group.id}`,
    label,
    description: '',
    icon: { name: 'ellipsis', color: undefined },
    contextValue: 'more',
    accessible: label,
    tooltip: [label],
    command: { command: 'responder.showMore', title: label },
    children: [],
  };
}
