import type { Item } from '../core/item.ts';
import type { Commands } from '../host/commands.ts';
import { targetRows } from '../host/rowTargets.ts';
import { signalIdOf } from '../host/tree/itemRows.ts';
import { bundleIdOf } from '../host/tree/queueRows.ts';
import { keepItemApart, mergeItems } from '../host/working/joinItems.ts';
import { type ChosenBundle, keepReviews, takeReviews } from '../host/working/reviewBundles.ts';
import type { WorkingPorts } from '../host/working/workingPorts.ts';
import type { CommandWiring } from './commandWiring.ts';
import { itemOf } from './onItems.ts';

export type JoinCommands =
  | 'responder.merge'
  | 'responder.keepApart'
  | 'responder.takeReviews'
  | 'responder.keepReviews';

/** The commands that say what belongs together. */
export function joinCommands(
  { session, selected }: CommandWiring,
  items: (row: unknown, rows: unknown) => readonly Item[],
  ports: () => WorkingPorts,
): Pick<Commands, JoinCommands> {
  const bundles = (row: unknown, rows: unknown): readonly ChosenBundle[] => {
    const ids = new Set(targetRows(row, rows, selected()).map(bundleIdOf));
    // A filter may hide some of their reviews; they are taken and kept whole.
    const all = session()
      .view()
      .queue.groups.flatMap((group) => group.bundles);
    return all
      .filter(({ id }) => ids.has(id))
      .map((bundle) => ({ bundle, items: bundle.items.flatMap(({ id }) => session().items().get(id) ?? []) }));
  };
  return {
    'responder.merge': async (row, rows) => mergeItems(items(row, rows), ports()),
    'responder.keepApart': async (row, rows) => {
      const item = itemOf({ session, selected }, row);
      const rowsOfSignals = new Set(targetRows(row, rows, selected()).map(signalIdOf));
      const chosen = item?.signals.map(({ id }) => id).filter((id) => rowsOfSignals.has(id));
      await keepItemApart(item, new Set(chosen), ports());
    },
    'responder.takeReviews': async (row, rows) => takeReviews(bundles(row, rows), ports()),
    'responder.keepReviews': async (row, rows) => keepReviews(bundles(row, rows), ports()),
  };
}
