import type { HandoffSectionId } from '../../src/core/handoff.ts';
import type { HandoffStrings } from '../../src/shared/handoffMessages.ts';
import { type Button, iconButton } from '../ui/components.ts';
import { element } from '../ui/element.ts';

/** One of the six sections: heading with count, its entries, and a button to add one. */
export class SectionView {
  readonly id: HandoffSectionId;
  readonly element: HTMLElement;
  readonly list: HTMLUListElement;
  readonly #count: HTMLElement;
  readonly #empty: HTMLElement;
  readonly #add: Button;

  constructor(id: HandoffSectionId, strings: HandoffStrings, onAdd: () => void) {
    this.id = id;
    this.#count = element('span', { class: 'count' });
    this.#empty = element('p', { class: 'empty' }, strings.emptySection);
    this.#add = iconButton({ label: `${strings.addEntry}: ${strings[id]}`, icon: 'add', onPress: onAdd });
    this.list = element('ul', { class: 'entries' });
    const heading = element('h2', { id: `section-${id}` }, `${strings[id]} `, this.#count);
    this.element = element(
      'section',
      { class: 'section', 'aria-labelledby': `section-${id}` },
      element('div', { class: 'sectionHead' }, heading, this.#add.element),
      this.list,
      this.#empty,
    );
  }

  /** Puts exactly these elements into the list, moving only what is not in its place. */
  show(entries: readonly HTMLElement[]): void {
    for (const [index, entry] of entries.entries()) {
      const there = this.list.children[index];
      if (there !== entry) this.list.insertBefore(entry, there ?? null);
    }
    while (this.list.children.length > entries.length) this.list.lastElementChild?.remove();
    this.#count.textContent = entries.length === 0 ? '' : String(entries.length);
    this.list.hidden = entries.length === 0;
    this.#empty.hidden = entries.length > 0;
  }

  focusAdd(): void {
    this.#add.focus();
  }
}
