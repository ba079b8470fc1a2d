import { normalizeUrl } from './url.ts';

/** What is known of an item when others like it are looked for. */
export interface Matter {
  readonly title: string;
  /** Everything that was said, as far as it is read: the excerpts, the conversation. */
  readonly text: string;
  /** Normalised addresses that mean the item itself. */
  readonly names: readonly string[];
  /** Normalised addresses that it holds. */
  readonly mentions: readonly string[];
  readonly alertNames: readonly string[];
  /** `owner/name#12`, lower case, of its own issues: an item is no duplicate of itself. */
  readonly own: readonly string[];
}

/** An issue that may be about the same matter. */
export interface IssueCandidate {
  /** `owner/name`. */
  readonly repository: string;
  readonly number: number;
  readonly url: string;
  readonly title: string;
  /** Undefined when nobody said. */
  readonly state: 'open' | 'closed' | undefined;
  readonly text: string;
  /** Normalised addresses that it holds. */
  readonly mentions: readonly string[];
}

/** Why two are taken for the same. */
export type SimilarReason =
  | { readonly type: 'sameTitle' }
  /** One links the other, or both link this page. */
  | { readonly type: 'link'; readonly url: string }
  | { readonly type: 'errorLine'; readonly line: string }
  | { readonly type: 'alert'; readonly name: string }
  /** How much of the titles is the same, 0 to 1. */
  | { readonly type: 'title'; readonly share: number };

export interface SimilarIssue {
  readonly candidate: IssueCandidate;
  /** The most telling first. */
  readonly reasons: readonly [SimilarReason, ...SimilarReason[]];
}

const MOST = 3;
/** Below it, titles of one team's everyday words are offered for each other. */
const TITLE_SHARE = 0.5;
const SHINGLE = 4;
const MAX_TITLE_LENGTH = 300;
const MAX_TEXT_LENGTH = 60_000;
const MAX_LINES = 200;
const MIN_LINE_LENGTH = 20;
const MAX_LINE_LENGTH = 400;
/** A shorter name, such as `Up`, is in too many texts. */
const MIN_ALERT_NAME = 6;
/** A text with more addresses is a list of matters, as in `linkSignals`. */
const MAX_MENTIONS = 12;

const ERROR_LINE =
  /\b(?:[a-z]+(?:error|exception)|error|exception|fatal|panic|traceback|failed|failure|refused|timed? ?out|[45]\d\d)\b/iu;
/** `ECONNREFUSED`. */
const ERROR_CODE = /\bE[A-Z]{4,}\b/u;
// Words that say nothing of what a title is about, in the language in which most teams write their issues.
const FILLERS = new Set('a an and are as at by for from in is it of on or since that the this to was with'.split(' '));

/**
 * The issues that are most likely about the same matter, at most three, the likeliest first, each with the reasons. One
 * that has no reason is not offered. The order of the candidates does not matter; one of the same title comes first.
 */
export function mostSimilar(matter: Matter, candidates: readonly IssueCandidate[]): readonly SimilarIssue[] {
  const own = new Set(matter.own);
  const title = titleShingles(matter.title);
  const lines = errorLines(matter.text);
  const judged = distinct(candidates).flatMap((candidate) => {
    if (own.has(keyOf(candidate))) return [];
    const [first, ...others] = reasonsOf({ matter, title, lines }, candidate);
    return first === undefined ? [] : [{ candidate, reasons: [first, ...others] as const }];
  });
  return judged.toSorted(bySimilarity).slice(0, MOST);
}

/** Lines that look like an error's, with what differs from one occurrence to the next taken out; the longest first. */
export function errorLines(text: string): readonly string[] {
  const found = new Set<string>();
  for (const line of text.slice(0, MAX_TEXT_LENGTH).split(/[\r\n]+/u, MAX_LINES * 10)) {
    if (found.size >= MAX_LINES) break;
    const clean = line.slice(0, MAX_LINE_LENGTH).trim();
    if (!ERROR_LINE.test(clean) && !ERROR_CODE.test(clean)) continue;
    const steady = withoutVariables(clean);
    if (steady.replace(/[#\s\p{P}\p{S}]/gu, '').length >= MIN_LINE_LENGTH - 4) found.add(steady);
  }
  return [...found].toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1));
}

/** The words of a title that say most, longest first: what to search for. */
export function tellingWords(title: string, limit: number): readonly string[] {
  const words = new Set(wordsOf(title).filter((word) => word.length > 2 && !/^\d+$/u.test(word)));
  return [...words].toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1)).slice(0, limit);
}

/** The addresses to search for: one that means the item, and a page that it holds, unless it is a list of matters. */
export function tellingUrls({ names: itself, mentions }: Matter): readonly string[] {
  const page = mentions.length > MAX_MENTIONS ? undefined : mentions.find(isPrecise);
  return [...new Set([itself[0], page])].filter((url) => url !== undefined);
}

interface Wanted {
  readonly matter: Matter;
  readonly title: ReadonlySet<string>;
  readonly lines: readonly string[];
}

