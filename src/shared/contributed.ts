import type { ResponderDutyApi, ResponderSource } from './api.ts';

const ID = /^[a-z0-9][\w.-]{0,99}$/iu;

/** The sources that other extensions contribute, as they are now. */
export interface ContributedSources {
  find(id: string): ResponderSource | undefined;
  /** Calls `listener` when a source comes; returns what ends it. */
  onDidRegister(listener: (id: string) => void): () => void;
}

/** Keeps what is registered through the API; knows nothing of the engine, which asks it when it needs to. */
export class SourceRegistry implements ContributedSources {
  readonly #sources = new Map<string, ResponderSource>();
  readonly #listeners = new Set<(id: string) => void>();
  readonly api: ResponderDutyApi = {
    version: 1,
    registerSource: (source) => this.#register(source),
  };

  find(id: string): ResponderSource | undefined {
    return this.#sources.get(id);
  }

  onDidRegister(listener: (id: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The argument comes from another extension, in whatever language that is written. */
  #register(source: ResponderSource): { dispose(): void } {
    const id = usableId(source);
    if (this.#sources.has(id)) throw new Error(`A source with the id ${id} is registered already`);
    this.#sources.set(id, source);
    for (const listener of this.#listeners) listener(id);
    return {
      dispose: () => {
        if (this.#sources.get(id) === source) this.#sources.delete(id);
      },
    };
  }
}

/** @throws {TypeError} */
function usableId(source: unknown): string {
  if (typeof source !== 'object' || source === null) throw new TypeError('A source is an object');
  const { id, label, poll }: { id?: unknown; label?: unknown; poll?: unknown } = source;
  if (typeof id !== 'string' || !ID.test(id)) throw new TypeError('A source has an id such as acme.pager');
  if (typeof label !== 'string' || label.trim() === '') throw new TypeError(`The source ${id} has no label`);
  if (typeof poll !== 'function') throw new TypeError(`The source ${id} has no poll function`);
  return id;
}
