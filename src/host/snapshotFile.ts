import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ResponderView } from '../core/view.ts';
import type { Log } from '../services/service.ts';
import { writeSnapshot } from '../shared/snapshot.ts';

/** Polls come every minute; the snapshot is only for the next start. */
const SAVE_MS = 2000;

/** The first paint of the next start, written a little after the view changed and when the window closes. */
export class SnapshotFile {
  readonly #file: string;
  readonly #log: Log;
  #timer: NodeJS.Timeout | undefined;
  #wanted: ResponderView | undefined;
  #written = '';

  constructor(folder: string, log: Log) {
    this.#file = path.join(folder, 'snapshot.json');
    this.#log = log;
  }

  save(view: ResponderView): void {
    this.#wanted = view;
    this.#timer ??= setTimeout(() => this.flush(), SAVE_MS);
  }

  /** Writes nothing more of what was asked for. */
  cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#wanted = undefined;
  }

  /** Writes what was asked for last, whole or not at all. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#wanted === undefined) return;
    const text = writeSnapshot(this.#wanted);
    if (text === this.#written) return;
    try {
      mkdirSync(path.dirname(this.#file), { recursive: true });
      const draft = `${this.#file}.${process.pid}`;
      writeFileSync(draft, text);
      renameSync(draft, this.#file);
      this.#written = text;
    } catch (error) {
      this.#log.warn(`the snapshot was not written: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
