import { MAX_ISSUE_TITLE_LENGTH } from '../core/issueLimits.ts';
import { oneLine } from '../core/plainText.ts';
import { editedBody } from './issueBody.ts';

const MAX_LABEL_LENGTH = 50;

/** A new issue as a person may rewrite it: the body without our markers. */
export interface IssueWords {
  readonly title: string;
  readonly labels: readonly string[];
  readonly body: string;
}

/**
 * What a person made of an issue, as GitHub takes it, wherever they wrote it. `markers` stand below the body; `title` is for
 * when they left none.
 */
export function fittedIssue(
  { title, labels, body }: IssueWords,
  below: { readonly markers: string; readonly title: string },
): IssueWords {
  return {
    title: fittedTitle(title, below.title),
    labels: cleanLabels(labels),
    body: editedBody(body, below.markers),
  };
}

/** One line within GitHub's limit; `otherwise` when nothing is left of it. */
export function fittedTitle(title: string, otherwise: string): string {
  const clean = oneLine(title, MAX_ISSUE_TITLE_LENGTH);
  return clean === '' ? otherwise : clean;
}

/** Labels as they may be sent: trimmed, no empty ones, none twice (GitHub's labels ignore case). */
export function cleanLabels(labels: readonly string[]): readonly string[] {
  const byName = new Map<string, string>();
  for (const label of labels) {
    const clean = oneLine(label, MAX_LABEL_LENGTH);
    const name = clean.toLowerCase();
    if (clean !== '' && !byName.has(name)) byName.set(name, clean);
  }
  return [...byName.values()];
}
