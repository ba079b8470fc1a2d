import * as vscode from 'vscode';
import { editDocument } from '../editDocument.ts';
import { type EditableIssue, type EditProblem, parseEditable, writeEditable } from './editable.ts';

/**
 * Lets the person rewrite an issue as a document; undefined when they discard it. `typed` is told of the issue as it
 * stands whenever they pause and it can be read; closing the document keeps that.
 */
export async function editIssue(
  start: EditableIssue,
  typed: (issue: EditableIssue) => void = () => undefined,
): Promise<EditableIssue | undefined> {
  let last: EditableIssue | undefined;
  const edited = await editDocument({
    content: writeEditable(start),
    hint: vscode.l10n.t('Edit the title, labels and body, then apply. Nothing is written yet.'),
    read: (text) => {
      const now = parseEditable(text);
      return typeof now === 'object' ? { value: now } : { problem: problemText(now) };
    },
    typed: (text) => {
      const now = parseEditable(text);
      if (typeof now !== 'object') return;
      last = now;
      typed(now);
    },
    discarded: () => {
      last = undefined;
    },
  });
  return edited ?? last;
}

function problemText(problem: EditProblem): string {
  switch (problem) {
    case 'noHead':
      return vscode.l10n.t('The head between the two lines of dashes is missing: it holds the title and the labels.');
    case 'noTitle':
      return vscode.l10n.t('An issue needs a title: write it after “title:” in the head.');
  }
}
