import type { Item } from './item.ts';
import type { Signal } from './signal.ts';

/**
 * Groups signals into items: two are the same matter when one holds the other's address, or the hidden marker that our
 * own conversion wrote. Union-find with path halving, so the work is linear in signals, addresses and markers.
 * The order of the input never matters.
 */
export function linkSignals(signals: readonly Signal[]): readonly Item[] {
  const sets = new DisjointSets(signals.length);
  const owners = addressOwners(signals, sets);
  signals.forEach((signal, index) => {
    for (const reference of references(signal)) {
      const owner = owners.get(reference);
      if (owner !== undefined) sets.union(index, owner);
    }
  });
  return toItems(signals, sets);
}

/** What a signal is known by: its id and its addresses. Ids hold no `//`, so the two never meet. */
export function namesOf(signal: Signal): readonly string[] {
  return [signal.id, ...signal.names];
}

/** A text with more addresses is a list of matters (a digest, a changelog), not one matter. */
const MAX_MENTIONS = 12;

/** What a signal points to: addresses in its text, unless it is a list, and the ids in our markers. */
export function references(signal: Signal): readonly string[] {
  const mentions = signal.mentions.length > MAX_MENTIONS ? [] : signal.mentions;
  return signal.markers.length === 0 ? mentions : [...mentions, ...signal.markers];
}

function addressOwners(signals: readonly Signal[], sets: DisjointSets): ReadonlyMap<string, number> {
  const owners = new Map<string, number>();
  const own = (name: string, index: number): void => {
    const owner = owners.get(name);
    if (owner === undefined) owners.set(name, index);
    else sets.union(index, owner);
  };
  // Only markers point to ids, and few signals have any: an entry for every id would double the map.
  const marked = new Set(signals.flatMap((signal) => signal.markers));
  signals.forEach(({ id, names }, index) => {
    if (marked.has(id)) own(id, index);
    for (const name of names) own(name, index);
  });
  return owners;
}

function toItems(signals: readonly Signal[], sets: DisjointSets): readonly Item[] {
  const groups: ([Signal, ...Signal[]] | undefined)[] = [];
  signals.forEach((signal, index) => {
    // The root is the smallest index of its set, so that it comes first.
    const root = sets.find(index);
    const group = groups[root];
    if (group === undefined) groups[root] = [signal];
    else group.push(signal);
  });
  const items: Item[] = [];
  for (const group of groups) {
    if (group === undefined) continue;
    if (group.length > 1) group.sort(byStart);
    items.push({ id: group[0].id, signals: group });
  }
  return items;
}

function byStart(a: Signal, b: Signal): number {
  return a.startedAt - b.startedAt || (a.id < b.id ? -1 : 1);
}

class DisjointSets {
  readonly #parents: Int32Array;

  constructor(size: number) {
    this.#parents = new Int32Array(size);
    for (let index = 0; index < size; index += 1) this.#parents[index] = index;
  }

  find(index: number): number {
    let current = index;
    for (;;) {
      const parent = this.#parent(current);
      if (parent === current) return current;
      const grandparent = this.#parent(parent);
      this.#parents[current] = grandparent;
      current = grandparent;
    }
  }

  union(a: number, b: number): void {
    const rootA = this.find(a);
    const rootB = this.find(b);
    // The smaller index wins, whatever the order of unions: trees stay shallow thanks to path halving.
    if (rootA < rootB) this.#parents[rootB] = rootA;
    else if (rootB < rootA) this.#parents[rootA] = rootB;
  }

  #parent(index: number): number {
    return this.#parents[index] ?? index;
  }
}
