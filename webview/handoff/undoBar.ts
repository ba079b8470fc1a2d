import type { RemovedEntry } from '../../src/core/handoffEdits.ts';
import type { HandoffStrings } from '../../src/shared/handoffMessages.ts';
import { button, iconButton } from '../ui/components.ts';
import { element } from '../ui/element.ts';
import { fill } from './words.ts';

export interface UndoBar {
  readonly element: HTMLElement;
  offer(removal: RemovedEntry): void;
  hide(): void;
}

/** Says what was removed and puts it back; stays until it is used, dismissed, or the next removal takes its place. */
export function createUndoBar(strings: HandoffStrings, onUndo: (removal: RemovedEntry) => void): UndoBar {
  let removal: RemovedEntry | undefined;
  const text = element('p', { role: 'status' });
  const hide = (): void => {
    removal = undefined;
    text.textContent = '';
    bar.classList.add('gone');
  };
  const undo = button({
    label: strings.undo,
    kind: 'primary',
    onPress: () => {
      const undone = removal;
      hide();
      if (undone !== undefined) onUndo(undone);
    },
  });
  const dismiss = iconButton({ label: strings.dismiss, icon: 'remove', onPress: hide });
  const bar = element('div', { class: 'undoBar gone' }, text, undo.element, dismiss.element);
  return {
    element: bar,
    offer(next) {
      removal = next;
      text.textContent = fill(strings.removed, next.entry.title.trim() || strings.untitled);
      bar.classList.remove('gone');
    },
    hide,
  };
}
