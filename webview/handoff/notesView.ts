import type { HandoffSectionId } from '../../src/core/handoff.ts';
import {
  addEntry,
  type EntryPlace,
  findEntry,
  moveEntry,
  type RemovedEntry,
  removeEntry,
  restoreEntry,
  setNote,
  setTitle,
} from '../../src/core/handoffEdits.ts';
import type { HandoffStrings } from '../../src/shared/handoffMessages.ts';
import { element } from '../ui/element.ts';
import { openMenu } from '../ui/menu.ts';
import { dragBy, dropInto } from './dragging.ts';
import { type EntryButton, type EntryEvents, EntryView } from './entryView.ts';
import type { Notes } from './notes.ts';
import { SectionView } from './sectionView.ts';
import { fill } from './words.ts';

export interface NotesViewPorts {
  /** Says what happened to those who do not see it. */
  announce(text: string): void;
  /** Offers to undo a removal. */
  removed(removal: RemovedEntry): void;
}

/** The six sections with their entries, and what a person does to them. */
export class NotesView {
  readonly element: HTMLElement;
  readonly #notes: Notes;
  readonly #strings: HandoffStrings;
  readonly #ports: NotesViewPorts;
  readonly #sections: readonly SectionView[];
  readonly #entries = new Map<string, EntryView>();
  readonly #events: EntryEvents;

  constructor(notes: Notes, strings: HandoffStrings, ports: NotesViewPorts) {
    this.#notes = notes;
    this.#strings = strings;
    this.#ports = ports;
    this.#events = {
      note: (id, note) => void notes.edit((draft) => setNote(draft, id, note)),
      title: (id, title) => void notes.edit((draft) => setTitle(draft, id, title)),
      press: (id, button) => this.#press(id, button),
    };
    this.#sections = notes.draft.sections.map(({ id }) => {
      const section = new SectionView(id, strings, () => this.#add(id));
      dropInto(section, (entryId, to) => this.#move(entryId, to));
      return section;
    });
    const list = this.#sections.map((section) => section.element);
    this.element = element('div', { class: 'notes', role: 'group', 'aria-label': strings.notes }, ...list);
    this.show();
  }

  /** Brings the page to what the notes are now. */
  show(): void {
    const seen = new Set<string>();
    for (const { id, entries } of this.#notes.draft.sections) {
      const views = entries.map((entry, index) => {
        seen.add(entry.id);
        const view = this.#entries.get(entry.id) ?? this.#make(entry.id);
        view.show(entry, { index, count: entries.length });
        return view.element;
      });
      this.#section(id)?.show(views);
    }
    for (const id of this.#entries.keys()) if (!seen.has(id)) this.#entries.delete(id);
  }

  /** Puts back what was removed, and goes there. */
  restore(removal: RemovedEntry): void {
    this.#notes.edit((draft) => restoreEntry(draft, removal));
    this.#entries.get(removal.entry.id)?.focusButton('remove');
  }

  #make(id: string): EntryView {
    const entry = findEntry(this.#notes.draft, id)?.entry ?? { id, title: '', url: undefined, detail: '', note: '' };
    const view = new EntryView(entry, this.#strings, this.#events);
    dragBy(view.grip, view.element, id);
    this.#entries.set(id, view);
    return view;
  }

  #section(id: HandoffSectionId): SectionView | undefined {
    return this.#sections.find((section) => section.id === id);
  }

  #add(section: HandoffSectionId): void {
    this.#notes.edit((draft) => addEntry(draft, section, ''));
    const added = this.#notes.draft.sections.find(({ id }) => id === section)?.entries.at(-1);
    if (added !== undefined) this.#entries.get(added.id)?.focusText();
  }

  #press(id: string, button: EntryButton): void {
    const found = findEntry(this.#notes.draft, id);
    if (found === undefined) return;
    if (button === 'remove') this.#remove(found);
    else if (button === 'moveTo') this.#chooseSection(found);
    else {
      this.#move(id, { section: found.section, index: found.index + (button === 'up' ? -1 : 1) });
      this.#entries.get(id)?.focusButton(button);
    }
  }

  #move(id: string, to: EntryPlace): void {
    const before = findEntry(this.#notes.draft, id)?.section;
    if (!this.#notes.edit((draft) => moveEntry(draft, id, to))) return;
    const now = findEntry(this.#notes.draft, id);
    if (now === undefined) return;
    const count = this.#notes.draft.sections.find((section) => section.id === now.section)?.entries.length ?? 0;
    const place = [String(now.index + 1), String(count)];
    const said =
      before === now.section
        ? fill(this.#strings.moved, ...place)
        : fill(this.#strings.movedTo, this.#strings[now.section], ...place);
    this.#ports.announce(said);
  }

  #chooseSection({ entry, section }: RemovedEntry): void {
    const view = this.#entries.get(entry.id);
    if (view === undefined) return;
    const anchor = view.button('moveTo');
    const others = this.#sections.filter(({ id }) => id !== section);
    const items = others.map(({ id }) => ({
      label: this.#strings[id],
      run: (): void => {
        this.#move(entry.id, { section: id, index: Number.MAX_SAFE_INTEGER });
        view.focusButton('moveTo');
      },
    }));
    openMenu(anchor, anchor.getAttribute('aria-label') ?? '', items);
  }

  /** The focus goes to the entry that takes its place, or to the section's button. */
  #remove(found: RemovedEntry): void {
    this.#notes.edit((draft) => removeEntry(draft, found.entry.id));
    const left = this.#notes.draft.sections.find(({ id }) => id === found.section)?.entries ?? [];
    const next = left[Math.min(found.index, left.length - 1)];
    if (next === undefined) this.#section(found.section)?.focusAdd();
    else this.#entries.get(next.id)?.focusButton('remove');
    this.#ports.removed(found);
  }
}
