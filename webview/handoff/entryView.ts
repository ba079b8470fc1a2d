import type { HandoffEntry } from '../../src/core/handoff.ts';
import { isAdded } from '../../src/core/handoffEdits.ts';
import type { HandoffStrings } from '../../src/shared/handoffMessages.ts';
import { type Button, iconButton, type TextInput, textArea, textField } from '../ui/components.ts';
import { element } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { fill } from './words.ts';

export type EntryButton = 'up' | 'down' | 'moveTo' | 'remove';

export interface EntryEvents {
  note(id: string, note: string): void;
  title(id: string, title: string): void;
  press(id: string, button: EntryButton): void;
}

/** Where an entry stands in its section. */
export interface EntryPosition {
  readonly index: number;
  readonly count: number;
}

/** One entry on the page. It stays the same element wherever the entry moves. */
export class EntryView {
  readonly id: string;
  readonly element: HTMLLIElement;
  readonly grip: HTMLElement;
  readonly #strings: HandoffStrings;
  readonly #link: HTMLAnchorElement | HTMLSpanElement;
  readonly #title: TextInput | undefined;
  readonly #detail: HTMLElement;
  readonly #note: TextInput;
  readonly #buttons: Readonly<Record<EntryButton, Button>>;
  #shown: HandoffEntry | undefined;

  constructor(entry: HandoffEntry, strings: HandoffStrings, events: EntryEvents) {
    const { id } = entry;
    this.id = id;
    this.#strings = strings;
    this.#link = element(entry.url === undefined ? 'span' : 'a', { class: 'title' });
    this.#title = isAdded(id)
      ? textField({
          label: strings.newEntry,
          placeholder: strings.entryTitle,
          value: entry.title,
          onInput: (title) => events.title(id, title),
        })
      : undefined;
    this.#detail = element('p', { class: 'detail' });
    this.#note = textArea({
      label: '',
      placeholder: strings.notePlaceholder,
      value: entry.note,
      onInput: (note) => events.note(id, note),
    });
    const press = (which: EntryButton) => () => events.press(id, which);
    this.#buttons = {
      up: iconButton({ label: '', icon: 'up', onPress: press('up') }),
      down: iconButton({ label: '', icon: 'down', onPress: press('down') }),
      moveTo: iconButton({ label: '', icon: 'moveTo', onPress: press('moveTo') }),
      remove: iconButton({ label: '', icon: 'remove', onPress: press('remove') }),
    };
    this.#buttons.moveTo.element.setAttribute('aria-haspopup', 'menu');
    this.grip = element(
      'span',
      { class: 'grip', draggable: 'true', title: strings.drag, 'aria-hidden': 'true' },
      icon('grip'),
    );
    const actions = Object.values(this.#buttons).map((button) => button.element);
    this.element = element(
      'li',
      { class: 'entry' },
      this.grip,
      element(
        'div',
        { class: 'body' },
        element(
          'div',
          { class: 'head' },
          this.#title?.element ?? this.#link,
          element('div', { class: 'actions' }, ...actions),
        ),
        this.#detail,
        this.#note.element,
      ),
    );
  }

  /** Shows the entry as it is now; what did not change is left alone. */
  show(entry: HandoffEntry, { index, count }: EntryPosition): void {
    this.#buttons.up.setDisabled(index === 0);
    this.#buttons.down.setDisabled(index === count - 1);
    if (entry === this.#shown) return;
    const { title, url, detail, note } = entry;
    if (this.#title === undefined) this.#link.textContent = title;
    else this.#title.setValue(title);
    if (this.#link instanceof HTMLAnchorElement && url !== undefined) this.#link.href = url;
    this.#detail.textContent = detail;
    this.#detail.hidden = detail === '';
    this.#note.setValue(note);
    if (title !== this.#shown?.title) this.#name(title);
    this.#shown = entry;
  }

  /** Focuses one of its buttons, or the nearest one that can be pressed. */
  focusButton(which: EntryButton): void {
    const order: readonly EntryButton[] = [which, 'down', 'up', 'moveTo'];
    order
      .map((name) => this.#buttons[name])
      .find((button) => !button.isDisabled())
      ?.focus();
  }

  /** Where a person begins: the title of their own entry, otherwise the note. */
  focusText(): void {
    (this.#title ?? this.#note).element.focus();
  }

  button(which: EntryButton): HTMLElement {
    return this.#buttons[which].element;
  }

  #name(title: string): void {
    const name = title.trim() || this.#strings.untitled;
    this.#note.setLabel(fill(this.#strings.note, name));
    this.#buttons.up.setLabel(fill(this.#strings.moveUp, name));
    this.#buttons.down.setLabel(fill(this.#strings.moveDown, name));
    this.#buttons.moveTo.setLabel(fill(this.#strings.moveTo, name));
    this.#buttons.remove.setLabel(fill(this.#strings.remove, name));
  }
}
