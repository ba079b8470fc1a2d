/** A Slack channel that nobody watches and in which the team was mentioned. */
export interface SuggestedPlace {
  /** Without `#`. */
  readonly channel: string;
  /** How many messages mentioned it, at least: a search is read only so far. */
  readonly mentions: number;
  /** The latest of them, epoch milliseconds. */
  readonly lastAt: number;
}
