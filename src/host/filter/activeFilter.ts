import type { Memento } from 'vscode';
import { MAX_QUERY } from '../../core/filter.ts';

const KEY = 'responder.filter';

/** The filter of the Queue: one that is kept with the workspace, and, while a person types, the one that is tried. */
export class ActiveFilter {
  readonly #memento: Memento;
  #tried: string | undefined;

  constructor(memento: Memento) {
    this.#memento = memento;
  }

  /** What the Queue is narrowed by now; empty without a filter. */
  get query(): string {
    return this.#tried ?? this.kept;
  }

  /** What it goes back to when a person gives up typing. */
  get kept(): string {
    const stored = this.#memento.get<unknown>(KEY);
    return typeof stored === 'string' ? stored : '';
  }

  /** Narrows by a query for the time being; undefined ends that. */
  try(query: string | undefined): void {
    this.#tried = query;
  }

  async keep(query: string): Promise<void> {
    const kept = query.trim().slice(0, MAX_QUERY);
    const stored = this.#memento.update(KEY, kept === '' ? undefined : kept);
    this.#tried = undefined;
    await stored;
  }
}
