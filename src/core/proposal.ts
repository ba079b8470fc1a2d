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
  readonly kind: ProposalKind;
  /** The signals it is about. */
  readonly signalIds: readonly string[];
  /** What the person reads in lists: the item's or handoff's title. */
  readonly title: string;
  readonly steps: readonly Write[];
  /** What a conversion decided; recorded in the journal when the issue exists. */
  readonly decision: ConvertDecision | undefined;
  /** The proposal that it takes back. */
  readonly undoes: string | undefined;
  /** A person put other words in the place of those that it was drafted with. */
  readonly isRewritten?: boolean | undefined;
}

/** What a proposal is for. What the person is asked before it is sent depends on it (`core/approval.ts`). */
export const PROPOSAL_KINDS = [
  'convert',
  'postHandoff',
  'claim',
  'release',
  'reply',
  'decline',
  'askOwner',
  'statusUpdate',
  'label',
  'prioritise',
  'close',
  'silence',
  'closeLoop',
  'incident',
  'undo',
] as const;

export type ProposalKind = (typeof PROPOSAL_KINDS)[number];

/** Claims, releases and what takes them back mend themselves, so nobody is asked about them. */
export function isClaim({ kind }: Pick<Proposal, 'kind'>): boolean {
  return kind === 'claim' || kind === 'release';
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
  | IncidentWrite
  | ChangeWrite
  | BackWrite;

/** Changes what exists; doing it twice changes nothing, except for a silence, which is found by its marker. */
export type ChangeWrite =
  | {
      readonly type: 'label';
      readonly repository: string;
      readonly number: number;
      readonly add: readonly string[];
      readonly remove: readonly string[];
    }
  | {
      readonly type: 'closeIssue';
      readonly repository: string;
      readonly number: number;
      readonly reason: 'completed' | 'notPlanned';
    }
  | { readonly type: 'reopenIssue'; readonly repository: string; readonly number: number }
  /** The priority of an existing issue on a board, on which it is put when it is not there. */
  | {
      readonly type: 'setBoardPriority';
      readonly repository: string;
      readonly number: number;
      readonly board: { readonly owner: string; readonly number: number };
      readonly field: string;
      readonly option: string;
    }
  /** Never without an end. `marker` is part of the comment. */
  | {
      readonly type: 'silence';
      /** Of the Alertmanager, as the team file has it. */
      readonly url: string;
      readonly matchers: readonly SilenceMatcher[];
      /** Epoch ms. */
      readonly endsAt: number;
      readonly createdBy: string;
      readonly comment: string;
      readonly marker: string;
    };

/** Takes back what another write left; doing it twice changes nothing. */
export type BackWrite =
  /** Of our own; one that is gone already is fine. */
  | { readonly type: 'deleteComment'; readonly repository: string; readonly commentId: number }
  /** Of our own; one that is gone already is fine. */
  | { readonly type: 'deleteMessage'; readonly channel: string; readonly ts: string }
  /** Gives fields of a board's item back the values that they had; undefined clears one. GraphQL node ids. */
  | {
      readonly type: 'restoreBoardFields';
      readonly projectId: string;
      readonly itemId: string;
      readonly fields: readonly {
        readonly fieldId: string;
        readonly value: BoardFieldValue | undefined;
        /** What people call the field and that value; undefined where it was none, or is not known. */
        readonly names?: { readonly field: string; readonly value: string | undefined } | undefined;
      }[];
    }
  /** By the issue: how a board calls it is known only when the reply to putting it there arrives. GraphQL node ids. */
  | { readonly type: 'removeFromBoard'; readonly projectId: string; readonly contentId: string }
  | { readonly type: 'expireSilence'; readonly url: string; readonly silenceId: string }
  /** Of our own; one that is gone already is fine. */
  | { readonly type: 'deleteNote'; readonly incident: string; readonly noteId: string };

/** Of a PagerDuty incident, by its id. Its state is read first, so only a note needs a marker, and can be taken back. */
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

const CHANGES: { readonly [Type in ChangeWrite['type']]: Type } = {
  label: 'label',
  closeIssue: 'closeIssue',
  reopenIssue: 'reopenIssue',
  setBoardPriority: 'setBoardPriority',
  silence: 'silence',
};
const BACK: { readonly [Type in BackWrite['type']]: Type } = {
  deleteComment: 'deleteComment',
  deleteMessage: 'deleteMessage',
  restoreBoardFields: 'restoreBoardFields',
  removeFromBoard: 'removeFromBoard',
  expireSilence: 'expireSilence',
  deleteNote: 'deleteNote',
};

/** Each type of write by its own name, so that none is forgotten. */
export const WRITE_TYPES: { readonly [Type in Write['type']]: Type } = {
  ...CHANGES,
  ...BACK,
  createIssue: 'createIssue',
  planIssue: 'planIssue',
  addToBoard: 'addToBoard',
  commentOnIssue: 'commentOnIssue',
  replyInThread: 'replyInThread',
  postMessage: 'postMessage',
  assign: 'assign',
  react: 'react',
  acknowledge: 'acknowledge',
  resolve: 'resolve',
  addNote: 'addNote',
};

export function isChange(write: Write): write is ChangeWrite {
  return write.type in CHANGES;
}

export function isBack(write: Write): write is BackWrite {
  return write.type in BACK;
}

/** https://prometheus.io/docs/alerting/latest/alerts_api (v2): a silence holds for the alerts that all its matchers match. */
export interface SilenceMatcher {
  readonly name: string;
  readonly value: string;
  readonly isRegex: boolean;
  readonly isEqual: boolean;
}

export type BoardFieldValue =
  | { readonly type: 'option'; readonly optionId: string }
  | { readonly type: 'number'; readonly number: number };

/** What a write left outside. */
export interface Outcome {
  readonly url: string;
  /** Of a created or planned issue. */
  readonly issue: CreatedIssue | undefined;
  /** Parts that the service did not do, in its own words: labels dropped, a board field missing. Shown, never hidden. */
  readonly warnings: readonly string[];
  /** The writes that take back exactly what this one changed, in order; empty when the service knows no way. */
  readonly undo: readonly Write[];
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
  | {
      readonly status: 'sending';
      /** What takes back what this try, and those before it, were about to change. */
      readonly undo?: readonly Write[] | undefined;
    }
  | { readonly status: 'done'; readonly outcome: Outcome }
  | {
      readonly status: 'failed';
      readonly reason: SourceFailure;
      /** The service's own words, one line; for the log and beside the host's own sentence. */
      readonly message: string;
      /** Trying again cannot help until somebody changes something. */
      readonly permanent: boolean;
      /** The service will have no write before, epoch ms. */
      readonly retryAt: number | undefined;
      /** It was put off before anything of it was sent: nobody needs to look for it. */
      readonly unsent?: boolean | undefined;
      /** How many tries in a row have failed alike, from 2. */
      readonly tries?: number | undefined;
      /** What takes back what the tries so far were about to change. */
      readonly undo?: readonly Write[] | undefined;
    };

export interface StoredProposal {
  readonly proposal: Proposal;
  /** When a person last said that it may be sent, epoch ms; undefined while it waits for that. */
  readonly approvedAt: number | undefined;
  /** When the last of its steps that are done was written or found outside, epoch ms. */
  readonly sentAt?: number | undefined;
  /** One for each of the proposal's steps. */
  readonly states: readonly StepState[];
}
