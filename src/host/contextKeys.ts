import * as vscode from 'vscode';

/** What the Queue has to say when it has no rows; `ready` when it has. */
export type QueueState =
  | 'starting'
  | 'noTeam'
  | 'badTeam'
  | 'unreadableTeam'
  | 'untrusted'
  | 'noStore'
  | 'nothingWatched'
  | 'signedOut'
  | 'allClear'
  | 'noMatch'
  | 'ready';

/** The keys that the manifest's `when` clauses read. */
interface ContextKeys {
  'responder.state': QueueState;
  'responder.hasTeam': boolean;
  'responder.filtered': boolean;
  /** The addresses of the documents of ours in which text is written, as the key `resource` has them. */
  'responder.editing': readonly string[];
}

/** Sets a context key only when its value changes. */
export class ContextKey<K extends keyof ContextKeys> {
  readonly #key: K;
  #last: ContextKeys[K] | undefined;

  constructor(key: K) {
    this.#key = key;
  }

  set(value: ContextKeys[K]): void {
    if (value === this.#last) return;
    this.#last = value;
    void vscode.commands.executeCommand('setContext', this.#key, value);
  }
}
