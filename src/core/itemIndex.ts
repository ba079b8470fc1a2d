import type { Item } from './item.ts';
import { linkSignals, namesOf, references } from './linking.ts';
import type { Signal } from './signal.ts';

/**
 * The items of a changing set of signals. An update relinks only the items that the changed signals belonged to or now
 * touch; the result is always what `linkSignals` makes of all signals at once.
 */
export class ItemIndex {
  readonly #signals = new Map<string, Signal>();
  readonly #itemOf = new Map<string, Item>();
  readonly #items = new Map<string, Item>();
  /** Address or id → the ids of the signals that are known by it or point to it. */
  readonly #touching = new Map<string, string[]>();

  items(): ReadonlyMap<string, Item> {
    return this.#items;
  }

  /** The item that holds the signal. */
  itemOf(signalId: string): Item | undefined {
    return this.#itemOf.get(signalId);
  }

  /** Brings the index to `signals`: takes up what is new or another object, drops what is no longer there. */
  sync(signals: ReadonlyMap<string, Signal>): void {
    const changed: Signal[] = [];
    // Both keep their order while signals change: then what is the same is seen without a look-up.
    const own = this.#signals.values();
    for (const [id, signal] of signals)
      if (own.next().value !== signal && this.#signals.get(id) !== signal) changed.push(signal);
    const gone: string[] = [];
    if (this.#signals.size + changed.length > signals.size)
      for (const id of this.#signals.keys()) if (!signals.has(id)) gone.push(id);
    this.update(changed, gone);
  }

  update(changed: readonly Signal[], gone: readonly string[]): void {
    if (changed.length === 0 && gone.length === 0) return;
    const affected = new Map<string, Signal>();
    for (const id of [...gone, ...changed.map((signal) => signal.id)]) this.#detach(id, affected);
    for (const id of gone) {
      affected.delete(id);
      this.#signals.delete(id);
    }
    for (const signal of changed) this.#attach(signal, affected);
    for (const signal of affected.values()) this.#dissolve(signal.id);
    for (const item of linkSignals([...affected.values()])) this.#put(item);
  }

  /** Takes a signal out of its item; the rest of its item is up for relinking. */
  #detach(id: string, affected: Map<string, Signal>): void {
    const signal = this.#signals.get(id);
    if (signal === undefined) return;
    this.#collect(id, affected);
    affected.delete(id);
    this.#dissolve(id);
    for (const key of keysOf(signal)) {
      const rest = this.#touching.get(key)?.filter((other) => other !== id) ?? [];
      if (rest.length === 0) this.#touching.delete(key);
      else this.#touching.set(key, rest);
    }
  }

  #attach(signal: Signal, affected: Map<string, Signal>): void {
    this.#signals.set(signal.id, signal);
    affected.set(signal.id, signal);
    for (const key of keysOf(signal)) {
      const touching = this.#touching.get(key);
      if (touching === undefined) this.#touching.set(key, [signal.id]);
      else {
        for (const other of touching) this.#collect(other, affected);
        touching.push(signal.id);
      }
    }
  }

  /** Adds all signals of the item that holds `id`. */
  #collect(id: string, affected: Map<string, Signal>): void {
    for (const signal of this.#itemOf.get(id)?.signals ?? []) {
      const current = this.#signals.get(signal.id);
      if (current !== undefined) affected.set(signal.id, current);
    }
  }

  #dissolve(id: string): void {
    const item = this.#itemOf.get(id);
    if (item === undefined) return;
    this.#items.delete(item.id);
    this.#itemOf.delete(id);
  }

  #put(item: Item): void {
    this.#items.set(item.id, item);
    for (const signal of item.signals) this.#itemOf.set(signal.id, item);
  }
}

function keysOf(signal: Signal): readonly string[] {
  return [...new Set([...namesOf(signal), ...references(signal)])];
}
