import * as vscode from 'vscode';
import { MAX_QUERY, parseFilter } from '../../core/filter.ts';
import { type FilterFacets, type FilterSuggestion, suggestionsFor } from '../../core/filterSuggestions.ts';
import type { QueueView } from '../../core/view.ts';
import { inertTitle } from '../inert.ts';
import { boxTitle, problemText, qualifierText, suggestionIcon } from './words.ts';

/** The Queue follows when a person pauses for so long. */
const TYPING_MS = 180;
const DESCRIPTION_LENGTH = 100;

export interface FilterBoxPorts {
  /** The query that the Queue is narrowed by now. */
  readonly query: string;
  readonly facets: FilterFacets;
  readonly saved: ReadonlyMap<string, string>;
  /** Narrows the Queue for the time being, and tells how much is left; undefined for an empty query. */
  readonly preview: (query: string) => QueueView['filter'];
}

interface FilterPick extends vscode.QuickPickItem {
  /** The query that it makes; undefined for the one that was typed. */
  readonly query: string | undefined;
}

/** Asks for a filter while the Queue already shows what it would let through; undefined when the person gave up. */
export async function askFilter(ports: FilterBoxPorts): Promise<string | undefined> {
  const pick = vscode.window.createQuickPick<FilterPick>();
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  let typing: NodeJS.Timeout | undefined;
  const show = (): void => {
    clearTimeout(typing);
    pick.title = boxTitle(ports.preview(pick.value));
  };
  const offer = (): void => {
    const [problem] = parseFilter(pick.value).problems;
    pick.prompt = problem === undefined ? undefined : problemText(problem);
    pick.items = picks(pick.value, ports);
  };
  const changed = (): void => {
    offer();
    clearTimeout(typing);
    typing = setTimeout(show, TYPING_MS);
  };
  pick.placeholder = vscode.l10n.t('Words, "phrases", place: author: label: priority: is: has:, and - for not');
  pick.value = ports.query;
  // Looking at the rows must not end it.
  pick.ignoreFocusOut = true;
  offer();
  show();
  const listeners = [
    pick.onDidChangeValue(changed),
    pick.onDidAccept(() => {
      const [chosen] = pick.activeItems;
      if (chosen?.query === undefined) return resolve(pick.value);
      pick.value = chosen.query;
      changed();
    }),
    pick.onDidHide(() => resolve(undefined)),
  ];
  try {
    pick.show();
    return await promise;
  } finally {
    clearTimeout(typing);
    for (const each of [...listeners, pick]) each.dispose();
  }
}

/**
 * What was typed comes first, so that Enter keeps it. The others are told by their descriptions: VS Code would put those
 * whose labels are like the typed text before all others.
 */
function picks(query: string, { facets, saved, query: former }: FilterBoxPorts): readonly FilterPick[] {
  const none = former === '' ? vscode.l10n.t('No filter') : vscode.l10n.t('Clear the filter');
  const keep = query.trim() === '' ? `$(clear-all) ${none}` : `$(check) ${vscode.l10n.t('Keep this filter')}`;
  return [
    { label: keep, query: undefined, alwaysShow: true },
    ...suggestionsFor(query.slice(0, MAX_QUERY), facets, saved).map(toPick),
  ];
}

function toPick({ on, text, query }: FilterSuggestion): FilterPick {
  const about = on === 'saved' || text.endsWith(':') ? qualifierText(on, query) : undefined;
  return {
    label: `$(${suggestionIcon(on)})`,
    // Labels and names are of others: nothing in them becomes an icon.
    description: inertTitle(about === undefined ? text : `${text}  ${about}`, DESCRIPTION_LENGTH),
    query,
    alwaysShow: true,
  };
}
