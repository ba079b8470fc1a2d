import type { Item } from '../core/item.ts';
import type { ItemIndex } from '../core/itemIndex.ts';
import type { Day } from '../core/itemState.ts';
import type { JournalEntry } from '../core/journal.ts';
import { responseNews } from '../core/responses.ts';

/** Tells the journal who stopped an item's clock and when, as soon as it is seen. */
export class ResponseLog {
  readonly #append: (entry: JournalEntry) => void;
  /** The items whose clock ran when they were last looked at. */
  readonly #running = new Set<string>();
  /** The entries that were read. */
  readonly #read = new Set<JournalEntry>();
  /** The items that were looked at on this team and what was read. */
  #looked = new WeakSet<Item>();
  #of: Pick<Day, 'roster' | 'targets'> | undefined;
  #isTelling = false;

  constructor(append: (entry: JournalEntry) => void) {
    this.#append = append;
  }

  /** Looks at the items that are new, and at those that entries were written about since the last look. */
  look(index: Pick<ItemIndex, 'items' | 'itemOf'>, journal: readonly JournalEntry[], day: Day): void {
    if (this.#isTelling || day.targets.size === 0) return;
    if (this.#of?.roster !== day.roster || this.#of.targets !== day.targets) this.#looked = new WeakSet();
    this.#of = day;
    for (const id of this.#newIn(journal).flatMap(({ signalIds }) => signalIds)) {
      const item = index.itemOf(id);
      if (item !== undefined) this.#looked.delete(item);
    }
    const news = [...index.items().values()].flatMap((item) => this.#newsOf(item, day));
    this.#isTelling = true;
    try {
      for (const entry of news) this.#append(entry);
    } finally {
      this.#isTelling = false;
    }
  }

  /** What was not read yet: most of it at the end; what another window wrote may stand before that. */
  #newIn(journal: readonly JournalEntry[]): readonly JournalEntry[] {
    const found: JournalEntry[] = [];
    for (let end = journal.length; end > 0 && this.#read.size < journal.length; end -= 1) {
      const entry = journal[end - 1];
      if (entry === undefined || this.#read.has(entry)) continue;
      this.#read.add(entry);
      found.push(entry);
    }
    return found;
  }

  #newsOf(item: Item, day: Day): readonly JournalEntry[] {
    if (this.#looked.has(item)) return [];
    this.#looked.add(item);
    const { clock, entries } = responseNews(item, day, { wasRunning: this.#running.has(item.id) });
    if (clock === 'running') this.#running.add(item.id);
    if (clock === 'stopped') this.#running.delete(item.id);
    return entries;
  }
}
