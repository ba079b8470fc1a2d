import type { Priority } from './priority.ts';
import type { SourceFailure } from './sourceStatus.ts';

/**
 * A write to the outside that has not happened yet. Its steps are applied in order, each once; a step may speak of the
 * issue that an earlier step created or planned with the text `{{issue}}` (its number as `owner/name#12`) and `{{issueUrl}}`.
 */
export interface Proposal {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly kind: 'convert' | 'postHandoff' | 'claim' | 'release' | 'incident';
  /** The signals it is about. */
  readonly signalIds: readonly string[];
  /** What the person reads in lists: the item's or handoff's title. */
  readonly title: string;
  readonly steps: readonly Write[];
  /** What a conversion decided; recorded in the journal when the issue exists. */
  readonly decision: ConvertDecision | undefined;
}

export interface ConvertDecision {
  readonly timeboxMinutes: number;
  readonly priority: Priority;
}

/**
 * One write. `marker` (the whole text of `writeMarker`) is found again in what was written, so that a second try never
 * writes twice; GitHub bodies hold it already.
 */
export type Write =
  | {
      readonly type: 'createIssue';
      readonly repository: string;
      readonly title: string;
      readonly body: string;
      readonly labels: readonly string[];
      readonly assignees: readonly string[];
      readonly marker: string;
      /** Epoch ms of the proposal: an issue with the marker cannot be older. */
      readonly since: number;
    }
  /**
   * Takes an existing issue as the planned one: its labels and assignees are added to those it has. Doing it twice
   * changes nothing, so it needs no marker. Its outcome's `issue` is that issue, for the steps after it.
   */
  | {
      readonly type: 'planIssue';
      readonly repository: string;
      readonly number: number;
      readonly labels: readonly string[];
      readonly assignees: readonly string[];
    }
  /** Of the issue that an earlier step of the same proposal created or planned. */
  | {
      readonly type: 'addToBoard';
      readonly owner: string;
      readonly number: number;
      readonly priority: { readonly field: string; readonly option: string } | undefined;
      readonly timebox: { readonly field: string; readonly hours: number } | undefined;
    }
  | {
      readonly type: 'commentOnIssue';
      readonly repository: string;
      readonly number: number;
      readonly body: string;
      readonly marker: string;
      readonly since: number;
    }
  | {
      readonly type: 'replyInThread';
      readonly channel: string;
      readonly threadTs: string;
      /** GitHub-flavoured Markdown; the Slack writer makes blocks of it. */
      readonly markdown: string;
      readonly marker: string;
    }
  | {
      readonly type: 'postMessage';
      /** Channel name without `#`. */
      readonly channel: string;
      readonly markdown: string;
      readonly marker: string;
      readonly since: number;
    }
  /** Doing it twice changes nothing, so it needs no marker; so with `react`. */
  | {
      readonly type: 'assign';
      readonly repository: string;
      readonly number: number;
      /** GitHub logins. */
      readonly add: readonly string[];
      readonly remove: readonly string[];
    }
  | {
      readonly type: 'react';
      /** Channel id. */
      readonly channel: string;
      /** Of the message. */
      readonly ts: string;
      /** Of the emoji, without colons: `eyes`. */
      readonly name: string;
      /** Take it back instead. */
      readonly remove: boolean;
    }
  | IncidentWrite;

/** Of a PagerDuty incident, by its id. Its state is read first, so only a note needs a marker; none can be taken back. */
export type IncidentWrite =
  | { readonly type: 'acknowledge'; readonly incident: string }
  | { readonly type: 'resolve'; readonly incident: string }
  | {
      readonly type: 'addNote';
      readonly incident: string;
      /** Plain text. */
      readonly text: string;
      /** The note's last line. */
      readonly marker: string;
    };

/** What a write left outside. */
export interface Outcome {
  readonly url: string;
  /** Of a created or planned issue. */
  readonly issue: CreatedIssue | undefined;
  /** Parts that the service did not do, in its own words: labels dropped, a board field missing. Shown, never hidden. */
  readonly warnings: readonly string[];
}

export interface CreatedIssue {
  readonly repository: string;
  readonly number: number;
  readonly url: string;
  /** GraphQL node id. */
  readonly nodeId: string;
  /** REST id. */
  readonly databaseId: number;
}

/** Where a step stands. `sending` after a crash means: look for the marker before trying again. */
export type StepState =
  | { readonly status: 'waiting' }
  | { readonly status: 'sending' }
  | { readonly status: 'done'; readonly outcome: Outcome }
  | {
      readonly status: 'failed';
      readonly reason: SourceFailure;
      /** The service's own words, one line; for the log and beside the host's own sentence. */
      readonly message: string;
      /** Trying again cannot help until somebody changes something. */
      readonly permanent: boolean;
    };

export interface StoredProposal {
  readonly proposal: Proposal;
  /** One for each of the proposal's steps. */
  readonly states: readonly StepState[];
}
