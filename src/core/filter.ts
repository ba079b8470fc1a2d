import { entriesOf } from './itemRecord.ts';
import type { Day, ItemState } from './itemState.ts';
import { PRIORITIES } from './priority.ts';
import type { Signal } from './signal.ts';

/** A longer query is cut: nobody types one. */
export const MAX_QUERY = 500;

/** What may stand before a colon. */
export const QUALIFIERS = ['place', 'author', 'label', 'priority', 'is', 'has'] as const;

export type Qualifier = (typeof QUALIFIERS)[number];

type Facts = Pick<Day, 'journal'>;
type Test = (state: ItemState, day: Facts) => boolean;

const IS = {
  waiting: ({ phase }) => phase === 'us',
  answered: ({ phase }) => phase === 'them',
  late: ({ clock }) => clock?.state === 'late',
  warning: ({ clock }) => clock?.state === 'warning',
  mine: ({ holder, phase }) => phase === 'inProgress' || holder?.isMe === true,
  claimed: ({ holder, record }) => record.claimedAt !== undefined || holder !== undefined,
  owned: ({ holder }) => holder?.isMe === false,
  snoozed: ({ phase }) => phase === 'snoozed',
  silenced: ({ phase }) => phase === 'silenced',
  done: ({ phase }) => phase === 'done',
  returned: ({ returned }) => returned !== undefined,
  converted: ({ converted }) => converted !== undefined,
} as const satisfies Record<string, Test>;

const HAS = {
  timebox: ({ item }, { journal }) => entriesOf(item, journal).some(({ event }) => event.type === 'started'),
  note: ({ record }) => record.notes.length > 0,
  issue: ({ converted, item }) => converted !== undefined || item.signals.some(({ kind }) => kind === 'issue'),
  priority: ({ record }) => record.priority !== undefined,
} as const satisfies Record<string, Test>;

/** The values of the qualifiers that have a fixed list of them. */
const QUALIFIER_VALUES = {
  priority: [...PRIORITIES, 'none'],
  is: Object.keys(IS),
  has: Object.keys(HAS),
} as const satisfies Partial<Record<Qualifier, readonly string[]>>;

const TESTS: { readonly is: Record<string, Test>; readonly has: Record<string, Test> } = { is: IS, has: HAS };

/** One condition; several values of one are alternatives. They are folded, see {@link fold}. */
interface FilterTerm {
  readonly not: boolean;
  readonly on: Qualifier | 'text';
  readonly values: readonly [string, ...string[]];
}

/** What is wrong with a part of a query, which is then left out. */
export type FilterProblem =
  | { readonly code: 'unknownQualifier'; readonly qualifier: string }
  | { readonly code: 'unknownValue'; readonly qualifier: Qualifier; readonly value: string }
  | { readonly code: 'tooLong' };

/** A query that was read. Items must meet all of its terms; without any it lets everything through. */
export interface Filter {
  readonly terms: readonly FilterTerm[];
  readonly problems: readonly FilterProblem[];
}

const TOKEN = /(?:"[^"]*(?:"|$)|[^\s"])+/gu;
const VALUE = /(?:"[^"]*(?:"|$)|[^,"])+/gu;
/** An address is a text. */
const QUALIFIED = /^(\p{L}+):(?!\/\/)(.*)$/su;

/**
 * Reads a query: words and `"phrases"` that must all be in the text, `qualifier:value`, `qualifier:"a value",another` for
 * either, and `-` before any of these for the opposite. Upper and lower case and accents make no difference.
 */
export function parseFilter(query: string): Filter {
  // A lone minus is the beginning of something.
  const parts = tokensOf(query)
    .filter((token) => token !== '-')
    .map(readToken);
  return {
    terms: parts.flatMap((part) => part.terms),
    problems: [
      ...parts.flatMap((part) => part.problems),
      ...(query.length > MAX_QUERY ? [{ code: 'tooLong' } as const] : []),
    ],
  };
}

/** The parts of a query, as they were typed. */
export function tokensOf(query: string): readonly string[] {
  return query.slice(0, MAX_QUERY).match(TOKEN) ?? [];
}

