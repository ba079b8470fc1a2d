import type { RowChange, Shelf } from './shelf.ts';
import type { StoreMemory } from './store.ts';

/** What one poll reads and sets of its source's memory, over what is stored; values are copied on the way in and out. */
export class PollMemory implements StoreMemory {
  readonly #source: string;
  readonly #shelf: Shelf<string>;
  readonly #set = new Map<string, string | undefined>();

  constructor(source: string, shelf: Shelf<string>) {
    this.#source = source;
    this.#shelf = shelf;
  }

  get(key: string): unknown {
    const text = this.#set.has(key) ? this.#set.get(key) : this.#shelf.values.get(memoryRowId(this.#source, key));
    return text === undefined ? undefined : JSON.parse(text);
  }

  set(key: string, value: unknown): void {
    this.#set.set(key, value === undefined ? undefined : JSON.stringify(value));
  }

  delete(key: string): void {
    this.#set.set(key, undefined);
  }

  /** The rows that differ from what is stored. */
  changes(): readonly RowChange[] {
    return [...this.#set].flatMap(([key, text]) => {
      const id = memoryRowId(this.#source, key);
      return text === undefined ? this.#shelf.remove(id) : this.#shelf.put(id, text);
    });
  }
}

/** The row of one key: JSON, so that no source's name can run into another's key. */
function memoryRowId(source: string, key: string): string {
  return JSON.stringify([source, key]);
}

/** Whether a row of the memory belongs to one of `sources`. */
export function isMemoryOf(sources: ReadonlySet<string>, rowId: string): boolean {
  const parts: unknown = JSON.parse(rowId);
  return Array.isArray(parts) && sources.has(String(parts[0]));
}
