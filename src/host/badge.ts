import * as vscode from 'vscode';
import type { QueueView } from '../core/view.ts';
import { inertTitle } from './timebox/words.ts';

/** What the badge of the Queue says: what waits on us, or what the chosen filter lets through; undefined for nothing. */
export function badgeOf({ waiting, badge }: Pick<QueueView, 'waiting' | 'badge'>): vscode.ViewBadge | undefined {
  const value = badge?.count ?? waiting;
  if (value === 0) return undefined;
  const tooltip =
    badge === undefined
      ? vscode.l10n.t('{0} items wait for the team', value)
      : vscode.l10n.t('{0} items of the filter {1}', value, inertTitle(badge.name));
  return { value, tooltip };
}
