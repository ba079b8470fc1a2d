/** Sets of the numbers below `size`, each alone at first. */
export class DisjointSets {
  readonly #parents: Int32Array;
  /** By root, the roots of the sets that it may not be joined with. */
  readonly #apart = new Map<number, Set<number>>();

  constructor(size: number) {
    this.#parents = new Int32Array(size);
    for (let index = 0; index < size; index += 1) this.#parents[index] = index;
  }

  /** The smallest number of the set. */
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

  /** Joins two sets, unless they are kept apart. */
  union(a: number, b: number): void {
    const [rootA, rootB] = [this.find(a), this.find(b)];
    if (rootA === rootB || this.#apart.get(rootA)?.has(rootB) === true) return;
    // The smaller index wins, whatever the order of unions: trees stay shallow thanks to path halving.
    const [root, joined] = rootA < rootB ? [rootA, rootB] : [rootB, rootA];
    this.#parents[joined] = root;
    for (const other of this.#apart.get(joined) ?? []) {
      this.#apart.get(other)?.delete(joined);
      this.#forbid(root, other);
    }
    this.#apart.delete(joined);
  }

  /** Keeps two sets apart from now on; those that are one already stay so. */
  keepApart(a: number, b: number): void {
    const [rootA, rootB] = [this.find(a), this.find(b)];
    if (rootA !== rootB) this.#forbid(rootA, rootB);
  }

  #forbid(a: number, b: number): void {
    this.#apartOf(a).add(b);
    this.#apartOf(b).add(a);
  }

  #apartOf(root: number): Set<number> {
    const known = this.#apart.get(root);
    if (known !== undefined) return known;
    const none = new Set<number>();
    this.#apart.set(root, none);
    return none;
  }

  #parent(index: number): number {
    return this.#parents[index] ?? index;
  }
}
