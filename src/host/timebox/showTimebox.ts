import * as vscode from 'vscode';
import { formatMinutes } from '../../core/duration.ts';
import { timeboxAt } from '../../core/timeboxRun.ts';
import type { TimeboxView } from '../../core/view.ts';
import { inertTitle } from '../inert.ts';
import { logTime } from './logTime.ts';
import type { TimeboxPorts } from './timeboxPorts.ts';
import { spentText, standText } from './words.ts';

const MINUTE = 60_000;
const EXTENSIONS = [15, 30, 60];
const TITLE_LENGTH = 60;

interface Choice extends vscode.QuickPickItem {
  readonly run: () => Promise<void> | void;
}

/** What can be done with the timebox that runs or is paused. */
export async function showTimebox(ports: TimeboxPorts): Promise<void> {
  const view = ports.timebox();
  if (view === undefined) {
    sayNone();
    return;
  }
  const reading = timeboxAt(view, view.limitMinutes, ports.now());
  const chosen = await vscode.window.showQuickPick(choices(view, ports), {
    title: inertTitle(view.title, TITLE_LENGTH),
    placeHolder: [
      standText(view, reading),
      vscode.l10n.t('{0} of {1} used', spentText(reading.spentMs), formatMinutes(view.boxMinutes)),
    ].join(' · '),
  });
  await chosen?.run();
}

export function sayNone(): void {
  void vscode.window.showInformationMessage(
    vscode.l10n.t('There is no timebox. Select an item in the Queue and choose “Do It Now”.'),
  );
}

function choices(view: TimeboxView, ports: TimeboxPorts): readonly Choice[] {
  const item = view.itemId === undefined ? undefined : ports.item(view.itemId);
  const running = view.runningSince !== undefined;
  const own: readonly Choice[] = [
    { label: `$(check) ${vscode.l10n.t('Done')}`, run: () => finish(view, ports) },
    running
      ? {
          label: `$(debug-pause) ${vscode.l10n.t('Pause')}`,
          run: () => void ports.record(view.signalIds, { type: 'paused' }),
        }
      : {
          label: `$(play) ${vscode.l10n.t('Resume')}`,
          run: () => void ports.record(view.signalIds, { type: 'resumed' }),
        },
    { label: `$(add) ${vscode.l10n.t('Extend…')}`, run: () => extend(view, ports) },
  ];
  const stop: Choice = {
    label: `$(debug-stop) ${vscode.l10n.t('Stop')}`,
    description: vscode.l10n.t('The item stays open'),
    run: () => void ports.record(view.signalIds, { type: 'stopped' }),
  };
  const log: Choice = { label: `$(history) ${vscode.l10n.t('Log Time…')}`, run: () => logTime(view, ports) };
  if (item === undefined) return [...own, stop, log];
  return [
    ...own,
    { label: `$(issues) ${vscode.l10n.t('Convert to Issue…')}`, run: () => ports.convert(item, view.limitMinutes) },
    { label: `$(note) ${vscode.l10n.t('Add Note…')}`, run: () => ports.note(item) },
    { label: `$(link-external) ${vscode.l10n.t('Open in Browser')}`, run: () => ports.open(item) },
    stop,
    log,
  ];
}

/** The item is done, and so is its timebox, whether the item is still known or not. */
export async function finish(view: TimeboxView, ports: TimeboxPorts): Promise<void> {
  const item = view.itemId === undefined ? undefined : ports.item(view.itemId);
  if (item !== undefined) await ports.done(item);
  if (ports.timebox()?.id === view.id) ports.record(view.signalIds, { type: 'stopped' });
}

/** More time, with a reason; what reaches the team's limit leads to converting instead. */
export async function extend(view: TimeboxView, ports: TimeboxPorts): Promise<void> {
  const reading = timeboxAt(view, view.limitMinutes, ports.now());
  const spentMinutes = (reading.spentMs + view.otherMs) / MINUTE;
  const left = reading.leftMs / MINUTE;
  const chosen = await vscode.window.showQuickPick(
    EXTENSIONS.map((minutes) => {
      const reaches = spentMinutes + left + minutes >= view.limitMinutes;
      const description = reaches
        ? vscode.l10n.t('reaches the limit of {0}: convert it instead', formatMinutes(view.limitMinutes))
        : '';
      return { label: `+ ${formatMinutes(minutes)}`, description, minutes, reaches };
    }),
    {
      title: vscode.l10n.t('Extend: {0}', inertTitle(view.title, TITLE_LENGTH)),
      placeHolder: vscode.l10n.t('{0} spent on it so far', formatMinutes(spentMinutes)),
    },
  );
  if (chosen === undefined) return;
  if (chosen.reaches) {
    await convertTimebox(view, ports);
    return;
  }
  const reason = await vscode.window.showInputBox({
    title: vscode.l10n.t('Extend: {0}', inertTitle(view.title, TITLE_LENGTH)),
    prompt: vscode.l10n.t('Why does it take longer? It is kept with the item.'),
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? vscode.l10n.t('A few words are enough.') : undefined),
  });
  if (reason === undefined) return;
  // It may have run over its end: the time that was asked for begins now.
  const over = Math.max(0, Math.floor((reading.spentMs - view.boxMinutes * MINUTE) / MINUTE));
  ports.record(view.signalIds, { type: 'extended', minutes: over + chosen.minutes, reason: reason.trim() });
}

/** The conversion, filled in with what was done. */
export async function convertTimebox(view: TimeboxView, ports: TimeboxPorts): Promise<void> {
  const item = view.itemId === undefined ? undefined : ports.item(view.itemId);
  if (item !== undefined) await ports.convert(item, view.limitMinutes);
  else
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        '“{0}” is no longer reported by its source, so there is nothing to convert.',
        inertTitle(view.title),
      ),
    );
}
