import * as vscode from 'vscode';
import { formatMinutes } from '../../core/duration.ts';
import type { TimeboxReading } from '../../core/timeboxRun.ts';
import type { TimeboxView } from '../../core/view.ts';

const MINUTE = 60_000;

/** A stretch of time in whole minutes; what is left is rounded up, so that 0 min means that it is over. */
export function leftText(ms: number): string {
  return formatMinutes(Math.ceil(ms / MINUTE));
}

/** A stretch of time in whole minutes that have passed. */
export function spentText(ms: number): string {
  return formatMinutes(Math.floor(ms / MINUTE));
}

/** `24 min left`, `6 min over`, `paused, 24 min left`. */
export function standText({ boxMinutes }: TimeboxView, reading: TimeboxReading): string {
  const left =
    reading.leftMs > 0
      ? vscode.l10n.t('{0} left', leftText(reading.leftMs))
      : vscode.l10n.t('{0} over', spentText(reading.spentMs - boxMinutes * MINUTE));
  return reading.state === 'paused' ? vscode.l10n.t('paused, {0}', left) : left;
}
