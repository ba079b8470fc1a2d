/** A value made anew only when what it is made of is another. */
export class Kept<T> {
  #key: readonly unknown[] = [];
  #value: { readonly made: T } | undefined;

  get(key: readonly unknown[], make: () => T): T {
    if (this.#value !== undefined && key.every((part, index) => part === this.#key[index])) return this.#value.made;
    const made = make();
    [this.#key, this.#value] = [key, { made }];
    return made;
  }
}
