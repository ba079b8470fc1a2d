import { type Document, isAlias, isMap, isNode, isScalar, isSeq, LineCounter, type Pair, parseDocument } from 'yaml';
import { oneLine } from '../core/plainText.ts';
import {
  type TeamProblem,
  type TeamProblemCode,
  type TextPosition,
  type TextRange,
  teamProblem,
} from './teamProblem.ts';

/** A team file fills a page; the bound keeps a wrong file from costing more than a moment. */
const MAX_KILOBYTES = 64;
const MAX_DEPTH = 30;
const MAX_ALIASES = 100;
/** More than anybody reads; a hostile file has one for every character. */
export const MAX_PROBLEMS = 100;

const START: TextPosition = { line: 0, column: 0 };

export type YamlPath = readonly (string | number)[];

/** A YAML text as plain data (every scalar a string, so that `1234` stays a name) that still knows where it came from. */
export interface YamlText {
  readonly value: unknown;
  /**
   * Where a value is, or its key when `part` is `key`; for what is not there, the nearest thing around it. Never more
   * than one line.
   */
  rangeOf(path: YamlPath, part?: 'key' | 'value'): TextRange;
}

/** Reads YAML of unknown origin; never throws. `yaml` is undefined when the text has errors. */
export function openYaml(text: string): {
  readonly yaml: YamlText | undefined;
  readonly problems: readonly TeamProblem[];
} {
  const refuse = (code: TeamProblemCode, args: readonly string[] = []) => ({
    yaml: undefined,
    problems: [teamProblem(code, args, { start: START, end: START })],
  });
  if (text.length > MAX_KILOBYTES * 1024) return refuse('tooLarge', [String(MAX_KILOBYTES)]);
  if (/[\ufffd\0]/u.test(text)) return refuse('notUtf8');
  if (isDeep(text)) return refuse('tooDeep');
  try {
    // An editor does not count the byte order mark as a column.
    return readYaml(text.replace(/^\ufeff/u, ''));
  } catch (error) {
    // The library throws for aliases of nothing and beyond the bound, and runs out of stack on deep nesting.
    return refuse(error instanceof RangeError ? 'tooDeep' : 'badAlias');
  }
}

function readYaml(text: string): { readonly yaml: YamlText | undefined; readonly problems: readonly TeamProblem[] } {
  const lines = new LineCounter();
  // `failsafe`: no scalar is guessed to be a number, a date or null.
  const document = parseDocument(text, {
    schema: 'failsafe',
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
    logLevel: 'silent',
  });
  const locate = (start: number, end: number): TextRange => oneLineRange(lines, text, start, end);
  const problems = [...document.errors, ...document.warnings]
    .slice(0, MAX_PROBLEMS)
    .map(({ name, code, message, pos }) => {
      const kind = name === 'YAMLWarning' ? 'unknownTag' : syntaxProblem(code);
      return teamProblem(kind, [oneLine(message, 200)], locate(pos[0], pos[1]));
    });
  if (document.errors.length > 0) return { yaml: undefined, problems };
  const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
  return { yaml: { value, rangeOf: (path, part = 'value') => findRange(document, path, part, locate) }, problems };
}

function syntaxProblem(code: string): TeamProblemCode {
  if (code === 'DUPLICATE_KEY') return 'duplicateKey';
  return code === 'TAB_AS_INDENT' ? 'tabIndent' : 'invalidYaml';
}

/** Whether brackets or block indicators nest further than any team file does; the library's parser is recursive. */
function isDeep(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') depth = Math.max(0, depth - 1);
    if (depth > MAX_DEPTH) return true;
  }
  return /^[\t ]*(?:[-?][\t ]+){30}/mu.test(text);
}

type Locate = (start: number, end: number) => TextRange;

function findRange(document: Document, path: YamlPath, part: 'key' | 'value', locate: Locate): TextRange {
  let node: unknown = document.contents;
  let found: Range = document.contents?.range ?? [0, 0, 0];
  for (const [index, step] of path.entries()) {
    const child = childOf(document, node, step);
    if (child === undefined) return locate(found[0], found[1]);
    const wantsKey = index < path.length - 1 || part === 'key';
    found = rangeOfChild(child, wantsKey) ?? found;
    node = child.value;
  }
  return locate(found[0], found[1]);
}

type Child = Pick<Pair, 'key' | 'value'>;
type Range = readonly [number, number, number];

function childOf(document: Document, parent: unknown, step: string | number): Child | undefined {
  const node = isAlias(parent) ? parent.resolve(document) : parent;
  if (isMap(node)) return node.items.find(({ key }) => isScalar(key) && key.value === step);
  if (isSeq(node) && typeof step === 'number' && step in node.items) return { key: undefined, value: node.items[step] };
  return undefined;
}

/** An empty value has no place of its own: its key's is shown. An element of a list has no key. */
function rangeOfChild({ key, value }: Child, wantsKey: boolean): Range | undefined {
  const ofKey = isNode(key) ? (key.range ?? undefined) : undefined;
  const ofValue = isNode(value) ? (value.range ?? undefined) : undefined;
  if (wantsKey) return ofKey ?? ofValue;
  return ofValue !== undefined && ofValue[0] < ofValue[1] ? ofValue : (ofKey ?? ofValue);
}

function oneLineRange(lines: LineCounter, text: string, start: number, end: number): TextRange {
  const [line = ''] = text.slice(start, end).split(/[\r\n]/u, 1);
  return { start: position(lines, start), end: position(lines, start + line.length) };
}

function position(lines: LineCounter, offset: number): TextPosition {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(0, line - 1), column: Math.max(0, col - 1) };
}