function reasonsOf({ matter, title, lines }: Wanted, candidate: IssueCandidate): readonly SimilarReason[] {
  const share = shareOf(title, titleShingles(candidate.title));
  const url = sharedUrl(matter, candidate);
  const theirs = new Set(lines.length === 0 ? [] : errorLines(candidate.text));
  const line = lines.find((each) => theirs.has(each));
  const name = matter.alertNames.find((each) => names(candidate, each));
  return [
    ...(isSameTitle(matter.title, candidate.title) ? [{ type: 'sameTitle' } as const] : []),
    ...(url === undefined ? [] : [{ type: 'link', url } as const]),
    ...(line === undefined ? [] : [{ type: 'errorLine', line } as const]),
    ...(name === undefined ? [] : [{ type: 'alert', name } as const]),
    ...(share >= TITLE_SHARE && !isSameTitle(matter.title, candidate.title) ? [{ type: 'title', share } as const] : []),
  ];
}

function bySimilarity(one: SimilarIssue, other: SimilarIssue): number {
  return (
    Number(isSame(other)) - Number(isSame(one)) ||
    scoreOf(other) - scoreOf(one) ||
    Number(other.candidate.state === 'open') - Number(one.candidate.state === 'open') ||
    other.candidate.number - one.candidate.number ||
    (keyOf(one.candidate) < keyOf(other.candidate) ? -1 : 1)
  );
}

function isSame({ reasons: [first] }: SimilarIssue): boolean {
  return first.type === 'sameTitle';
}

/** How likely, if each reason spoke by itself: 1 − Π (1 − weight). */
function scoreOf({ reasons }: SimilarIssue): number {
  return 1 - reasons.reduce((doubt, reason) => doubt * (1 - weightOf(reason)), 1);
}

function weightOf(reason: SimilarReason): number {
  switch (reason.type) {
    case 'sameTitle':
      return 0.95;
    case 'link':
      return 0.9;
    case 'errorLine':
      return 0.75;
    case 'alert':
      return 0.7;
    case 'title':
      return reason.share * 0.8;
  }
}

function sharedUrl({ names: itself, mentions }: Matter, candidate: IssueCandidate): string | undefined {
  const theirs = new Set(candidate.mentions);
  const named = itself.find((url) => theirs.has(url));
  if (named !== undefined) return named;
  const page = normalizeUrl(candidate.url);
  if (page !== undefined && mentions.includes(page)) return page;
  if (mentions.length > MAX_MENTIONS || theirs.size > MAX_MENTIONS) return undefined;
  return mentions.find((url) => theirs.has(url) && isPrecise(url));
}

/** A page deep enough to be about something: not a site, an organization or a repository. */
function isPrecise(url: string): boolean {
  return URL.canParse(url) && new URL(url).pathname.split('/').filter(Boolean).length > 2;
}

function names({ title, text }: IssueCandidate, alertName: string): boolean {
  if (alertName.length < MIN_ALERT_NAME) return false;
  const wanted = ` ${wordsOf(alertName).join(' ')} `;
  const isIn = (where: string): boolean => ` ${wordsOf(where).join(' ')} `.includes(wanted);
  return wanted.trim() !== '' && (isIn(title) || isIn(text.slice(0, MAX_TEXT_LENGTH)));
}

function isSameTitle(one: string, other: string): boolean {
  const clean = cleanTitle(one);
  return clean !== '' && clean === cleanTitle(other);
}

function cleanTitle(title: string): string {
  return title.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
}

/** Runs of four characters, which survive endings and plurals better than words do. */
function titleShingles(title: string): ReadonlySet<string> {
  const words = wordsOf(title.slice(0, MAX_TITLE_LENGTH)).filter((word) => !FILLERS.has(word));
  const text = words.length === 0 ? '' : ` ${words.join(' ')} `;
  const shingles = new Set<string>();
  for (let at = 0; at + SHINGLE <= text.length; at += 1) shingles.add(text.slice(at, at + SHINGLE));
  if (shingles.size === 0 && text !== '') shingles.add(text);
  return shingles;
}

/** Dice's coefficient: twice what both have, over what each has. */
function shareOf(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  if (one.size === 0 || other.size === 0) return 0;
  let both = 0;
  for (const shingle of one) if (other.has(shingle)) both += 1;
  return (2 * both) / (one.size + other.size);
}

function wordsOf(text: string): readonly string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}_]+/gu) ?? []
  );
}

/** Times, numbers, addresses, ids and quotation marks differ between two occurrences of one error. */
function withoutVariables(line: string): string {
  return line
    .toLowerCase()
    .replace(/^[>\s*`-]+/u, '')
    .replace(/\b(?=[\da-f-]*\d)[\da-f][\da-f-]{7,}\b/gu, '#')
    .replace(/\d+(?:[.:,-]\d+)*/gu, '#')
    .replace(/["'`“”‘’«»]/gu, '')
    .replace(/\s+/gu, ' ')
    .replace(/^(?:(?:#t#z?|[#:.,[\]()+-])\s*)+/u, '')
    .trim();
}

/** One issue may come from a search and from the store: whoever knows more of it counts. */
function distinct(candidates: readonly IssueCandidate[]): readonly IssueCandidate[] {
  const byKey = Map.groupBy(candidates, keyOf);
  return [...byKey.values()].flatMap((same) => same.toSorted(byKnowledge).slice(0, 1));
}

function byKnowledge(one: IssueCandidate, other: IssueCandidate): number {
  return (
    Number(other.state !== undefined) - Number(one.state !== undefined) ||
    other.text.length - one.text.length ||
    other.mentions.length - one.mentions.length ||
    compare(JSON.stringify(one), JSON.stringify(other))
  );
}

function compare(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

function keyOf({ repository, number }: IssueCandidate): string {
  return `${repository}#${number}`.toLowerCase();
}
