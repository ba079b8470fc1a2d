/** A label that may be chosen for some issues. */
export interface LabelChoice {
  readonly name: string;
  /** On how many of the issues it is now. */
  readonly on: number;
}

export interface LabelInput {
  /** The labels of each repository that is concerned. */
  readonly repositories: readonly (readonly string[])[];
  /** The labels of each issue. */
  readonly issues: readonly (readonly string[])[];
}

/**
 * What the issues have and what every one of their repositories knows (GitHub would make a label that it does not know);
 * what is set comes first, the rest by name. Case does not count, as on GitHub.
 */
export function labelChoices({ repositories, issues }: LabelInput): readonly LabelChoice[] {
  const names = new Map<string, string>();
  const counts = new Map<string, number>();
  for (const labels of issues)
    for (const [key, name] of new Map(labels.map((label) => [label.toLowerCase(), label]))) {
      names.set(key, name);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  const [first, ...others] = repositories.map((labels) => new Map(labels.map((name) => [name.toLowerCase(), name])));
  for (const [key, name] of first ?? []) if (others.every((labels) => labels.has(key))) names.set(key, name);
  return Array.from(names, ([key, name]) => ({ name, on: counts.get(key) ?? 0 })).sort(
    (a, b) => b.on - a.on || (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1),
  );
}

/**
 * What was checked and is not any more, and the other way round. `total` is the number of issues: a label that only some
 * of them have begins unchecked, and stays where it is unless it is checked.
 */
export function labelChange(
  choices: readonly LabelChoice[],
  picked: readonly string[],
  total: number,
): { readonly add: readonly string[]; readonly remove: readonly string[] } {
  const wanted = new Set(picked);
  const add = choices.filter(({ name, on }) => wanted.has(name) && on < total);
  const remove = choices.filter(({ name, on }) => !wanted.has(name) && on === total);
  return { add: add.map(({ name }) => name), remove: remove.map(({ name }) => name) };
}
