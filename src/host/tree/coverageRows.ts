import * as vscode from 'vscode';
import { isCheckedToday } from '../../core/coverageLine.ts';
import type { CoverageView, PlaceView, QueueItem } from '../../core/view.ts';
import { placeText } from '../coverageWords.ts';
import { agoText, sourceFailureText, whenText } from '../words.ts';
import { WARNING_COLOR } from './colors.ts';
import { itemRow, type QueueMoment } from './itemRows.ts';
import type { Row } from './row.ts';

/** The watched places as rows to tick; below each, what is new in it. */
export function coverageRows(view: CoverageView, moment: QueueMoment): readonly Row[] {
  return view.places.map((place) => placeRow(place, view, moment));
}

/** The watched place that a row stands for, or that its item is shown in. */
export function watchIdOf(rowId: string): string | undefined {
  const [, watchId] = /^(?:place:|morein:|unseen:[^\n]*\n)(.*)$/su.exec(rowId) ?? [];
  return watchId;
}

/** The item of a row below a place. */
export function unseenItemOf(rowId: string): string | undefined {
  const [, itemId] = /^unseen:([^\n]*)\n/u.exec(rowId) ?? [];
  return itemId;
}

function placeRow(place: PlaceView, view: CoverageView, moment: QueueMoment): Row {
  const name = placeText(place);
  const isChecked = isCheckedToday(place, view, moment.now);
  const fresh = place.unseen > 0 ? vscode.l10n.t('{0} new', place.unseen) : undefined;
  const failed = place.failure === undefined ? undefined : sourceFailureText(place.failure, place.service, place.name);
  const checked = checkedText(place, view, moment);
  const facts = [checked, fresh, failed].filter((fact) => fact !== undefined);
  // The box says already what is not checked.
  const seen = [fresh, failed, isChecked ? checked : undefined].filter((fact) => fact !== undefined);
  const hidden = place.unseen - place.items.length;
  return {
    id: `place:${place.id}`,
    label: name,
    description: seen.join(' · '),
    icon:
      failed === undefined ? { name: placeIcon(place), color: undefined } : { name: 'warning', color: WARNING_COLOR },
    contextValue: 'canOpenPlace place',
    accessible: [name, kindText(place), ...facts, ...(fresh === undefined ? [vscode.l10n.t('nothing new')] : [])].join(
      ', ',
    ),
    tooltip: placeTooltip(place, name, [...facts, ...lastText(place, isChecked, moment)]),
    command: undefined,
    checkbox: {
      isChecked,
      tooltip: isChecked ? vscode.l10n.t('Checked today') : vscode.l10n.t('Tick when you have checked it'),
    },
    children: [
      ...place.items.map((item) => unseenRow(item, place, moment)),
      ...(hidden > 0 ? [moreRow(place, hidden)] : []),
    ],
  };
}

/** On a day off nothing is asked for, so nothing is missing. */
function checkedText(place: PlaceView, view: CoverageView, { now, timeZone }: QueueMoment): string | undefined {
  if (place.checkedAt !== undefined && isCheckedToday(place, view, now))
    return vscode.l10n.t('checked {0}', whenText(place.checkedAt, now, timeZone));
  return view.dueFrom === undefined ? vscode.l10n.t('day off') : vscode.l10n.t('not checked today');
}

function lastText({ checkedAt }: PlaceView, isChecked: boolean, { now }: QueueMoment): readonly string[] {
  if (isChecked) return [];
  return checkedAt === undefined
    ? [vscode.l10n.t('never checked on this machine')]
    : [vscode.l10n.t('last checked {0}', agoText(checkedAt, now))];
}

function placeTooltip(place: PlaceView, name: string, facts: readonly string[]): readonly string[] {
  return [name, kindText(place), facts.join(' · '), vscode.l10n.t('Every place once a working day.')];
}

/** What the icon says. */
function kindText({ kind }: PlaceView): string {
  const kinds: Readonly<Record<PlaceView['kind'], string>> = {
    label: vscode.l10n.t('Issues and pull requests with this label'),
    team: vscode.l10n.t('Mentions of this GitHub team and reviews asked of it'),
    notifications: vscode.l10n.t('Your own notifications'),
    channel: vscode.l10n.t('Slack channel'),
    mention: vscode.l10n.t('Mentions in Slack'),
    alerts: vscode.l10n.t('Alerts'),
  };
  return kinds[kind];
}

function placeIcon({ kind }: PlaceView): string {
  const icons: Readonly<Record<PlaceView['kind'], string>> = {
    label: 'tag',
    team: 'organization',
    notifications: 'inbox',
    channel: 'comment-discussion',
    mention: 'mention',
    alerts: 'bell',
  };
  return icons[kind];
}

/** The Queue's row, but one item may be new in several places, and opening it here says that it was seen. */
function unseenRow(item: QueueItem, { id }: PlaceView, moment: QueueMoment): Row {
  return {
    ...itemRow(item, moment),
    id: `unseen:${item.id}\n${id}`,
    contextValue: 'canOpenUnseen',
    command: { command: 'responder.openUnseen', title: vscode.l10n.t('Open in Browser') },
    children: [],
  };
}

function moreRow({ id }: PlaceView, hidden: number): Row {
  const label = vscode.l10n.t('{0} more in the place itself', hidden);
  return {
    id: `morein:${id}`,
    label,
    description: '',
    icon: { name: 'ellipsis', color: undefined },
    contextValue: 'more',
    accessible: label,
    tooltip: [label],
    command: { command: 'responder.openPlace', title: vscode.l10n.t('Open Place') },
    children: [],
  };
}
