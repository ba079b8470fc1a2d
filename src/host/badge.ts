import * as vscode from 'vscode';
import type { QueueView } from '../core/view.ts';
import { inertTitle } from './inert.ts';

/** What the badge of the Queue says: what waits on us, or what the chosen filter lets through; undefined for nothing. */
export function badgeOf({ waiting, badge }: Pick<QueueView, 'waiting' | 'badge'>): vscode.ViewBadge | undefined {
  const value = badge?.count ?? waiting;
  if (value === 0) return undefined;
  return { value, tooltip: badge === undefined ? waitingText(value) : filteredText(value, inertTitle(badge.name)) };
}

function waitingText(count: number): string {
  return count === 1 ? vscode.l10n.t('1 item waits for the team') : vscode.l10n.t('{0} items wait for the team', count);
}

function filteredText(count: number, filter: string): string {
  return count === 1
    ? vscode.l10n.t('1 item in the filter {0}', filter)
    : vscode.l10n.t('{0} items in the filter {1}', count, filter);
}
