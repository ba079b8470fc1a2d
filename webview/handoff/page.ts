import { refillHandoff } from '../../src/core/handoffRefill.ts';
import { handoffTimes } from '../../src/core/handoffTimes.ts';
import type {
  FromHandoff,
  HandoffPageState,
  HandoffPost,
  HandoffStrings,
  HandoffTarget,
  HandoffWhere,
  ToHandoff,
} from '../../src/shared/handoffMessages.ts';
import { element } from '../ui/element.ts';
import { Notes } from './notes.ts';
import { NotesView } from './notesView.ts';
import { createOutcomes, type Outcomes } from './outcomes.ts';
import { createPreview, type Preview } from './preview.ts';
import { createSavingLine } from './savingLine.ts';
import { createToolbar, type Toolbar } from './toolbar.ts';
import { createUndoBar } from './undoBar.ts';
import { fill } from './words.ts';

const PREVIEW_AFTER_MS = 120;

export interface PagePorts {
  readonly send: (message: FromHandoff) => void;
  readonly keep: (state: HandoffPageState) => void;
}

type Init = Extract<ToHandoff, { readonly type: 'init' }>;

/** The whole page, for as long as it lives. */
export class Page {
  readonly #notes: Notes;
  readonly #strings: HandoffStrings;
  readonly #ports: PagePorts;
  readonly #view: NotesView;
  readonly #preview: Preview;
  readonly #toolbar: Toolbar;
  readonly #outcomes: Outcomes;
  readonly #heading = element('h1');
  readonly #period = element('p', { class: 'period' });
  readonly #spoken = element('p', { class: 'spoken', role: 'status' });
  #targets: readonly HandoffTarget[];
  #posts: readonly HandoffPost[];
  #previewTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(init: Init, kept: HandoffPageState | undefined, ports: PagePorts) {
    const { strings } = init;
    this.#strings = strings;
    this.#ports = ports;
    this.#targets = init.targets;
    this.#posts = init.posts;
    const saving = createSavingLine(strings, () => this.#notes.flush(true));
    this.#notes = new Notes(init, kept, {
      send: ports.send,
      keep: ports.keep,
      changed: () => this.#show(),
      saving: (state) => saving.show(state),
    });
    const undo = createUndoBar(strings, (removal) => this.#view.restore(removal));
    this.#view = new NotesView(this.#notes, strings, {
      announce: (text) => this.#say(text),
      removed: (removal) => undo.offer(removal),
    });
    this.#preview = createPreview(strings);
    this.#outcomes = createOutcomes(strings, (where) => this.#post(where));
    this.#toolbar = createToolbar(strings, {
      post: (where) => this.#post(where),
      copy: () => ports.send({ type: 'copy', draft: this.#notes.draft }),
      refresh: () => ports.send({ type: 'refresh' }),
    });
    const head = element(
      'header',
      { class: 'pageHead' },
      element('div', {}, this.#heading, this.#period),
      saving.element,
    );
    const columns = element('div', { class: 'columns' }, this.#view.element, this.#preview.element);
    const parts = [head, this.#toolbar.element, this.#outcomes.element, this.#spoken, columns, undo.element];
    document.body.replaceChildren(element('main', { class: 'page' }, ...parts));
    this.#showHead();
    this.#showPosts();
    this.#preview.show(this.#notes.draft);
  }

  /** One message of the host, after the first. */
  receive(message: Exclude<ToHandoff, Init>): void {
    switch (message.type) {
      case 'saved':
        return this.#notes.saved(message.revision);
      case 'saveFailed':
        return this.#notes.saveFailed(message.revision, message.message);
      case 'fresh': {
        const isNew = this.#notes.edit((draft) => refillHandoff(draft, message.draft));
        this.#showHead();
        return this.#say(isNew ? this.#strings.refreshed : this.#strings.upToDate);
      }
      case 'unavailable':
        return this.#say(message.message);
      case 'copied':
        return this.#say(this.#strings.copied);
      case 'targets':
        this.#targets = message.targets;
        return this.#showPosts();
      case 'posts':
        this.#posts = message.posts;
        return this.#showPosts();
    }
  }

  /** To be called when the page may soon be gone. */
  flush(): void {
    this.#notes.flush();
  }

  #post(where: HandoffWhere): void {
    this.#notes.flush();
    this.#ports.send({ type: 'post', where, draft: this.#notes.draft });
  }

  #show(): void {
    this.#view.show();
    clearTimeout(this.#previewTimer);
    this.#previewTimer = setTimeout(() => this.#preview.show(this.#notes.draft), PREVIEW_AFTER_MS);
  }

  #showHead(): void {
    const { from, to, shift, team, timeZone } = this.#notes.draft;
    const { heading, headingTo, period } = this.#strings;
    this.#heading.textContent = to === undefined ? fill(heading, from) : fill(headingTo, from, to);
    const times = handoffTimes(shift.to, timeZone);
    this.#period.textContent = fill(period, team, times.day(shift.from), times.day(shift.to), timeZone);
  }

  #showPosts(): void {
    const posting = this.#posts.filter(({ status }) => status === 'posting').map(({ where }) => where);
    this.#toolbar.show(this.#targets, new Set(posting));
    this.#outcomes.show(this.#posts, this.#targets);
  }

  #say(text: string): void {
    // A text that is there already would not be spoken again.
    this.#spoken.textContent = this.#spoken.textContent === text ? `${text}\u00a0` : text;
  }
}
