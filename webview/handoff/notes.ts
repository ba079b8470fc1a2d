import type { HandoffDraft } from '../../src/core/handoff.ts';
import { refillHandoff } from '../../src/core/handoffRefill.ts';
import type { FromHandoff, HandoffPageState, ToHandoff } from '../../src/shared/handoffMessages.ts';

/** An edit is on its way to the host after this at the latest. */
const SAVE_WITHIN_MS = 250;

export type Saving =
  | { readonly status: 'saved' }
  | { readonly status: 'saving' }
  | { readonly status: 'failed'; readonly message: string };

export interface NotesPorts {
  readonly send: (message: FromHandoff) => void;
  /** Keeps the state with the page itself, at once. */
  readonly keep: (state: HandoffPageState) => void;
  /** Called after each change of the notes. */
  readonly changed: () => void;
  /** Called when the saving goes another way. */
  readonly saving: (saving: Saving) => void;
}

/** The notes on the page: every edit is kept with the page at once, and sent to the host soon after. */
export class Notes {
  readonly #ports: NotesPorts;
  #draft: HandoffDraft;
  #savedRevision: number;
  #sentRevision: number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    init: Extract<ToHandoff, { readonly type: 'init' }>,
    kept: HandoffPageState | undefined,
    ports: NotesPorts,
  ) {
    this.#ports = ports;
    this.#savedRevision = init.draft.revision;
    this.#sentRevision = init.draft.revision;
    // What the page kept is newer when it crashed, or was hidden, before the host had it.
    const isNewer = kept?.draft.id === init.draft.id && kept.draft.revision > init.draft.revision;
    this.#draft = isNewer ? kept.draft : init.draft;
    ports.keep({ draft: this.#draft });
    if (init.fresh !== undefined) this.#draft = refillHandoff(this.#draft, init.fresh);
    if (this.#draft !== init.draft) this.#later();
  }

  get draft(): HandoffDraft {
    return this.#draft;
  }

  /** Applies an edit; false when it changed nothing. */
  edit(change: (draft: HandoffDraft) => HandoffDraft): boolean {
    const draft = change(this.#draft);
    if (draft === this.#draft) return false;
    this.#draft = draft;
    this.#later();
    this.#ports.changed();
    return true;
  }

  /** Sends what is not sent yet; `again` also what the host could not save. */
  flush(again = false): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { revision } = this.#draft;
    if (this.#sentRevision === revision && !again) return;
    this.#sentRevision = revision;
    this.#ports.send({ type: 'save', draft: this.#draft });
  }

  /** The host's answer; one to an older revision leaves the newer one unsaved. */
  saved(revision: number): void {
    this.#savedRevision = Math.max(this.#savedRevision, revision);
    if (this.#savedRevision >= this.#draft.revision) this.#ports.saving({ status: 'saved' });
  }

  saveFailed(revision: number, message: string): void {
    if (revision >= this.#savedRevision) this.#ports.saving({ status: 'failed', message });
  }

  #later(): void {
    this.#ports.keep({ draft: this.#draft });
    this.#ports.saving({ status: 'saving' });
    this.#timer ??= setTimeout(() => this.flush(), SAVE_WITHIN_MS);
  }
}
