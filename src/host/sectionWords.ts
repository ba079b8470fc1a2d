import * as vscode from 'vscode';
import type { SectionProblem } from './sections.ts';

/** Why sections cannot be read, as a sentence. */
export function sectionProblemText({ type, heading }: SectionProblem): string {
  switch (type) {
    case 'heading':
      return vscode.l10n.t(
        'The heading “{0}” must stand once, on a line of its own, as it was: it says where the text below it goes.',
        heading,
      );
    case 'above':
      return vscode.l10n.t('What stands above the heading “{0}” goes nowhere: write below a heading.', heading);
  }
}

/** That a text is empty, as a sentence; `heading` says where it goes. */
export function nothingBelowText(heading: string): string {
  return vscode.l10n.t('There is nothing left to say below “{0}”. Discard the edit, or write something.', heading);
}
