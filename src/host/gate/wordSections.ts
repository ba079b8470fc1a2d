import * as vscode from 'vscode';
import { wordsOf } from '../../actions/words.ts';
import type { PlaceOf } from '../../core/place.ts';
import type { Proposal, Write } from '../../core/proposal.ts';
import type { Section } from '../sections.ts';

/** The texts of a proposal below the places that they go to, in the order of `wordsOf`. */
export function wordSections(proposal: Proposal, placeOf: PlaceOf): readonly Section[] {
  return wordsOf(proposal).map(({ text, steps }) => {
    const places = steps.flatMap((step) => {
      const write = proposal.steps[step];
      return write === undefined ? [] : placeText(write, placeOf);
    });
    return { heading: [...new Set(places)].join(', '), text };
  });
}

function placeText(write: Write, placeOf: PlaceOf): readonly string[] {
  if (write.type === 'replyInThread')
    return [vscode.l10n.t('Reply in the thread in {0}', placeOf(write.channel) ?? write.channel)];
  if (write.type === 'commentOnIssue') return [vscode.l10n.t('Comment on {0}', `${write.repository}#${write.number}`)];
  if (write.type === 'postMessage') return [vscode.l10n.t('Message in {0}', `#${write.channel}`)];
  if (write.type === 'addNote') return [vscode.l10n.t('Note on PagerDuty incident {0}', write.incident)];
  return write.type === 'silence' ? [vscode.l10n.t('Comment of the silence')] : [];
}

/** By the texts of a proposal what a person made of them, in the order of `wordsOf`. */
export function rewrittenBy(proposal: Proposal, texts: readonly string[]): ReadonlyMap<string, string> {
  return new Map(wordsOf(proposal).map(({ text }, index) => [text, texts[index] ?? text]));
}
