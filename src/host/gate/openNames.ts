import * as vscode from 'vscode';
import { openNames, SNIPPET_NAMES } from '../../core/snippet.ts';

/** Why texts cannot be sent, in words: names of a snippet for which nobody knew what to put in. Undefined when they can. */
export function openNamesText(texts: readonly string[]): string | undefined {
  const open = new Set(texts.flatMap(openNames));
  const names = SNIPPET_NAMES.filter((name) => open.has(name));
  if (names.length === 0) return undefined;
  const shown = names.map((name) => `\${${name}}`).join(', ');
  return vscode.l10n.t('No value is known for {0}. Fill it in, or remove it.', shown);
}
