import type { Author } from './signal.ts';
import type { SourceDeed } from './sourceEvent.ts';

/** One message of a thread, one comment of an issue, one state of an alert. */
export interface Message {
  readonly author: Author;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Markdown that is safe to put into a GitHub issue: mentions resolved to names, never pinging anybody. */
  readonly markdown: string;
  /** Where this very message can be read. */
  readonly url: string | undefined;
  /** What was done, where its source wrote that down by itself: the text is the source's own then. */
  readonly deed?: SourceDeed | undefined;
}

/** The whole of a signal in the order it was said. Read at the moment it is needed, never stored. */
export interface Conversation {
  readonly messages: readonly Message[];
  /** Messages that could not be read; shown, never silently dropped. */
  readonly skipped: number;
  /** When the signal was last closed, epoch ms; missing where it is open, or the source does not say. */
  readonly closedAt?: number | undefined;
}
