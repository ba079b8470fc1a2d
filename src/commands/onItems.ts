import type { Item } from '../core/item.ts';
import { sayNothingSelected } from '../host/nothingSelected.ts';
import { targetItems } from '../host/rowTargets.ts';
import type { CommandWiring } from './commandWiring.ts';

type ItemWiring = Pick<CommandWiring, 'session' | 'selected'>;

/** The items that a command is about, as VS Code passes them or as they are selected. */
export function itemsOf({ session, selected }: ItemWiring, row: unknown, rows: unknown): readonly Item[] {
  return targetItems(row, rows, selected()).flatMap((id) => session().items().get(id) ?? []);
}

/** The item of a command that does one at a time: the clicked row's, or the first that is selected. */
export function itemOf(wiring: ItemWiring, row: unknown): Item | undefined {
  return itemsOf(wiring, row, undefined)[0];
}

/** Makes commands of what is done to items, with ports of the moment; says so when there are none. */
export function onItems<Ports>(wiring: ItemWiring, ports: () => Ports) {
  return (run: (items: readonly Item[], ports: Ports) => Promise<unknown> | void) =>
    async (row?: unknown, rows?: unknown): Promise<void> => {
      const items = itemsOf(wiring, row, rows);
      if (items.length === 0) sayNothingSelected();
      else await run(items, ports());
    };
}
