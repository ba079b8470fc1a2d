import { DisjointSets } from './disjointSets.ts';
import type { Item } from './item.ts';
import type { Signal } from './signal.ts';
import { NO_TIES, type Ties } from './ties.ts';

/**
 * Groups signals into items: two are the same matter when one holds the other's address, or the hidden marker that our
 * own conversion wrote, or when a person merged them. Union-find with path halving, so the work is linear in signals,
 * addresses and markers. The order of the input never matters.
 *
 * What a person kept apart is never one item through addresses and markers: they join what may be joined, earlier
 * signals first. Of what a person said the last counts: it is taken up first, and what would contradict it is left out.
 */
export function linkSignals(signals: readonly Signal[], ties: Ties = NO_TIES): readonly Item[] {
  const sets = new DisjointSets(signals.length);
  const owners = addressOwners(signals, sets);
  signals.forEach((signal, index) => {
    for (const reference of references(signal)) {
      const owner = owners.get(reference);
      if (owner !== undefined) sets.union(index, owner);
    }
  });
  if (ties.latestFirst.length === 0) return toItems(signals, sets);
  joinMerged(signals, ties, sets);
  return toItems(signals, sets).flatMap((item) => (hasPartsApart(item, ties) ? divide(item, ties) : [item]));
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
  const marked = new Set<string>();
  for (const { markers } of signals) for (const id of markers) marked.add(id);
  signals.forEach(({ id, names }, index) => {
    if (marked.has(id)) own(id, index);
    for (const name of names) own(name, index);
  });
  return owners;
}

function joinMerged(signals: readonly Signal[], { latestFirst, bySignal }: Ties, sets: DisjointSets): void {
  const indexes = new Map<string, number>();
  signals.forEach(({ id }, index) => {
    if (bySignal.has(id)) indexes.set(id, index);
  });
  for (const { signalIds, off } of latestFirst) {
    if (off !== undefined) continue;
    const [first, ...others] = present(signalIds, indexes);
    for (const other of others) if (first !== undefined) sets.union(first, other);
  }
}

/** Whether something that a person kept apart has come into one item. */
function hasPartsApart({ signals }: Item, { bySignal }: Ties): boolean {
  return signals.length > 1 && signals.some(({ id }) => bySignal.get(id)?.some(({ off }) => off !== undefined));
}

/** The items of what would be one, were nothing kept apart. */
function divide({ signals }: Item, { latestFirst }: Ties): readonly Item[] {
  const sets = new DisjointSets(signals.length);
  const indexes = new Map(signals.map(({ id }, index) => [id, index]));
  for (const { signalIds, off } of latestFirst) {
    const named = present(signalIds, indexes);
    if (off === undefined) joinAll(named, sets);
    else
      keepApart(
        Map.groupBy(named, (index) => off.has(signals[index]?.id ?? '')),
        sets,
      );
  }
  const owners = new Map<string, number[]>();
  signals.forEach((signal, index) => {
    for (const name of new Set(namesOf(signal))) owners.set(name, [...(owners.get(name) ?? []), index]);
  });
  for (const same of owners.values()) joinAll(same, sets);
  signals.forEach((signal, index) => {
    for (const reference of references(signal))
      for (const owner of owners.get(reference) ?? []) sets.union(owner, index);
  });
  return toItems(signals, sets);
}

/** Each with each: some of them may be kept apart. */
function joinAll(indexes: readonly number[], sets: DisjointSets): void {
  for (const [position, a] of indexes.entries()) for (const b of indexes.slice(position + 1)) sets.union(a, b);
}

/** Each that was split off, from each that was not. */
function keepApart(isOff: ReadonlyMap<boolean, readonly number[]>, sets: DisjointSets): void {
  for (const a of isOff.get(true) ?? []) for (const b of isOff.get(false) ?? []) sets.keepApart(a, b);
}

function present(ids: readonly string[], indexes: ReadonlyMap<string, number>): readonly number[] {
  return ids
    .map((id) => indexes.get(id))
    .filter((index) => index !== undefined)
    .sort((a, b) => a - b);
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
