/**
 * What the Responder Duty extension exports. This file is all of it: copy it into your extension, it imports nothing.
 *
 * ```ts
 * const duty = vscode.extensions.getExtension<ResponderDutyApi>('responder-duty.responder-duty');
 * const api = await duty?.activate();
 * if (api?.version === 1) context.subscriptions.push(api.registerSource(new PagerSource()));
 * ```
 *
 * A team reads your source when its `responder.yml` lists it, and not before:
 *
 * ```yaml
 * watch:
 *   - { source: acme.pager, respondWithin: 1h }
 * ```
 *
 * Within a version members may be added, none is taken away or changed. All times are epoch milliseconds.
 */
export interface ResponderDutyApi {
  readonly version: 1;
  /**
   * Contributes a source, at any moment. Activate early enough (`onStartupFinished`): a source that a team watches and that
   * nobody contributes is shown as one that failed. Disposing takes it away; what it reported stays with its age.
   * @throws {TypeError} when `source` has no usable `id`, `label` or `poll`
   * @throws {Error} when a source of this id is there already
   */
  registerSource(source: ResponderSource): { dispose(): void };
}

/** A list of things that may wait for the team. It gets no token of this extension, and signs in by itself. */
export interface ResponderSource {
  /** What the team file says: letters, digits, `.`, `-` and `_`, such as `acme.pager`. The same in every version of yours. */
  readonly id: string;
  /** The place's name on its rows, such as `Pager`. */
  readonly label: string;
  /**
   * Everything that the list holds now: what is no longer in it counts as closed. It is called about once a minute, by one
   * window of the machine, for a minute at most, and less often after a failure. Undefined when nothing changed since the
   * last call. Throw or reject when the list could not be read: the last answer stays, and the source's row says that it
   * failed; the words of the error go to the log.
   */
  poll(request: SourceRequest): Promise<readonly SourceRecord[] | undefined>;
  /** The whole of one record, when a person plans it. Its `text` when left out. */
  readConversation?(id: string, signal: AbortSignal): Promise<readonly SourceMessage[]>;
}

export interface SourceRequest {
  /** Records that closed before this moment are of no use. */
  readonly since: number;
  /** The ids of the records that are known from earlier calls. */
  readonly known: readonly string[];
  /** Small JSON values that are kept until the next call when this one succeeds: cursors, validators. */
  readonly memory: {
    get(key: string): unknown;
    set(key: string, value: unknown): void;
    delete(key: string): void;
  };
  /** Aborted when the answer is no longer wanted. */
  readonly signal: AbortSignal;
}

/** One record. What does not fit is skipped and counted, and takes nothing else with it. Texts are plain, not Markdown. */
export interface SourceRecord {
  /** Your own, stable; at most 200 characters. The same on each machine, since issues refer to it. */
  readonly id: string;
  readonly title: string;
  /** Where it lives; http or https. */
  readonly url: string;
  readonly text?: string;
  /** `open` when left out; `quiet` is silenced or put off. */
  readonly state?: 'open' | 'quiet' | 'closed';
  /** When it began; the moment it was first seen when left out. */
  readonly startedAt?: number;
  /** When it last changed in a way that people care about. */
  readonly updatedAt?: number;
  /** How often it happened. */
  readonly count?: number;
  /** Who reported it. People are known by the names in the team file. */
  readonly author?: string;
  /** Who has it. */
  readonly assignees?: readonly string[];
  readonly labels?: readonly string[];
}

/** Something that was said about a record. */
export interface SourceMessage {
  readonly author: string;
  readonly at: number;
  /** Plain text. */
  readonly text: string;
  readonly url?: string;
}
