/** Words that a team keeps in its file, to be said again. */
export interface Snippet {
  readonly name: string;
  readonly text: string;
}

/** What a snippet may speak of; undefined where it is not known. */
export interface SnippetValues {
  /** Who asked. */
  readonly author: string | undefined;
  /** Who has it. */
  readonly owner: string | undefined;
  /** The issue that it is or became, as `owner/name#12`. */
  readonly issue: string | undefined;
}

/** The names that may stand as `${name}` in a snippet. */
export const SNIPPET_NAMES = ['author', 'owner', 'issue'] as const satisfies readonly (keyof SnippetValues)[];

/** The text with its names filled in; what is not known stays as it is written, to be seen before it is sent. */
export function fillSnippet(text: string, values: SnippetValues): string {
  return text.replace(/\$\{(author|owner|issue)\}/gu, (whole, name: string) => {
    const known = SNIPPET_NAMES.find((each) => each === name);
    return (known && values[known]) ?? whole;
  });
}

/** The names of a text that are not filled in. */
export function openNames(text: string): readonly string[] {
  return [...new Set(Array.from(text.matchAll(/\$\{(\w+)\}/gu), ([, name = '']) => name))];
}
