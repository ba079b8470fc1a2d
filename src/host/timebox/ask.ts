import * as vscode from 'vscode';
import type { Budget } from '../../core/budget.ts';
import { formatMinutes } from '../../core/duration.ts';
import { type TimeboxMark, timeboxAt } from '../../core/timeboxRun.ts';
import type { TimeboxView } from '../../core/view.ts';
import { inertTitle } from '../inert.ts';
import { say } from '../say.ts';
import { whenText } from '../words.ts';
import { convertTimebox, extend, finish } from './showTimebox.ts';
import type { TimeboxPorts } from './timeboxPorts.ts';
import type { Silence } from './timeWatch.ts';
import { leftText, spentText } from './words.ts';

const TITLE_LENGTH = 60;

/**
 * Takes the time that passed in silence off the timebox, then asks whether it counts: a question that is never answered
 * leaves it off, and the timebox paused.
 */
export async function askSilence(view: TimeboxView, { from, to }: Silence, ports: TimeboxPorts): Promise<void> {
  const pauseId = ports.record(view.signalIds, { type: 'paused' }, from);
  const [count, leave] = [vscode.l10n.t('Count Time'), vscode.l10n.t('Don’t Count')];
  const when = (at: number): string => whenText(at, to, ports.timeZone());
  const text = vscode.l10n.t(
    '“{0}”: this machine slept or VS Code was closed for {1}, from {2} to {3}. Does this time count?',
    inertTitle(view.title, TITLE_LENGTH),
    spentText(to - from),
    when(from),
    when(to),
  );
  const chosen = await vscode.window.showInformationMessage(text, count, leave);
  const current = ports.timebox();
  // Resumed or ended by hand in the meantime: the answer came too late.
  if (current?.id !== view.id || current.runningSince !== undefined) return;
  if (chosen === count) ports.record(view.signalIds, { type: 'undone', entryId: pauseId });
  if (chosen === leave) ports.record(view.signalIds, { type: 'resumed' });
}

/** Asks what becomes of a timebox that nears its end, or has come to it. */
export async function askMark(view: TimeboxView, mark: TimeboxMark, ports: TimeboxPorts): Promise<void> {
  const { mustConvert } = timeboxAt(view, view.limitMinutes, ports.now());
  const done = vscode.l10n.t('Done');
  const more = vscode.l10n.t('Extend…');
  const convert = vscode.l10n.t('Convert…');
  const buttons = mustConvert ? [convert, done] : [done, more, convert];
  const chosen = await vscode.window.showInformationMessage(markText(view, mark, ports), ...buttons);
  const current = ports.timebox();
  if (chosen === undefined || current?.id !== view.id) return;
  if (chosen === done) await finish(current, ports);
  if (chosen === more) await extend(current, ports);
  if (chosen === convert) await convertTimebox(current, ports);
}

function markText(view: TimeboxView, mark: TimeboxMark, ports: TimeboxPorts): string {
  const title = inertTitle(view.title, TITLE_LENGTH);
  const { leftMs, mustConvert } = timeboxAt(view, view.limitMinutes, ports.now());
  if (mustConvert)
    return vscode.l10n.t(
      '“{0}”: the time spent and left reaches the limit of {1}. The rest is planned work: convert it to an issue.',
      title,
      formatMinutes(view.limitMinutes),
    );
  return mark === 'eighty'
    ? vscode.l10n.t('“{0}”: {1} of {2} left.', title, leftText(leftMs), formatMinutes(view.boxMinutes))
    : vscode.l10n.t('“{0}”: the {1} are over.', title, formatMinutes(view.boxMinutes));
}

export interface BudgetPorts {
  /** From now on nothing is said of the budget. */
  readonly keepQuiet: () => Promise<void>;
  /** Opens the place where the team is asked, when there is one. */
  readonly openChannel: () => Promise<void>;
}

/** Says that the budget is nearly or wholly used; it never stops anybody. */
export async function sayBudget({ spentMs, budgetMs, warn }: Budget, ports: BudgetPorts): Promise<void> {
  const [spent, budget] = [spentText(spentMs), spentText(budgetMs)];
  const quiet = vscode.l10n.t('Don’t Show Again');
  const show = vscode.l10n.t('Show Budget');
  const plan = vscode.l10n.t('Plan the Rest');
  const help = vscode.l10n.t('Ask for Help');
  const text =
    warn === 'full'
      ? vscode.l10n.t('The duty budget of this shift is used up: {0} of {1}.', spent, budget)
      : vscode.l10n.t('Most of the duty budget of this shift is used: {0} of {1}.', spent, budget);
  const buttons = warn === 'full' ? [plan, help, quiet] : [show, quiet];
  const chosen = await vscode.window.showInformationMessage(text, ...buttons);
  if (chosen === quiet) await ports.keepQuiet();
  if (chosen === show) await vscode.commands.executeCommand('responder.rotation.focus');
  if (chosen === plan) await vscode.commands.executeCommand('responder.queue.focus');
  if (chosen === help) await askForHelp(spent, budget, ports);
}

/** The person says it in their own name: the words are only put at hand. */
async function askForHelp(spent: string, budget: string, { openChannel }: BudgetPorts): Promise<void> {
  await vscode.env.clipboard.writeText(
    vscode.l10n.t('My duty time for this shift is used up ({0} of {1}). Can somebody take one or two?', spent, budget),
  );
  say(vscode.l10n.t('A request for help was copied to the clipboard'), 8000);
  await openChannel();
}
