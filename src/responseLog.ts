import type { Item } from './core/item.ts';
import type { Day } from './core/itemState.ts';
import type { JournalEntry } from './core/journal.ts';
import { responseNews } from './core/responses.ts';

/** Tells the journal who stopped an item's clock and when, as soon as it is seen. */
export class ResponseLog {
  readonly #append: (entry: JournalEntry) => void;
  /** The items whose clock ran when they were last looked at. */
  readonly #running = new Set<string>();
  /** Those that were looked at on this team and journal. */
  #looked = new WeakSet<Item>();
  #of: Pick<Day, 'journal' | 'roster' | 'targets'> | undefined;
  #isTelling = false;

  constructor(append: (entry: JournalEntry) => void) {
    this.#append = append;
  }

  look(items: Iterable<Item>, day: Day): void {
    if (this.#isTelling || day.targets.size === 0) return;
    const of = this.#of;
    if (of?.journal !== day.journal || of.roster !== day.roster || of.targets !== day.targets)
      this.#looked = new WeakSet();
    this.#of = day;
    const news = [...items].flatMap((item) => this.#newsOf(item, day));
    this.#isTelling = true;
    try {
      for (const entry of news) this.#append(entry);
    } finally {
      this.#isTelling = false;
    }
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