/** A part of a query, taken apart. */
export function readQualifier(token: string): {
  readonly not: boolean;
  /** In lower case; undefined for plain text. */
  readonly qualifier: string | undefined;
  readonly rest: string;
} {
  const not = token.startsWith('-') && token.length > 1;
  const text = not ? token.slice(1) : token;
  const [, qualifier, rest] = QUALIFIED.exec(text) ?? [];
  return { not, qualifier: qualifier?.toLowerCase(), rest: rest ?? text };
}

function readToken(token: string): Filter {
  const { not, qualifier, rest } = readQualifier(token);
  if (qualifier === undefined) return termsOf({ not, on: 'text' }, [unquoted(rest)]);
  const on = QUALIFIERS.find((each) => each === qualifier);
  if (on === undefined) return { terms: [], problems: [{ code: 'unknownQualifier', qualifier }] };
  const typed = (rest.match(VALUE) ?? []).map(unquoted);
  const known = on in QUALIFIER_VALUES ? valuesOf(on) : undefined;
  const isKnown = (value: string): boolean => value === '' || known?.includes(value) !== false;
  const problems = typed
    .filter((value) => !isKnown(value))
    .map((value) => ({ code: 'unknownValue', qualifier: on, value }) as const);
  return { terms: termsOf({ not, on }, typed.filter(isKnown)).terms, problems };
}

/** The values that a qualifier can have, when there is a fixed list of them. */
export function valuesOf(qualifier: Qualifier): readonly string[] {
  const values: Partial<Record<Qualifier, readonly string[]>> = QUALIFIER_VALUES;
  return values[qualifier] ?? [];
}

function termsOf(term: Pick<FilterTerm, 'not' | 'on'>, typed: readonly string[]): Filter {
  const [first, ...others] = typed.filter((value) => value !== '');
  return { terms: first === undefined ? [] : [{ ...term, values: [first, ...others] }], problems: [] };
}

function unquoted(text: string): string {
  return fold(text.replaceAll('"', '')).trim();
}

/** Without upper case and accents. */
export function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** What of a signal can be looked for, folded. */
interface FoldedSignal {
  readonly all: string;
  readonly place: string;
  /** Name and id. */
  readonly author: string;
  readonly labels: readonly string[];
}

/** The folded texts of signals, each made once: signals never change. */
export class FilterTexts {
  readonly #texts = new WeakMap<Signal, FoldedSignal>();

  of(signal: Signal): FoldedSignal {
    const known = this.#texts.get(signal);
    if (known !== undefined) return known;
    const place = fold(signal.place);
    const author = signal.author === undefined ? '' : fold(`${signal.author.name}\n${signal.author.id}`);
    const all = [fold(`${signal.title}\n${signal.excerpt}\n${signal.id}`), place, author].join('\n');
    const folded = { all, place, author, labels: signal.labels.map(fold) };
    this.#texts.set(signal, folded);
    return folded;
  }
}

/** Whether an item meets all terms of a filter. */
export function matches(filter: Filter, state: ItemState, day: Facts & { readonly texts: FilterTexts }): boolean {
  return filter.terms.every((term) => term.values.some((value) => meets(term.on, value, state, day)) !== term.not);
}

function meets(
  on: FilterTerm['on'],
  value: string,
  state: ItemState,
  day: Facts & { readonly texts: FilterTexts },
): boolean {
  const { record, item } = state;
  const some = (test: (folded: FoldedSignal) => boolean): boolean =>
    item.signals.some((signal) => test(day.texts.of(signal)));
  switch (on) {
    case 'text':
      return some(({ all }) => all.includes(value)) || record.notes.some((note) => fold(note).includes(value));
    case 'place':
      return some(({ place }) => place.includes(value));
    case 'author':
      return some(({ author }) => author.includes(value));
    case 'label':
      return some(({ labels }) => labels.some((label) => label.includes(value)));
    case 'priority':
      return (record.priority ?? 'none') === value;
    case 'is':
    case 'has':
      return TESTS[on][value]?.(state, day) === true;
  }
}

/** A query, and the words by which a person knows it. */
export interface NamedQuery {
  readonly name: string;
  readonly query: string;
}

/** What a query lets through on a day. */
export function queueFilter(
  { name, query }: NamedQuery,
  day: Facts & { readonly texts: FilterTexts },
): { readonly name: string; readonly matches: (state: ItemState) => boolean } {
  const filter = parseFilter(query);
  return { name, matches: (state) => matches(filter, state, day) };
}
