import * as vscode from 'vscode';
import type { PostedHandoff } from '../../core/handoff.ts';
import { agoText, dayText } from '../words.ts';
import type { Row } from './row.ts';

/** Posted handoffs as rows, newest first. */
export function handoffRows(handoffs: readonly PostedHandoff[], timeZone: string, now: number): readonly Row[] {
  return handoffs.map((handoff) => handoffRow(handoff, timeZone, now));
}

/** The handoff that a row stands for. */
export function handoffIdOfRow(rowId: string): string | undefined {
  return rowId.startsWith('handoff:') ? rowId.slice('handoff:'.length) : undefined;
}

function handoffRow(handoff: PostedHandoff, timeZone: string, now: number): Row {
  const label = handoff.to === undefined ? handoff.from : vscode.l10n.t('{0} → {1}', handoff.from, handoff.to);
  const days = `${dayText(handoff.shift.from, timeZone)} – ${dayText(handoff.shift.to, timeZone)}`;
  const where = handoff.links.map((link) => (link.where === 'slack' ? 'Slack' : vscode.l10n.t('Issue')));
  const description = [days, ...where, agoText(handoff.postedAt, now)].join(' · ');
  return {
    id: `handoff:${handoff.id}`,
    label,
    description,
    icon: { name: 'notebook', color: undefined },
    contextValue: 'canOpenHandoff handoff',
    accessible: vscode.l10n.t('Handoff {0}, {1}', label, description),
    tooltip: [label, description],
    command: { command: 'responder.openHandoff', title: vscode.l10n.t('Open Posted Handoff') },
    children: [],
  };
}
