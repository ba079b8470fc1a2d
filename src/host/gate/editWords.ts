import * as vscode from 'vscode';
import { withWords, wordsOf } from '../../actions/words.ts';
import type { Proposal } from '../../core/proposal.ts';
import { editDocument } from '../editDocument.ts';

/**
 * Lets the person rewrite what a proposal says; undefined when they discard it, or when it says nothing. `typed` is told
 * of the proposal as it stands whenever they pause.
 */
export async function editWords(
  proposal: Proposal,
  typed: (proposal: Proposal) => void = () => undefined,
): Promise<Proposal | undefined> {
  const words = wordsOf(proposal);
  if (words === undefined) return undefined;
  let last: Proposal | undefined;
  const text = await editDocument({
    content: words.text,
    hint: vscode.l10n.t('Edit the words, then apply. Nothing is written yet.'),
    read: (edited) =>
      edited.trim() === ''
        ? { problem: vscode.l10n.t('There is nothing left to say. Discard the edit, or write something.') }
        : { value: edited.trim() },
    typed: (text) => {
      if (text.trim() === '') return;
      last = withWords(proposal, { ...words, text: text.trim() });
      typed(last);
    },
    discarded: () => {
      last = undefined;
    },
  });
  return text === undefined ? last : withWords(proposal, { ...words, text });
}
