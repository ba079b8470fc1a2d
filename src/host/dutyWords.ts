import * as vscode from 'vscode';
import type { Budget } from '../core/budget.ts';
import { type DutyLine, dutyLine, turnEnd } from '../core/dutyLine.ts';
import type { DutyView } from '../core/view.ts';
import { spentText } from './timebox/words.ts';
import { whenText } from './words.ts';

/** `Noor (you) · until Mon 09:00`. */
export function lineText(view: DutyView, line: DutyLine, now: number): string {
  const time = (at: number): string => whenText(at, now, view.timeZone);
  if (line.now === undefined)
    return line.next === undefined
      ? vscode.l10n.t('Nobody on duty')
      : vscode.l10n.t('Nobody on duty · {0} from {1}', line.next.name, time(line.next.from));
  const name = line.isMe ? vscode.l10n.t('{0} (you)', line.now.name) : line.now.name;
  if (line.resumesAt === undefined) return vscode.l10n.t('{0} · until {1}', name, time(turnEnd(view, line.now)));
  // Before work begins again the turn is somebody else's.
  return line.next !== undefined && isOver(view, line)
    ? vscode.l10n.t('{0} · off hours, {1} from {2}', name, line.next.name, time(line.next.from))
    : vscode.l10n.t('{0} · off hours, resumes {1}', name, time(line.resumesAt));
}

/** Whether the turn ends before anybody works again, so that nothing of it is left. */
export function isOver(view: DutyView, { now, resumesAt }: DutyLine): boolean {
  return now !== undefined && resumesAt !== undefined && turnEnd(view, now) <= resumesAt;
}

/** `paused until Mon 09:00`, of clocks; undefined while they run. */
export function pausedText(view: DutyView, now: number): string | undefined {
  const { resumesAt } = dutyLine(view, now);
  return resumesAt === undefined
    ? undefined
    : vscode.l10n.t('paused until {0}', whenText(resumesAt, now, view.timeZone));
}

/** `Budget: 2 h 10 min of 3 h 54 min · 56 %`. */
export function budgetText({ spentMs, budgetMs, share }: Budget): string {
  const amount = vscode.l10n.t('Budget: {0} of {1}', spentText(spentMs), spentText(budgetMs));
  return Number.isFinite(share) ? `${amount} · ${percentText(share)}` : amount;
}

function percentText(share: number): string {
  // Rounded down: 100 % is said when it is used up and not before.
  return new Intl.NumberFormat(vscode.env.language, { style: 'percent' }).format(Math.floor(share * 100) / 100);
}
