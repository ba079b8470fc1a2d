/** One line of a tree as it is painted; plain data, so that two paints can be compared. */
export interface Row {
  /** Stable and unique in its tree: focus, selection and expansion hang on it. */
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly icon: { readonly name: string; readonly color: string | undefined };
  /** Sorted capability words, matched by the manifest's `viewItem` clauses. */
  readonly contextValue: string;
  /** What a screen reader says: everything that colour and icon say, in words. */
  readonly accessible: string;
  /** Paragraphs of plain text, shown on hover. */
  readonly tooltip: readonly string[];
  /** What a click does. */
  readonly command: { readonly command: string; readonly title: string } | undefined;
  readonly children: readonly Row[];
  /** A box before the row that a person ticks. */
  readonly checkbox?: { readonly isChecked: boolean; readonly tooltip: string };
  /** A group that is closed until somebody opens it; the others are open from the start. */
  readonly isFolded?: boolean;
}

/** The ids to refresh so that `after` is shown; `undefined` stands for the root, and then nothing else is needed. */
export function changedRows(before: readonly Row[], after: readonly Row[]): readonly string[] | undefined {
  if (!sameIds(before, after)) return undefined;
  const changed: string[] = [];
  collect(before, after, changed);
  return changed;
}

function collect(before: readonly Row[], after: readonly Row[], changed: string[]): void {
  after.forEach((row, index) => {
    const old = before[index];
    if (old === undefined || old === row) return;
    // Refreshing a row refreshes its children as well.
    if (!sameIds(old.children, row.children) || !sameFace(old, row)) changed.push(row.id);
    else collect(old.children, row.children, changed);
  });
}

function sameIds(a: readonly Row[], b: readonly Row[]): boolean {
  return a.length === b.length && a.every((row, index) => row.id === b[index]?.id);
}

function sameFace(a: Row, b: Row): boolean {
  const face = ({ children, ...rest }: Row): string => JSON.stringify([rest, children.length > 0]);
  return face(a) === face(b);
}
