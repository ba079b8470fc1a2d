import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { scalar } from './teamFileText.ts';
import { openYaml } from './yamlText.ts';

/** A text to put into a team file at an offset. */
export interface TeamFileInsert {
  readonly offset: number;
  readonly text: string;
}

/** The entries under `watch:` for some Slack channels, named without `#`, one a line. */
export function channelEntries(channels: readonly string[]): readonly string[] {
  return channels.map((name) => `- { slack: channel, name: ${scalar(name)} }`);
}

/**
 * What to put into a team file so that it watches more: behind the last entry of `watch:`, as deep as that one is, or a
 * `watch:` of its own at the end. Undefined where that does not give the same file with these entries more: the list is
 * written in brackets, is not a list, or the file has mistakes.
 */
export function addToWatch(text: string, entries: readonly string[]): TeamFileInsert | undefined {
  const insert = findInsert(text, entries);
  if (insert === undefined) return undefined;
  const wanted = openYaml(`watch:\n${entries.join('\n')}\n`).yaml?.value;
  const after = openYaml(text.slice(0, insert.offset) + insert.text + text.slice(insert.offset)).yaml?.value;
  const before = openYaml(text).yaml?.value;
  const expected = { ...asGroup(before), watch: [...listIn(before), ...listIn(wanted)] };
  return JSON.stringify(sorted(after)) === JSON.stringify(sorted(expected)) ? insert : undefined;
}

function findInsert(text: string, entries: readonly string[]): TeamFileInsert | undefined {
  if (openYaml(text).yaml === undefined) return undefined;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const { contents } = parseDocument(text, { schema: 'failsafe', logLevel: 'silent' });
  if (!isMap(contents)) return undefined;
  const watch = contents.items.find(({ key }) => isScalar(key) && key.value === 'watch')?.value;
  if (watch === undefined) {
    const before = text === '' || text.endsWith('\n') ? '' : newline;
    return { offset: text.length, text: `${before}${['watch:', ...entries].join(`${newline}  `)}${newline}` };
  }
  if (!isSeq(watch) || watch.flow === true) return undefined;
  const [first, last] = [rangeOf(watch.items[0]), rangeOf(watch.items.at(-1))];
  if (first === undefined || last === undefined) return undefined;
  const [, indent] = /^([ ]*)-/u.exec(text.slice(text.lastIndexOf('\n', first.from - 1) + 1)) ?? [];
  if (indent === undefined) return undefined;
  const end = text.slice(0, last.to).trimEnd().length;
  // A comment on the entry's line stays on it.
  const offset = end + (/^[^\r\n]*/u.exec(text.slice(end))?.[0].length ?? 0);
  return { offset, text: entries.map((entry) => newline + indent + entry).join('') };
}

function rangeOf(node: unknown): { readonly from: number; readonly to: number } | undefined {
  const range = isMap(node) || isScalar(node) || isSeq(node) ? node.range : undefined;
  return range === undefined || range === null ? undefined : { from: range[0], to: range[1] };
}

function listIn(value: unknown): readonly unknown[] {
  const list = asGroup(value)['watch'];
  return Array.isArray(list) ? list : [];
}

function asGroup(value: unknown): Readonly<Record<string, unknown>> {
  return value instanceof Object ? Object.fromEntries(Object.entries(value)) : {};
}

/** The same whatever the order of the groups. */
function sorted(value: unknown): unknown {
  return Object.entries(asGroup(value)).toSorted(([a], [b]) => (a < b ? -1 : 1));
}
