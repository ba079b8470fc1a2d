import * as vscode from 'vscode';
import { editDocument } from '../editDocument.ts';
import { inertTitle, linkless } from '../inert.ts';
import { pickOne, type TextQuestion } from './quickInput.ts';

/** What there is, and which way the person left. */
interface Lines {
  readonly go: 'next' | 'back' | 'cancel';
  readonly value: string;
}

const SHOWN_LENGTH = 120;

/** Several lines of text, written in an editor: an input box would make one line of a pasted log. */
export async function askLines(question: TextQuestion): Promise<Lines> {
  let { value } = question;
  for (;;) {
    const isFit = question.problem(value) === undefined;
    const reply = await pickOne<'take' | 'write'>(question, [
      ...(isFit
        ? [
            {
              label: `$(check) ${vscode.l10n.t('Use This Text')}`,
              description: inertTitle(value, SHOWN_LENGTH),
              value: 'take' as const,
            },
          ]
        : []),
      {
        label: `$(edit) ${vscode.l10n.t('Write in the Editor…')}`,
        description: question.hint ?? '',
        value: 'write',
      },
    ]);
    if (reply.go !== 'next') return { go: reply.go, value };
    if (reply.value === 'take') return { go: 'next', value };
    const written = await write(value, question);
    value = written.value;
    if (written.isApplied) return { go: 'next', value };
  }
}

/** Closing the editor keeps what was typed; discarding it does not. */
async function write(
  content: string,
  { placeholder, problem }: TextQuestion,
): Promise<{ readonly value: string; readonly isApplied: boolean }> {
  let last = content;
  const applied = await editDocument({
    content,
    hint: linkless(vscode.l10n.t('Write the answer to “{0}”, then apply it. Nothing is sent yet.', placeholder)),
    read: (text) => {
      const wrong = problem(text);
      return wrong === undefined ? { value: text.trimEnd() } : { problem: wrong };
    },
    typed: (text) => {
      last = text.trimEnd();
    },
    discarded: () => {
      last = content;
    },
  });
  return { value: applied ?? last, isApplied: applied !== undefined };
}
