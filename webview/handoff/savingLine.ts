import type { HandoffStrings } from '../../src/shared/handoffMessages.ts';
import { button } from '../ui/components.ts';
import { element } from '../ui/element.ts';
import type { Saving } from './notes.ts';
import { fill } from './words.ts';

export interface SavingLine {
  readonly element: HTMLElement;
  show(saving: Saving): void;
}

/** Whether the notes are safe. Spoken when that changes for good or ill, not at every key. */
export function createSavingLine(strings: HandoffStrings, onRetry: () => void): SavingLine {
  const spoken = element('span', { role: 'status' }, strings.saved);
  const passing = element('span', { 'aria-hidden': 'true' }, strings.saving);
  const retry = button({ label: strings.retry, kind: 'secondary', onPress: onRetry });
  const line = element('div', { class: 'saving' }, spoken, passing, retry.element);
  return {
    element: line,
    show(saving) {
      line.dataset['status'] = saving.status;
      const text = saving.status === 'failed' ? fill(strings.notSaved, saving.message) : strings.saved;
      if (saving.status !== 'saving' && spoken.textContent !== text) spoken.textContent = text;
    },
  };
}
