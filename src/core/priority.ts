/** Four, most urgent first; the board's option is found by the word. */
export const PRIORITIES = ['critical', 'high', 'medium', 'low'] as const;

export type Priority = (typeof PRIORITIES)[number];

/** The sign always stands beside its word. */
export const PRIORITY_LABEL: Readonly<Record<Priority, string>> = {
  critical: '🚨 Critical',
  high: '🔴 High',
  medium: '🟡 Medium',
  low: '🟢 Low',
};

/** The priority that an issue has on a board, and the one that it would get, as the board calls them. */
export interface BoardPriority {
  readonly isOnBoard: boolean;
  /** Undefined where it has none. */
  readonly before: string | undefined;
  readonly after: string;
}
