import * as vscode from 'vscode';
import { isCheckedToday } from '../core/coverageLine.ts';
import type { CoverageView } from '../core/view.ts';
import { placeText } from './coverageWords.ts';
import { whenText } from './words.ts';

/** A place that was ticked, or whose tick was taken away. */
export interface Tick {
  readonly watchId: string;
  readonly isChecked: boolean;
}

export interface CheckMoment {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly timeZone: string;
}

/** Asks which places were checked today; what differs from what was known. */
export async function askChecked(view: CoverageView, { now, timeZone }: CheckMoment): Promise<readonly Tick[]> {
  const picks = view.places.map((place) => {
    const isChecked = isCheckedToday(place, view, now);
    const facts = [
      isChecked && place.checkedAt !== undefined
        ? vscode.l10n.t('checked {0}', whenText(place.checkedAt, now, timeZone))
        : undefined,
      place.unseen > 0 ? vscode.l10n.t('{0} new', place.unseen) : undefined,
    ];
    const description = facts.filter((fact) => fact !== undefined).join(' · ');
    return { label: placeText(place), description, picked: isChecked, watchId: place.id };
  });
  const chosen = await vscode.window.showQuickPick(picks, {
    title: vscode.l10n.t('Check Places'),
    placeHolder: vscode.l10n.t('The places that you have checked today'),
    canPickMany: true,
  });
  if (chosen === undefined) return [];
  const checked = new Set(chosen.map(({ watchId }) => watchId));
  return picks
    .filter(({ watchId, picked }) => checked.has(watchId) !== picked)
    .map(({ watchId }) => ({ watchId, isChecked: checked.has(watchId) }));
}

/** Asks for one place; undefined when there is a way out. */
export async function askPlace(view: CoverageView): Promise<string | undefined> {
  const picks = view.places.map((place) => ({ label: placeText(place), watchId: place.id }));
  const chosen = await vscode.window.showQuickPick(picks, { title: vscode.l10n.t('Open Place') });
  return chosen?.watchId;
}
