import * as vscode from 'vscode';
import { editDocument } from '../editDocument.ts';
import { type EditableIssue, type EditProblem, parseEditable, writeEditable } from './editable.ts';

/** Lets the person rewrite an issue as a document; undefined when they discard it. */
export async function editIssue(start: EditableIssue): Promise<EditableIssue | undefined> {
  return editDocument({
    content: writeEditable(start),
    hint: vscode.l10n.t('Edit the title, labels and body, then apply. Nothing is written yet.'),
    read: (text) => {
      const edited = parseEditable(text);
      return typeof edited === 'object' ? { value: edited } : { problem: problemText(edited) };
    },
  });
}

function problemText(problem: EditProblem): string {
  switch (problem) {
    case 'noHead':
      return vscode.l10n.t('The head between the two lines of dashes is missing: it holds the title and the labels.');
    case 'noTitle':
      return vscode.l10n.t('An issue needs a title: write it after “title:” in the head.');
  }
}
