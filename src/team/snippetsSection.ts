import { openNames, SNIPPET_NAMES, type Snippet } from '../core/snippet.ts';
import { listLength, type Reading, readGroup, report } from './reading.ts';
import { snippetSchema } from './schema.ts';
import type { YamlPath } from './yamlText.ts';

const PATH: YamlPath = ['snippets'];

/** The words that the team keeps; an entry that cannot be read is left out, and reported. */
export function readSnippets(reading: Reading): readonly Snippet[] {
  const found = new Map<string, Snippet>();
  for (let index = 0, length = listLength(reading, PATH); index < length; index += 1) {
    const path: YamlPath = [...PATH, index];
    const snippet = readGroup(reading, path, snippetSchema);
    if (snippet === undefined) continue;
    for (const name of openNames(snippet.text).filter((each) => !SNIPPET_NAMES.some((known) => known === each)))
      report(reading, 'snippetName', { path: [...path, 'text'] }, [`\${${name.slice(0, 60)}}`]);
    const key = snippet.name.toLowerCase();
    if (found.has(key)) report(reading, 'duplicateSnippet', { path: [...path, 'name'] });
    else found.set(key, snippet);
  }
  return [...found.values()];
}
