import * as vscode from 'vscode';
import { uncheckedCount } from '../core/coverageLine.ts';
import type { CoverageView, PlaceView } from '../core/view.ts';

/** A watched place by its name. */
export function placeText({ kind, name }: Pick<PlaceView, 'kind' | 'name'>): string {
  return kind === 'notifications' ? vscode.l10n.t('GitHub notifications') : name;
}

/** `2 places not checked today`; undefined when none is left, or none is due. */
export function uncheckedText(view: CoverageView, now: number): string | undefined {
  const count = uncheckedCount(view, now);
  if (count === 0) return undefined;
  return count === 1
    ? vscode.l10n.t('1 place not checked today')
    : vscode.l10n.t('{0} places not checked today', count);
}
