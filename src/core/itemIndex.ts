import type { Item } from './item.ts';
import { linkSignals, namesOf, references } from './linking.ts';
import type { Signal } from './signal.ts';
import { NO_TIES, type Tie, type Ties } from './ties.ts';

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
  #ties: Ties = NO_TIES;

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
    for (const id of gone) {
      this.#forgetKeys(id);
      this.#signals.delete(id);
    }
    const touched = [...gone];
    for (const signal of changed) {
      this.#forgetKeys(signal.id);
      this.#signals.set(signal.id, signal);
      touched.push(signal.id, ...this.#takeKeys(signal));
    }
    this.#relink(this.#reach(touched));
  }

  /** Takes up what was merged and kept apart; only items that it is about are linked anew. */
  setTies(ties: Ties): void {
    const before = this.#ties;
    const changed = [...differing(before, ties), ...differing(ties, before)].flatMap(({ signalIds }) => signalIds);
    if (changed.length === 0) return;
    this.#ties = ties;
    this.#relink(this.#reach(changed));
  }

  /**
   * All signals that may be linked otherwise once these have changed: those of their items and, since two items that
   * addresses would join are two only because something in them was kept apart, those that a person named with one.
   */
  #reach(ids: Iterable<string>): ReadonlySet<string> {
    const reached = new Set(ids);
    // A set's iteration goes on over what is added on the way.
    for (const id of reached) {
      for (const signal of this.#itemOf.get(id)?.signals ?? []) reached.add(signal.id);
      for (const { signalIds } of this.#ties.bySignal.get(id) ?? []) for (const other of signalIds) reached.add(other);
    }
    return reached;
  }

  #relink(ids: ReadonlySet<string>): void {
    const signals: Signal[] = [];
    for (const id of ids) {
      this.#dissolve(id);
      const signal = this.#signals.get(id);
      if (signal !== undefined) signals.push(signal);
    }
    for (const item of linkSignals(signals, this.#ties)) this.#put(item);
  }

  #forgetKeys(id: string): void {
    const signal = this.#signals.get(id);
    if (signal === undefined) return;
    for (const key of keysOf(signal)) {
      const rest = this.#touching.get(key)?.filter((other) => other !== id) ?? [];
      if (rest.length === 0) this.#touching.delete(key);
      else this.#touching.set(key, rest);
    }
  }

  /** The ids of the others that are known by what the signal is known by or points to, or point to it. */
  #takeKeys(signal: Signal): readonly string[] {
    return keysOf(signal).flatMap((key) => {
      const touching = this.#touching.get(key);
      if (touching === undefined) {
        this.#touching.set(key, [signal.id]);
        return [];
      }
      const others = [...touching];
      touching.push(signal.id);
      return others;
    });
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

/** Those of one that the other has not. */
function differing({ latestFirst }: Ties, than: Ties): readonly Tie[] {
  if (latestFirst.length === 0) return [];
  const ids = new Set(than.latestFirst.map(({ id }) => id));
  return latestFirst.filter(({ id }) => !ids.has(id));
}

function keysOf(signal: Signal): readonly string[] {
  return [...new Set([...namesOf(signal), ...references(signal)])];
}
