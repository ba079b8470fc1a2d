import * as vscode from 'vscode';
import { changes } from '../../core/acts.ts';
import { type Item, leadSignal } from '../../core/item.ts';
import { entriesOf, type ItemRecord, indexJournal, recordOf } from '../../core/itemRecord.ts';
import { seeing } from '../../core/seen.ts';
import { actEntries, type UndoableEntry, type UndoableEvent } from '../../core/undo.ts';
import { say } from '../say.ts';
import { actText, type Here, subjectText } from './words.ts';
import type { WorkingPorts } from './workingPorts.ts';

/** An item and what was just recorded of it. */
export interface Acted {
  readonly item: Item;
  readonly entry: UndoableEntry;
}

/** Records that something happened to items, each on its own, all as one act, and says so. */
export function act(items: readonly Item[], event: UndoableEvent, ports: WorkingPorts): readonly Acted[] {
  return record(plan(items, event, ports), ports);
}

/** What an act (of that unique `id`) would record; items that are so already are left alone. Says when nothing is left. */
export function plan(
  items: readonly Item[],
  event: UndoableEvent,
  ports: WorkingPorts,
  id = ports.newId(),
): readonly Acted[] {
  const recordNow = recordsOf(ports);
  const changed = items.filter((item) => changes(item, recordNow(item), event));
  if (changed.length === 0) say(vscode.l10n.t('No changes needed.'));
  const entries = actEntries({
    id,
    at: ports.now(),
    event,
    items: changed.map((item) => item.signals.map(({ id }) => id)),
  });
  return entries.flatMap((entry, index) => {
    const item = changed[index];
    return item === undefined ? [] : [{ item, entry: { ...entry, event: seeing(entry.event, item) } }];
  });
}

/** Records what was planned, as of now: the person may have thought about it for a while. `remark` is said with it. */
export function record<T extends Acted>(planned: readonly T[], ports: WorkingPorts, remark?: string): readonly T[] {
  const [first] = planned;
  if (first === undefined) return [];
  const at = ports.now();
  for (const { entry } of planned) ports.append({ ...entry, at });
  const text = actText(first.entry.event, subjectOf(planned.map(({ item }) => item)), hereOf(ports));
  ports.offerUndo(remark === undefined ? text : `${text} · ${remark}`);
  return planned;
}

/** How items are spoken of in a sentence. */
export function subjectOf(items: readonly Item[]): string {
  return subjectText(items.map((item) => leadSignal(item).title));
}

export function hereOf({ now, me, team }: WorkingPorts): Here {
  return { now: now(), timeZone: me?.timeZone ?? team.timeZone };
}

/** Reads the journal once for any number of items. */
function recordsOf(ports: WorkingPorts): (item: Item) => ItemRecord {
  const index = indexJournal(ports.journal());
  return (item) => recordOf(entriesOf(item, index));
}
