import * as vscode from 'vscode';
import type { SectionProblem } from './sections.ts';

/** Why sections cannot be read, as a sentence. */
export function sectionProblemText({ type, heading }: SectionProblem): string {
  switch (type) {
    case 'heading':
      return vscode.l10n.t(
        'Keep the heading “{0}” once, unchanged and on a line of its own. It says where the text below it goes.',
        heading,
      );
    case 'above':
      return vscode.l10n.t('Text above the heading “{0}” is not sent. Move it below a heading.', heading);
  }
}

/** That a text is empty, as a sentence; `heading` says where it goes. */
export function nothingBelowText(heading: string): string {
  return vscode.l10n.t('The text below “{0}” is empty. Write something, or discard the edit.', heading);
}
