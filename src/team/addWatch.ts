import { isMap, isNode, isScalar, isSeq, parseDocument } from 'yaml';
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
  const watch = contents.items.find(({ key }) => isScalar(key) && key.value === 'watch');
  if (watch !== undefined) return behindLast(watch.value, text, { entries, newline });
  const before = text.endsWith('\n') ? '' : newline;
  return { offset: text.length, text: `${before}${['watch:', ...entries].join(`${newline}  `)}${newline}` };
}

function behindLast(
  watch: unknown,
  text: string,
  { entries, newline }: { readonly entries: readonly string[]; readonly newline: string },
): TeamFileInsert | undefined {
  if (!isSeq(watch) || watch.flow === true) return undefined;
  const [first, last] = [rangeOf(watch.items[0]), rangeOf(watch.items.at(-1))];
  if (first === undefined || last === undefined) return undefined;
  const [, indent] = /^([ ]*)-/u.exec(text.slice(text.lastIndexOf('\n', first[0] - 1) + 1)) ?? [];
  if (indent === undefined) return undefined;
  const end = text.slice(0, last[1]).trimEnd().length;
  // A comment on the entry's line stays on it.
  const [comment = ''] = /^[^\r\n]*/u.exec(text.slice(end)) ?? [];
  return { offset: end + comment.length, text: entries.map((entry) => newline + indent + entry).join('') };
}

/** Start and end of a node. */
function rangeOf(node: unknown): readonly [number, number, number] | undefined {
  return (isNode(node) ? node.range : undefined) ?? undefined;
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
