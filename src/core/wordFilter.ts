import { fold, tokensOf } from './filter.ts';

/**
 * What lets a text through when it has every word and `"phrase"` of a query, and none of those after a `-`, whatever their
 * case and accents; an empty query lets everything through.
 */
export function wordFilter(query: string): (text: string) => boolean {
  const terms = tokensOf(query).flatMap((token) => {
    const not = token.startsWith('-');
    const word = fold((not ? token.slice(1) : token).replaceAll('"', '')).trim();
    return word === '' ? [] : [{ not, word }];
  });
  if (terms.length === 0) return () => true;
  return (text) => {
    const folded = fold(text);
    return terms.every(({ not, word }) => folded.includes(word) !== not);
  };
}
