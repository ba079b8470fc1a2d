import * as vscode from 'vscode';
import { formatMinutes } from '../../core/duration.ts';
import { type Item, leadSignal } from '../../core/item.ts';
import { mustBeIssue } from '../../core/timebox.ts';
import { inertTitle } from '../inert.ts';
import { subjectText } from '../working/words.ts';
import { showTimebox } from './showTimebox.ts';
import type { TimeboxPorts } from './timeboxPorts.ts';
import { spentText } from './words.ts';

const MINUTE = 60_000;
/** What is done now is small; from the team's limit on it is planned. */
const LENGTHS = [15, 30, 60, 90];
const TITLE_LENGTH = 60;

/**
 * Takes an item up at once: asks for how long, claims it and starts its timebox. A timebox that ran is paused and can be
 * resumed; one that this item has already is shown. `asked` is a length that the person has named before.
 */
export async function doItNow(item: Item, ports: TimeboxPorts, asked?: number): Promise<void> {
  const signalIds = item.signals.map(({ id }) => id);
  const current = ports.timebox();
  if (current?.signalIds.some((id) => signalIds.includes(id)) === true) {
    if (current.runningSince === undefined) ports.record(current.signalIds, { type: 'resumed' });
    else await showTimebox(ports);
    return;
  }
  const minutes = asked !== undefined && fits(asked, signalIds, ports) ? asked : await askLength(item, ports);
  if (minutes === undefined) return;
  ports.start(item, minutes);
  const begun = vscode.l10n.t('Do It Now: {0}', subjectText([leadSignal(item).title]));
  const paused = current?.runningSince === undefined ? [] : [vscode.l10n.t('Paused: {0}', inertTitle(current.title))];
  ports.offerUndo([begun, ...paused].join(' · '));
}

/** Undefined when the person leaves, or when there is no time left under the limit: then the offer is to convert. */
async function askLength(item: Item, ports: TimeboxPorts): Promise<number | undefined> {
  const signalIds = item.signals.map(({ id }) => id);
  const title = inertTitle(leadSignal(item).title, TITLE_LENGTH);
  const limit = formatMinutes(ports.limitMinutes());
  const spent = ports.spentOn(signalIds);
  const choices = LENGTHS.filter((minutes) => fits(minutes, signalIds, ports)).map((minutes) => ({
    label: formatMinutes(minutes),
    minutes,
  }));
  if (choices.length === 0) {
    const convert = vscode.l10n.t('Convert…');
    const text = vscode.l10n.t(
      '“{0}” has taken {1}: the rest reaches the limit of {2}.',
      title,
      spentText(spent),
      limit,
    );
    if ((await vscode.window.showInformationMessage(text, convert)) === convert)
      await ports.convert(item, ports.limitMinutes());
    return undefined;
  }
  const running = ports.timebox();
  const taken = spent === 0 ? undefined : vscode.l10n.t('{0} spent so far', spentText(spent));
  const pauses =
    running?.runningSince === undefined ? undefined : vscode.l10n.t('Pauses “{0}”', inertTitle(running.title));
  const facts = [vscode.l10n.t('How long may it take? From {0} on, it is planned as an issue', limit), taken, pauses];
  const chosen = await vscode.window.showQuickPick(choices, {
    title: vscode.l10n.t('Do It Now: {0}', title),
    placeHolder: facts.filter((fact) => fact !== undefined).join(' · '),
  });
  return chosen?.minutes;
}

function fits(minutes: number, signalIds: readonly string[], ports: TimeboxPorts): boolean {
  return !mustBeIssue(minutes + ports.spentOn(signalIds) / MINUTE, ports.limitMinutes());
}
