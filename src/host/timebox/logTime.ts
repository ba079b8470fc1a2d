import * as vscode from 'vscode';
import { formatMinutes } from '../../core/duration.ts';
import { parseTimebox } from '../../core/timebox.ts';
import { inertTitle } from '../inert.ts';
import { say } from '../say.ts';
import type { TimeboxPorts } from './timeboxPorts.ts';
import { spentText } from './words.ts';

const MINUTE = 60_000;
const TITLE_LENGTH = 60;

/** What time is logged for; without signals it is for the shift itself. */
export interface TimeSubject {
  readonly signalIds: readonly string[];
  readonly title: string;
}

/** Asks what the time is for when there is more than one answer; undefined when the person leaves. */
export async function pickSubject(subjects: readonly TimeSubject[]): Promise<TimeSubject | undefined> {
  const [only, ...others] = subjects;
  if (others.length === 0) return only;
  const choices = subjects.map((subject) => {
    const isShift = subject.signalIds.length === 0;
    return {
      label: isShift ? vscode.l10n.t('No item: the shift itself') : inertTitle(subject.title, TITLE_LENGTH),
      subject,
    };
  });
  const title = vscode.l10n.t('Log Time');
  const chosen = await vscode.window.showQuickPick(choices, {
    title,
    placeHolder: vscode.l10n.t('What was the time spent on?'),
  });
  return chosen?.subject;
}

/** Logs time afterwards, or takes some off again: never more than was spent. */
export async function logTime(subject: TimeSubject, ports: TimeboxPorts): Promise<void> {
  const title =
    subject.signalIds.length === 0
      ? vscode.l10n.t('Log Time for the Shift')
      : vscode.l10n.t('Log Time: {0}', inertTitle(subject.title, TITLE_LENGTH));
  const spent = ports.spentOn(subject.signalIds);
  const typed = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('How long? 45m or 1h 30m; -10m takes off. Spent so far: {0}', spentText(spent)),
    ignoreFocusOut: true,
    validateInput: (text) => problem(text, spent, ports),
  });
  const minutes = typed === undefined ? undefined : parse(typed, ports);
  if (minutes === undefined) return;
  const reason = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('What was it spent on?'),
    ignoreFocusOut: true,
  });
  if (reason === undefined || (minutes < 0 && !(await confirmed(-minutes)))) return;
  ports.record(subject.signalIds, { type: 'timeLogged', minutes, reason: reason.trim() });
  const length = formatMinutes(Math.abs(minutes));
  const said = minutes < 0 ? vscode.l10n.t('{0} taken off', length) : vscode.l10n.t('{0} logged', length);
  say(said);
}

/** A minus before it takes off. */
function parse(text: string, ports: TimeboxPorts): number | undefined {
  const [, sign = '', length = ''] = /^\s*([-−]?)(.*)$/su.exec(text) ?? [];
  const minutes = parseTimebox(/^\s*\d+\s*$/u.test(length) ? `${length}m` : length, ports.dayMinutes());
  return minutes === undefined || sign === '' ? minutes : -minutes;
}

function problem(text: string, spent: number, ports: TimeboxPorts): string | undefined {
  const minutes = parse(text, ports);
  if (minutes === undefined) return vscode.l10n.t('This is not a length of time. Try 45m, 1h 30m or -10m.');
  return spent + minutes * MINUTE < 0 ? vscode.l10n.t('Only {0} were spent.', spentText(spent)) : undefined;
}

async function confirmed(minutes: number): Promise<boolean> {
  const yes = vscode.l10n.t('Take Off {0}', formatMinutes(minutes));
  const text = vscode.l10n.t('Take {0} off the time spent?', formatMinutes(minutes));
  return (await vscode.window.showWarningMessage(text, { modal: true }, yes)) === yes;
}
