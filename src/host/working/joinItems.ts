import * as vscode from 'vscode';
import type { Item } from '../../core/item.ts';
import { actEntries, type UndoableEvent } from '../../core/undo.ts';
import { iconless } from '../inert.ts';
import { say } from '../say.ts';
import { kindText } from '../words.ts';
import { hereOf, subjectOf } from './act.ts';
import { actText } from './words.ts';
import type { WorkingPorts } from './workingPorts.ts';

/** Makes one item of several. */
export function mergeItems(items: readonly Item[], ports: WorkingPorts): void {
  if (items.length < 2) return say(vscode.l10n.t('Select two items or more to merge them.'));
  recordOnce(items, { type: 'merged' }, ports);
}

/** Asks which signals of an item are another matter, and makes an item of those. `signalIds` are chosen from the start. */
export async function keepItemApart(
  item: Item | undefined,
  signalIds: ReadonlySet<string>,
  ports: WorkingPorts,
): Promise<void> {
  if (item === undefined || item.signals.length < 2)
    return say(vscode.l10n.t('Select an item of several signals to keep them apart.'));
  const off = await askOff(item, signalIds);
  if (off === undefined || off.length === 0) return;
  if (off.length === item.signals.length)
    return say(vscode.l10n.t('All of them are still one item: leave out what belongs together.'));
  recordOnce([item], { type: 'keptApart', off }, ports);
}

async function askOff(item: Item, signalIds: ReadonlySet<string>): Promise<readonly string[] | undefined> {
  const choices = item.signals.map(({ id, title, kind, place }) => ({
    label: iconless(title),
    description: `${kindText(kind)} · ${iconless(place)}`,
    // Of two it is the second one that joined.
    picked: signalIds.size > 0 ? signalIds.has(id) : item.signals.length === 2 && id === item.signals[1]?.id,
    id,
  }));
  const chosen = await vscode.window.showQuickPick(choices, {
    title: vscode.l10n.t('Keep Apart: {0}', subjectOf([item])),
    placeHolder: vscode.l10n.t('Select what does not belong here. It becomes an item of its own'),
    canPickMany: true,
  });
  return chosen?.map(({ id }) => id);
}

/** One entry about all of them: it says how they belong together, not what happened to each. */
function recordOnce(items: readonly Item[], event: UndoableEvent, ports: WorkingPorts): void {
  const signalIds = items.flatMap(({ signals }) => signals.map(({ id }) => id));
  for (const entry of actEntries({ id: ports.newId(), at: ports.now(), event, items: [signalIds] }))
    ports.append(entry);
  ports.offerUndo(actText(event, subjectOf(items), hereOf(ports)));
}
