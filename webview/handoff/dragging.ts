import type { EntryPlace } from '../../src/core/handoffEdits.ts';
import type { SectionView } from './sectionView.ts';

const TYPE = 'application/x-responder-entry';

/** Lets an entry be dragged by its grip. */
export function dragBy(grip: HTMLElement, entry: HTMLElement, id: string): void {
  grip.addEventListener('dragstart', (event) => {
    if (event.dataTransfer === null) return;
    event.dataTransfer.setData(TYPE, id);
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setDragImage(entry, 8, 8);
    entry.classList.add('dragged');
  });
  grip.addEventListener('dragend', () => entry.classList.remove('dragged'));
}

/** Lets entries be dropped on a section, between the entries that a line shows. */
export function dropInto(section: SectionView, onDrop: (id: string, to: EntryPlace) => void): void {
  const clear = (): void => {
    section.element.classList.remove('dropHere');
    for (const row of section.list.children) row.classList.remove('dropBefore', 'dropAfter');
  };
  section.element.addEventListener('dragover', (event) => {
    if (event.dataTransfer?.types.includes(TYPE) !== true) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'move';
    clear();
    const at = indexAt(section.list, event.clientY);
    const rows = section.list.children;
    if (at < rows.length) rows[at]?.classList.add('dropBefore');
    else if (rows.length > 0) rows[rows.length - 1]?.classList.add('dropAfter');
    else section.element.classList.add('dropHere');
  });
  section.element.addEventListener('dragleave', (event) => {
    if (!(event.relatedTarget instanceof Node && section.element.contains(event.relatedTarget))) clear();
  });
  section.element.addEventListener('drop', (event) => {
    const id = event.dataTransfer?.getData(TYPE) ?? '';
    clear();
    if (id === '') return;
    event.preventDefault();
    const at = indexAt(section.list, event.clientY);
    // The dragged row itself does not count.
    const own = Array.from(section.list.children).findIndex((row) => row.classList.contains('dragged'));
    onDrop(id, { section: section.id, index: own !== -1 && own < at ? at - 1 : at });
  });
}

function indexAt(list: HTMLElement, y: number): number {
  const rows = Array.from(list.children);
  const next = rows.findIndex((row) => {
    const { top, height } = row.getBoundingClientRect();
    return y < top + height / 2;
  });
  return next === -1 ? rows.length : next;
}
