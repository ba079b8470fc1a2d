import * as vscode from 'vscode';
import { formatMinutes } from '../../core/duration.ts';
import { timeboxAt } from '../../core/timeboxRun.ts';
import type { TimeboxView } from '../../core/view.ts';
import { inertTitle } from '../inert.ts';
import { TimedStatusItem } from '../timedStatusItem.ts';
import { spentText, standText } from './words.ts';

/** Minutes are shown: twice a minute is enough, and exactly when something is reached. */
const TICK_MS = 30_000;

/** The timebox, in the status bar, while there is one. `now` is epoch milliseconds. */
export function timeboxStatusBar(now: () => number): TimedStatusItem<TimeboxView> {
  const name = vscode.l10n.t('Responder Timebox');
  const frame = { id: 'responder.timebox', name, command: 'responder.showTimebox', priority: 19 };
  return new TimedStatusItem(frame, (item, view) => paint(item, view, now()));
}

/** Returns after how many milliseconds it is not so any more; undefined when it is paused. */
function paint(item: vscode.StatusBarItem, view: TimeboxView, now: number): number | undefined {
  const reading = timeboxAt(view, view.limitMinutes, now);
  const stand = standText(view, reading);
  item.text = `$(${reading.state === 'paused' ? 'debug-pause' : 'watch'}) ${stand} · ${inertTitle(view.title)}`;
  item.accessibilityInformation = { label: vscode.l10n.t('Timebox: {0}, {1}', stand, view.title) };
  item.tooltip = [
    view.title,
    vscode.l10n.t('{0} of {1} used', spentText(reading.spentMs), formatMinutes(view.boxMinutes)),
    ...(reading.mustConvert ? [vscode.l10n.t('The rest reaches the limit: convert it to an issue')] : []),
  ].join('\n');
  if (reading.state !== 'running') return undefined;
  return Math.min(TICK_MS, (reading.nextMarkAt ?? now + TICK_MS) - now);
}
