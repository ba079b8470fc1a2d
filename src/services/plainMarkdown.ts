const FORMATS = /[\\`*_[\]<>|~&]/gu;

/** Plain remote text as Markdown that reads as it was written: formats nothing, links nothing by name, mentions nobody. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(FORMATS, (character) => (character === '<' ? '&lt;' : character === '&' ? '&amp;' : `\\${character}`))
    .replace(/^(\s*)([#+-]|\d+[.)])(?=\s)/gmu, '$1\\$2')
    .replace(/@(?=[\p{L}\p{N}])/gu, '@\u200b')
    .replace(/(#|GH-)(?=\d)/giu, '$1\u200b')
    .replaceAll('\n', '  \n');
}
