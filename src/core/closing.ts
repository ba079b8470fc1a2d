/** How a planned issue ended, as GitHub says it. */
export const CLOSING_REASONS = ['completed', 'notPlanned', 'duplicate'] as const;

export type ClosingReason = (typeof CLOSING_REASONS)[number];

/** What settled an issue: a merged pull request or a commit. */
export interface Fix {
  readonly kind: 'pullRequest' | 'commit';
  /** `acme/app#34`, or the short name of a commit. */
  readonly name: string;
  readonly url: string;
}

/** An issue that items became, and how it was closed. It is told apart from an earlier closing of the same issue by its time. */
export interface Closing {
  /** The signal id of the issue. */
  readonly issueId: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly number: number;
  readonly url: string;
  readonly title: string;
  /** Epoch ms. */
  readonly closedAt: number;
  readonly reason: ClosingReason;
  /** Undefined when it was closed by hand, or nobody could tell. */
  readonly fix: Fix | undefined;
  /** The version that it is part of: the milestone, when that is named like one. */
  readonly version: string | undefined;
  /** What whoever closed it said with that, one line of plain text. */
  readonly words: string | undefined;
  /** The signals that wait for it, as the markers in it name them. */
  readonly markers: readonly string[];
  /** Its conversion was taken back, which is what closed it: it says nothing of what it was made of any more. */
  readonly isTakenBack?: boolean | undefined;
}
