import type { HandoffDraft } from '../../core/handoff.ts';
import { handoffMarkdown } from '../../core/handoffMarkdown.ts';
import {
  type FromHandoff,
  type HandoffPost,
  type HandoffStrings,
  type HandoffTarget,
  type HandoffWhere,
  parseFromHandoff,
  type ToHandoff,
} from '../../shared/handoffMessages.ts';

/** How a post ended; `message` says in the person's words what happened and what to do. */
export type PostResult =
  | { readonly status: 'posted'; readonly url: string; readonly warnings: readonly string[] }
  | { readonly status: 'failed'; readonly message: string };

/** What the handoff notes need from the rest of the extension. */
export interface HandoffPorts {
  /** The kept notes of that id, otherwise those of the shift to hand over now: kept, or drafted from the record. */
  draft(id: string | undefined): HandoffDraft;
  /** What the record alone says now about the shift of these notes. */
  fresh(draft: HandoffDraft): HandoffDraft;
  /** Keeps the notes. @throws when they cannot be kept. */
  save(draft: HandoffDraft): void;
  /** Both places, with their names or the reason why they cannot be posted to. */
  targets(): readonly HandoffTarget[];
  /** Where these notes were posted already. */
  links(draftId: string): readonly { readonly where: HandoffWhere; readonly url: string }[];
  /** Shows exactly what will be posted, and asks; false when the person does not want to. */
  confirmPost(where: HandoffWhere, draft: HandoffDraft): Promise<boolean>;
  /** Posts the notes, or continues an earlier try of the same notes. */
  post(where: HandoffWhere, draft: HandoffDraft): Promise<PostResult>;
  copy(text: string): Promise<void>;
  /** Opens a web address that was checked already. */
  open(url: string): Promise<void>;
  /** A failure in the person's words; its details go to the log. */
  explain(error: unknown): string;
}

export interface HandoffSessionOptions {
  readonly ports: HandoffPorts;
  readonly strings: HandoffStrings;
  readonly language: string;
  /** Of the notes that a page showed before the window was reloaded. */
  readonly draftId: string | undefined;
  readonly send: (message: ToHandoff) => void;
}

/** The host's side of one handoff page: answers its messages, and remembers how posting stands while it is hidden. */
export class HandoffSession {
  readonly #options: HandoffSessionOptions;
  readonly #posts = new Map<HandoffWhere, HandoffPost>();
  readonly #asking = new Set<HandoffWhere>();
  #draftId: string | undefined;
  #freshIsDue: boolean;

  constructor(options: HandoffSessionOptions) {
    this.#options = options;
    this.#draftId = options.draftId;
    // Notes that are opened anew take up the record; a page that only comes back stays as the person left it.
    this.#freshIsDue = options.draftId === undefined;
  }

  /** Takes one message as the page sent it; what is none of ours is ignored. */
  async receive(raw: unknown): Promise<void> {
    const message = parseFromHandoff(raw);
    if (message === undefined) return;
    const { ports, send, strings } = this.#options;
    try {
      await this.#handle(message);
    } catch (error) {
      send({ type: 'unavailable', message: ports.explain(error), retry: strings.retry });
    }
  }

  /** To be called when the team file or the accounts change. */
  targetsChanged(): void {
    this.#options.send({ type: 'targets', targets: this.#options.ports.targets() });
  }

  async #handle(message: FromHandoff): Promise<void> {
    const { ports, send } = this.#options;
    switch (message.type) {
      case 'ready':
        return this.#init();
      case 'save':
        return this.#save(message.draft);
      case 'refresh':
        return send({ type: 'fresh', draft: ports.fresh(ports.draft(this.#draftId)) });
      case 'copy':
        await ports.copy(handoffMarkdown(message.draft, 'message'));
        return send({ type: 'copied' });
      case 'post':
        return this.#post(message.where, message.draft);
      case 'open':
        return ports.open(message.url);
    }
  }

  #init(): void {
    const { ports, send, strings, language } = this.#options;
    const draft = ports.draft(this.#draftId);
    this.#draftId = draft.id;
    const links = ports.links(draft.id);
    // What was taken back since is not posted any more.
    for (const post of this.#listPosts())
      if (post.status === 'posted' && !links.some(({ url }) => url === post.url)) this.#posts.delete(post.where);
    for (const { where, url } of links)
      if (!this.#posts.has(where)) this.#posts.set(where, { where, status: 'posted', url, warnings: [] });
    const fresh = this.#freshIsDue ? ports.fresh(draft) : undefined;
    this.#freshIsDue = false;
    send({ type: 'init', draft, fresh, strings, language, targets: ports.targets(), posts: this.#listPosts() });
  }

  #save(draft: HandoffDraft): void {
    const { ports, send } = this.#options;
    try {
      ports.save(draft);
    } catch (error) {
      send({ type: 'saveFailed', revision: draft.revision, message: ports.explain(error) });
      return;
    }
    send({ type: 'saved', revision: draft.revision });
  }

  async #post(where: HandoffWhere, draft: HandoffDraft): Promise<void> {
    const { ports } = this.#options;
    if (this.#asking.has(where)) return;
    this.#asking.add(where);
    try {
      this.#save(draft);
      if (!(await ports.confirmPost(where, draft))) return;
      this.#show({ where, status: 'posting' });
      this.#show({ where, ...(await ports.post(where, draft)) });
    } catch (error) {
      this.#show({ where, status: 'failed', message: ports.explain(error) });
    } finally {
      this.#asking.delete(where);
    }
  }

  #show(post: HandoffPost): void {
    this.#posts.set(post.where, post);
    this.#options.send({ type: 'posts', posts: this.#listPosts() });
  }

  #listPosts(): readonly HandoffPost[] {
    return [...this.#posts.values()];
  }
}
