import * as vscode from 'vscode';
import { withWords } from '../../actions/words.ts';
import type { PlaceOf } from '../../core/place.ts';
import type { Proposal } from '../../core/proposal.ts';
import { editDocument } from '../editDocument.ts';
import { readSections, type Section, writeSections } from '../sections.ts';
import { nothingBelowText, sectionProblemText } from '../sectionWords.ts';
import { rewrittenBy, wordSections } from './wordSections.ts';

/**
 * Lets the person rewrite what a proposal says, each text below the place that it goes to when there are several;
 * undefined when they discard it, or when it says nothing. `typed` is told of the proposal as it stands whenever they pause.
 */
export async function editWords(
  proposal: Proposal,
  placeOf: PlaceOf,
  typed: (proposal: Proposal) => void = () => undefined,
): Promise<Proposal | undefined> {
  const [first, ...others] = wordSections(proposal, placeOf);
  if (first === undefined) return undefined;
  const { content, read } = others.length === 0 ? single(first.text) : several([first, ...others]);
  const rewritten = (texts: readonly string[]): Proposal => withWords(proposal, rewrittenBy(proposal, texts));
  let last: Proposal | undefined;
  const texts = await editDocument({
    content,
    hint: vscode.l10n.t('Edit the text, then apply. Nothing is sent yet.'),
    read,
    typed: (text) => {
      const edited = read(text);
      if ('problem' in edited) return;
      last = rewritten(edited.value);
      typed(last);
    },
    discarded: () => {
      last = undefined;
    },
  });
  return texts === undefined ? last : rewritten(texts);
}

/** How the texts stand in the document, and what the person made of them. */
interface WordsDocument {
  readonly content: string;
  readonly read: (text: string) => { readonly value: readonly string[] } | { readonly problem: string };
}

function single(content: string): WordsDocument {
  const problem = vscode.l10n.t('The text is empty. Write something, or discard the edit.');
  return { content, read: (text) => (text.trim() === '' ? { problem } : { value: [text.trim()] }) };
}

function several(sections: readonly [Section, ...Section[]]): WordsDocument {
  const { content, lines } = writeSections(sections);
  return {
    content: `${content}\n`,
    read: (text) => {
      const texts = readSections(text, lines);
      if ('type' in texts) return { problem: sectionProblemText(texts) };
      const empty = sections[texts.indexOf('')];
      return empty === undefined ? { value: texts } : { problem: nothingBelowText(empty.heading) };
    },
  };
}
