import { fold, QUALIFIERS, type Qualifier, readQualifier, tokensOf, valuesOf } from './filter.ts';
import type { Item } from './item.ts';

/** What can be filtered by, as the items have it. */
export interface FilterFacets {
  readonly place: readonly string[];
  readonly author: readonly string[];
  readonly label: readonly string[];
}

export interface FilterSuggestion {
  readonly on: Qualifier | 'saved';
  /** What it is called: a part of a query, or a saved filter's name. */
  readonly text: string;
  /** The whole query once it is taken. */
  readonly query: string;
}

const MAX_SUGGESTIONS = 20;

/** The places, authors and labels of the items, sorted, each once. */
export function facetsOf(items: Iterable<Item>): FilterFacets {
  const [place, author, label] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const { signals } of items)
    for (const signal of signals) {
      if (signal.state === 'closed') continue;
      place.add(signal.place);
      if (signal.author !== undefined) author.add(signal.author.name);
      for (const each of signal.labels) label.add(each);
    }
  return { place: sorted(place), author: sorted(author), label: sorted(label) };
}

/** How the last part of a query may go on: qualifiers, the values of one, and at the very beginning the saved filters. */
export function suggestionsFor(
  query: string,
  facets: FilterFacets,
  saved: ReadonlyMap<string, string>,
): readonly FilterSuggestion[] {
  const tokens = tokensOf(query);
  const isNew = /^$|\s$/u.test(query) && (query.match(/"/gu)?.length ?? 0) % 2 === 0;
  const last = isNew ? '' : (tokens.at(-1) ?? '');
  const before = query.slice(0, query.length - last.length);
  const { not, qualifier, rest } = readQualifier(last);
  const sign = not ? '-' : '';
  const on = QUALIFIERS.find((each) => each === qualifier);
  if (on !== undefined) return valueSuggestions({ on, typed: rest, before: `${before}${sign}` }, facets);
  if (qualifier !== undefined) return [];
  const typed = fold(rest);
  const ofQualifiers = QUALIFIERS.filter((each) => each.startsWith(typed)).map((each) => ({
    on: each,
    text: `${sign}${each}:`,
    query: `${before}${sign}${each}:`,
  }));
  return [...(before === '' && !not ? savedSuggestions(typed, saved) : []), ...ofQualifiers];
}

function savedSuggestions(typed: string, saved: ReadonlyMap<string, string>): readonly FilterSuggestion[] {
  return [...saved]
    .filter(([name]) => fold(name).includes(typed))
    .slice(0, MAX_SUGGESTIONS)
    .map(([name, query]) => ({ on: 'saved', text: name, query }));
}

interface TypedValue {
  readonly on: Qualifier;
  readonly typed: string;
  readonly before: string;
}

function valueSuggestions({ on, typed, before }: TypedValue, facets: FilterFacets): readonly FilterSuggestion[] {
  const wanted = fold(typed.replaceAll('"', ''));
  const values = on === 'place' || on === 'author' || on === 'label' ? facets[on] : valuesOf(on);
  return values
    .filter((value) => fold(value).includes(wanted) && fold(value) !== wanted)
    .toSorted((a, b) => Number(fold(b).startsWith(wanted)) - Number(fold(a).startsWith(wanted)))
    .slice(0, MAX_SUGGESTIONS)
    .map((value) => ({ on, text: `${on}:${value}`, query: `${before}${on}:${quoted(value)} ` }));
}

function quoted(value: string): string {
  return /[\s",]/u.test(value) ? `"${value.replaceAll('"', '')}"` : value;
}

function sorted(values: ReadonlySet<string>): readonly string[] {
  return [...values].sort((a, b) => (fold(a) < fold(b) ? -1 : 1));
}
