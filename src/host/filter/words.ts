import * as vscode from 'vscode';
import type { FilterProblem } from '../../core/filter.ts';
import { QUALIFIERS, valuesOf } from '../../core/filter.ts';
import type { FilterSuggestion } from '../../core/filterSuggestions.ts';
import type { QueueView } from '../../core/view.ts';
import { inertTitle } from '../inert.ts';

const NAME_LENGTH = 60;

/** What is wrong with a part of a query, and what would be right. */
export function problemText(problem: FilterProblem): string {
  switch (problem.code) {
    case 'unknownQualifier':
      return vscode.l10n.t(
        'There is no “{0}:”. Use {1}, or put it in quotation marks to search for it as text.',
        inertTitle(problem.qualifier),
        QUALIFIERS.map((each) => `${each}:`).join(' '),
      );
    case 'unknownValue':
      return vscode.l10n.t(
        '“{1}” is no value of “{0}:”. Use {2}.',
        problem.qualifier,
        inertTitle(problem.value),
        valuesOf(problem.qualifier).join(', '),
      );
    case 'tooLong':
      return vscode.l10n.t('The filter is too long: only its beginning counts.');
  }
}

/** What the Queue says above its rows while it is filtered, and how to end that. */
export function filterMessage({ name, count, total }: NonNullable<QueueView['filter']>): string {
  return vscode.l10n.t(
    'Filter: {0} · {1} of {2} items. Clear it in the title bar.',
    inertTitle(name, NAME_LENGTH),
    count,
    total,
  );
}

export function boxTitle(shown: QueueView['filter']): string {
  return shown === undefined
    ? vscode.l10n.t('Filter Queue')
    : vscode.l10n.t('Filter Queue: {0} of {1} items', shown.count, shown.total);
}

export function suggestionIcon(on: FilterSuggestion['on']): string {
  switch (on) {
    case 'saved':
      return 'bookmark';
    case 'place':
      return 'location';
    case 'author':
      return 'person';
    case 'label':
      return 'tag';
    case 'priority':
      return 'flame';
    case 'is':
      return 'circle-outline';
    case 'has':
      return 'list-selection';
  }
}

/** What a qualifier asks for, while it has no value yet. */
export function qualifierText(on: FilterSuggestion['on'], query: string): string {
  switch (on) {
    case 'saved':
      return query;
    case 'place':
      return vscode.l10n.t('where it is');
    case 'author':
      return vscode.l10n.t('who began it');
    case 'label':
      return vscode.l10n.t('what it is labelled with');
    case 'priority':
      return vscode.l10n.t('its priority');
    case 'is':
      return vscode.l10n.t('how it stands');
    case 'has':
      return vscode.l10n.t('what there is of it');
  }
}
