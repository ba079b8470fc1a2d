import * as vscode from 'vscode';
import { editDocument } from '../editDocument.ts';
import { readSections, type Section, writeSections } from '../sections.ts';
import { nothingBelowText, sectionProblemText } from '../sectionWords.ts';
import { type EditableIssue, type EditProblem, parseEditable, writeEditable } from './editable.ts';

/** An issue, and what is said of it elsewhere, in the order in which that was given. */
export interface EditedIssue extends EditableIssue {
  readonly replies: readonly string[];
}

/**
 * Lets the person rewrite an issue as a document, and the replies that go with it: each below the place that it goes to,
 * above the body, which may be long. Undefined when they discard it. `typed` is told of the issue as it stands whenever
 * they pause and it can be read; closing the document keeps that.
 */
export async function editIssue(
  start: EditableIssue,
  replies: readonly Section[],
  typed: (issue: EditedIssue) => void,
): Promise<EditedIssue | undefined> {
  const { content, read } = issueDocument(start, replies);
  let last: EditedIssue | undefined;
  const edited = await editDocument({
    content,
    hint: hintText(replies),
    read,
    typed: (text) => {
      const now = read(text);
      if ('problem' in now) return;
      last = now.value;
      typed(last);
    },
    discarded: () => {
      last = undefined;
    },
  });
  return edited ?? last;
}

interface IssueDocument {
  readonly content: string;
  readonly read: (text: string) => { readonly value: EditedIssue } | { readonly problem: string };
}

function issueDocument(start: EditableIssue, replies: readonly Section[]): IssueDocument {
  const [first, ...others] = replies;
  if (first === undefined)
    return {
      content: writeEditable(start),
      read: (text) => {
        const now = parseEditable(text);
        return typeof now === 'object' ? { value: { ...now, replies: [] } } : { problem: problemText(now) };
      },
    };
  const body = { heading: vscode.l10n.t('Body of the issue'), text: start.body };
  const { content, lines } = writeSections([first, ...others, body]);
  return {
    content: writeEditable({ ...start, body: content }),
    read: (text) => {
      const now = parseEditable(text);
      if (typeof now !== 'object') return { problem: problemText(now) };
      const texts = readSections(now.body, lines);
      if ('type' in texts) return { problem: sectionProblemText(texts) };
      const said = texts.slice(0, replies.length);
      const empty = replies[said.indexOf('')];
      if (empty !== undefined) return { problem: nothingBelowText(empty.heading) };
      return { value: { ...now, body: texts.at(-1) ?? '', replies: said } };
    },
  };
}

function hintText({ length }: readonly Section[]): string {
  return length === 0
    ? vscode.l10n.t('Edit the title, labels and body, then apply. Nothing is sent yet.')
    : vscode.l10n.t(
        'Edit the title, labels, body and replies, then apply. {0} becomes the number of the issue, {1} its address. Nothing is sent yet.',
        '{{issue}}',
        '{{issueUrl}}',
      );
}

function problemText(problem: EditProblem): string {
  switch (problem) {
    case 'noHead':
      return vscode.l10n.t('The head between the two lines of dashes is missing: it holds the title and the labels.');
    case 'noTitle':
      return vscode.l10n.t('An issue needs a title: write it after “title:” in the head.');
  }
}
