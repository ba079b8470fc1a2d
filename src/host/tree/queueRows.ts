import * as vscode from 'vscode';
import { type Item, leadSignal } from '../../core/item.ts';
import { PRIORITY_LABEL, type Priority } from '../../core/priority.ts';
import type { QueueBundle, QueueGroup, QueueView } from '../../core/view.ts';
import { agoText, serviceText, sourceText } from '../words.ts';
import { itemIdOf, itemRow, type QueueMoment } from './itemRows.ts';
import { problemRows } from './problemRows.ts';
import type { Row } from './row.ts';

/** The queue as rows; groups with nothing to say have none, so that an empty tree can welcome. */
export function queueRows(view: QueueView, moment: QueueMoment): readonly Row[] {
  const alertSources = view.groups.filter(({ status }) => status?.service === 'alertmanager').length;
  const troubles = view.troubles.length === 0 ? [] : [troublesRow(view, moment)];
  return [...troubles, ...view.groups.map((group) => groupRow(group, groupFace(group, alertSources), moment))].filter(
    (row) => row.children.length > 0,
  );
}

/** The bundle that a row stands for. */
export function bundleIdOf(rowId: string): string | undefined {
  return rowId.startsWith('bundle:') ? rowId.slice('bundle:'.length) : undefined;
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

/** What asks nothing of whoever is on duty: at hand, but out of the way. */
const FOLDED: ReadonlySet<string> = new Set(['turn:snoozed', 'turn:owned', 'turn:done', 'converted']);

interface Face {
  readonly name: string;
  readonly icon: string;
}

function groupRow(group: QueueGroup, { name, icon }: Face, moment: QueueMoment): Row {
  const { status } = group;
  const problems = status === undefined ? [] : problemRows(status, moment);
  const bundles = group.bundles.map((bundle) => bundleRow(bundle, moment));
  const items = group.items.map((item) => itemRow(item, moment));
  const hidden =
    group.count - group.items.length - group.bundles.reduce((sum, { items: { length } }) => sum + length, 0);
  const more = hidden > 0 ? [moreRow(group.id, hidden)] : [];
  const paused = moment.paused !== undefined && hasClocks(group) ? [moment.paused] : [];
  return {
    id: group.id,
    label: name,
    description: [String(group.count), ...paused].join(' · '),
    icon: { name: icon, color: undefined },
    contextValue: 'group',
    accessible: [countedText(name, group.count), ...paused].join(', '),
    tooltip: status?.okAt === undefined ? [name] : [name, vscode.l10n.t('Read {0}', agoText(status.okAt, moment.now))],
    command: undefined,
    children: [...problems, ...bundles, ...items, ...more],
    isFolded: FOLDED.has(group.id),
  };
}

function countedText(name: string, count: number): string {
  return count === 1 ? vscode.l10n.t('{0}, 1 item', name) : vscode.l10n.t('{0}, {1} items', name, count);
}

/** Where it is said, once, that clocks stand still. */
function hasClocks({ id, items }: QueueGroup): boolean {
  return id === 'turn:us' && items.some(({ clock }) => clock !== undefined);
}

/** Sources with something wrong, where no group of their own says it. */
function troublesRow({ troubles }: QueueView, moment: QueueMoment): Row {
  const name = vscode.l10n.t('Sources');
  return {
    id: 'sources',
    label: name,
    description: '',
    icon: { name: 'plug', color: undefined },
    contextValue: 'group',
    accessible: vscode.l10n.t('Sources with something wrong'),
    tooltip: [name],
    command: undefined,
    children: troubles.flatMap((status) => problemRows(status, moment)),
  };
}

/** Reviews that are one row as long as a teammate is on them: to be taken over, or to be left with them. */
function bundleRow({ id, who, isKept, items }: QueueBundle, moment: QueueMoment): Row {
  const label = items.length === 1 ? vscode.l10n.t('1 review') : vscode.l10n.t('{0} reviews', items.length);
  const description = isKept ? vscode.l10n.t('left with {0}', who) : vscode.l10n.t('{0} is on these', who);
  const choice = isKept
    ? vscode.l10n.t('To the end of the shift they stay with {0}. Take brings them back to us.', who)
    : vscode.l10n.t('Take brings them back to us, Keep leaves them with {0} to the end of the shift.', who);
  return {
    id: `bundle:${id}`,
    label,
    description,
    icon: { name: 'git-pull-request-go-to-changes', color: undefined },
    contextValue: isKept ? 'bundle canTakeReviews' : 'bundle canKeepReviews canTakeReviews',
    accessible: [label, description, choice].join(', '),
    tooltip: [`${label} · ${description}`, choice],
    command: undefined,
    children: items.map((item) => itemRow(item, moment)),
  };
}

function groupFace(group: QueueGroup, alertSources: number): Face {
  if (group.status !== undefined) return sourceFace(group.status, alertSources);
  if (group.id.startsWith('place:')) return { name: group.id.slice('place:'.length), icon: 'location' };
  switch (group.id) {
    case 'turn:us':
      return { name: vscode.l10n.t('Waiting on us'), icon: 'inbox' };
    case 'turn:inProgress':
      return { name: vscode.l10n.t('In progress'), icon: 'play-circle' };
    case 'turn:them':
      return { name: vscode.l10n.t('Waiting on them'), icon: 'reply' };
    case 'turn:snoozed':
      return { name: vscode.l10n.t('Snoozed'), icon: 'clock' };
    case 'turn:owned':
      return { name: vscode.l10n.t('Owned by others'), icon: 'organization' };
    case 'turn:done':
      return { name: vscode.l10n.t('Done today'), icon: 'check' };
    case 'converted':
      return { name: vscode.l10n.t('Converted'), icon: 'pass' };
    default:
      return { name: priorityName(group.id), icon: 'tag' };
  }
}

function priorityName(groupId: string): string {
  const labels: Readonly<Partial<Record<string, string>>> = PRIORITY_LABEL satisfies Record<Priority, string>;
  return labels[groupId.slice('priority:'.length)] ?? vscode.l10n.t('No priority');
}

/** Several Alertmanagers are told apart by their hosts. */
function sourceFace({ id, service }: NonNullable<QueueGroup['status']>, alertSources: number): Face {
  switch (service) {
    case 'github':
      return { name: serviceText(service), icon: 'github' };
    case 'slack':
      return { name: serviceText(service), icon: 'comment-discussion' };
    case 'alertmanager': {
      const host = id.replace(/^alertmanager:https?:\/\//u, '');
      const name = alertSources > 1 ? vscode.l10n.t('Alerts from {0}', host) : vscode.l10n.t('Alerts');
      return { name, icon: 'bell' };
    }
    case 'pagerduty':
      return id.startsWith('pagerduty:schedule:')
        ? { name: vscode.l10n.t('PagerDuty schedule'), icon: 'calendar' }
        : { name: serviceText(service), icon: 'bell-dot' };
    case 'feed':
      return { name: sourceText({ id, service }), icon: 'rss' };
    case 'extension':
      return { name: sourceText({ id, service }), icon: 'extensions' };
  }
}

function moreRow(groupId: string, hidden: number): Row {
  const label = vscode.l10n.t('Show {0} more', hidden);
  return {
    id: `more:${groupId}`,
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
