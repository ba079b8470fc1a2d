/** One line of a CODEOWNERS file: whoever owns the files that the pattern matches. */
export interface CodeOwnersRule {
  readonly pattern: string;
  /** `@login`, `@org/team` or an address, as they are written; none when the line takes the files from everybody. */
  readonly owners: readonly string[];
  /** From 1. */
  readonly line: number;
}

/** A larger file GitHub does not read either. */
const MAX_LENGTH = 3_000_000;
const MAX_LINE_LENGTH = 2000;
const MAX_OWNERS = 20;
const OWNER =
  /^(?:@[A-Za-z0-9][\w-]{0,99}(?:\/[\w.-]{1,100})?|[^\s@<>"'`]{1,100}@[A-Za-z0-9.-]{1,100}\.[A-Za-z]{2,30})$/u;

/**
 * The rules of a CODEOWNERS file, in its order. A line that GitHub does not take, such as one with `!` or `[…]`, is no rule.
 * https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
 */
export function parseCodeOwners(text: string): readonly CodeOwnersRule[] {
  if (text.length > MAX_LENGTH) return [];
  return text.split(/\r?\n/u).flatMap((row, index) => readLine(row, index + 1) ?? []);
}

/** The rule that decides about a file: the last that matches. `path` is relative to the repository's root. */
export function ruleFor(path: string, rules: readonly CodeOwnersRule[]): CodeOwnersRule | undefined {
  const segments = path.split('/').filter((segment) => segment !== '');
  return rules.findLast(({ pattern }) => matchesPattern(pattern, segments));
}

/** The rule about whatever no other rule is about, if there is one. */
export function defaultRule(rules: readonly CodeOwnersRule[]): CodeOwnersRule | undefined {
  return rules.findLast(({ pattern }) => /^(?:\*|\/?\*\*)$/u.test(pattern));
}

function readLine(row: string, line: number): CodeOwnersRule | undefined {
  if (row.length > MAX_LINE_LENGTH) return undefined;
  // A blank in a pattern is written `\ `; what comes after ` #` is a comment.
  const [pattern, ...rest] = row.trim().match(/(?:\\.|[^\s\\])+/gu) ?? [];
  if (pattern === undefined || /^(?:#|!|\\#)/u.test(pattern) || /[[\]]/u.test(pattern)) return undefined;
  const comment = rest.findIndex((word) => word.startsWith('#'));
  const owners = comment === -1 ? rest : rest.slice(0, comment);
  if (owners.length > MAX_OWNERS || !owners.every((owner) => OWNER.test(owner))) return undefined;
  return { pattern: pattern.replace(/\\(.)/gu, '$1'), owners: [...new Set(owners)], line };
}

function matchesPattern(pattern: string, path: readonly string[]): boolean {
  const parts = pattern.split('/').filter((part) => part !== '');
  const last = parts.at(-1);
  if (last === undefined) return false;
  // A slash before the end ties the pattern to the root.
  const isTied = pattern.slice(0, -1).includes('/');
  const head = isTied ? [] : ['**'];
  if (pattern.endsWith('/') || last === '**') {
    const folder = last === '**' ? parts.slice(0, -1) : parts;
    return matchesRun([...head, ...folder, '*', '**'], path, '**', matchesSegment);
  }
  // `docs/*` is what lies in `docs`, and nothing that lies deeper.
  if (last === '*' && isTied) return matchesRun(parts, path, '**', matchesSegment);
  return matchesRun([...head, ...parts, '**'], path, '**', matchesSegment);
}

function matchesSegment(pattern: string, segment: string): boolean {
  return matchesRun(Array.from(pattern), Array.from(segment), '*', (one, other) => one === '?' || one === other);
}

/** Whether a run is what a pattern says, in which `many` stands for any number of elements. No pattern takes long. */
function matchesRun(
  pattern: readonly string[],
  run: readonly string[],
  many: string,
  matches: (pattern: string, element: string) => boolean,
): boolean {
  let [at, star, taken] = [0, -1, 0];
  for (let index = 0; index < run.length; ) {
    const [part, element] = [pattern[at], run[index] ?? ''];
    if (part === many) {
      star = at;
      taken = index;
      at += 1;
    } else if (part !== undefined && matches(part, element)) {
      at += 1;
      index += 1;
    } else if (star === -1) {
      return false;
    } else {
      // The last `many` takes one element more.
      taken += 1;
      index = taken;
      at = star + 1;
    }
  }
  return pattern.slice(at).every((part) => part === many);
}
