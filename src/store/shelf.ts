import { isDeepStrictEqual } from 'node:util';
import type { RowFormat } from './rowFormat.ts';

/** A row to write; `null` deletes. `apply` makes memory agree once it is committed. */
export interface RowChange {
  readonly kind: string;
  readonly id: string;
  readonly json: string | null;
  apply(): void;
}

/** The rows of one kind, in memory. */
export class Shelf<T> {
  readonly kind: string;
  readonly values = new Map<string, T>();
  readonly #format: RowFormat<T>;

  constructor(kind: string, format: RowFormat<T>) {
    this.kind = kind;
    this.#format = format;
  }

  /** The rows, none or one, that make `id` hold `value`. */
  put(id: string, value: T): readonly RowChange[] {
    if (isDeepStrictEqual(this.values.get(id), value)) return [];
    const apply = (): void => {
      this.values.set(id, value);
    };
    return [{ kind: this.kind, id, json: this.#format.write(value), apply }];
  }

  /** The rows, none or one, that delete `id`. */
  remove(id: string): readonly RowChange[] {
    if (!this.values.has(id)) return [];
    const apply = (): void => {
      this.values.delete(id);
    };
    return [{ kind: this.kind, id, json: null, apply }];
  }

  /** Takes up a row of the file; false when it cannot be read: what was known of it is forgotten. */
  load(id: string, json: string | null): boolean {
    const value = json === null ? undefined : this.#format.read(json);
    if (value === undefined) this.values.delete(id);
    else this.values.set(id, value);
    return json === null || value !== undefined;
  }

  clear(): void {
    this.values.clear();
  }
}
