import type { Conversation } from '../../core/conversation.ts';
import type { CreatedIssueRef } from '../../core/conversion.ts';
import type { IssueTemplate } from '../../core/issueTemplate.ts';
import type { Item } from '../../core/item.ts';
import type { PlaceOf } from '../../core/place.ts';
import type { Signal } from '../../core/signal.ts';
import type { IssueCandidate, Matter } from '../../core/similar.ts';
import type { SourceFailure } from '../../core/sourceStatus.ts';
import type { Team } from '../../core/team.ts';
import type { Outbox } from '../../outbox/outbox.ts';
import type { Log } from '../../services/service.ts';
import type { UndoBar } from '../gate/undoBar.ts';
import type { WritePreview } from '../preview.ts';
import type { Assignee, Me } from './answers.ts';

/** Questions to the repository that an issue would go to. */
export interface IssueLookUps {
  /** Issues that may be about the same matter; with the reason when that is not all, instead of an exception. */
  readonly similarIssues: (
    repository: string,
    matter: Matter,
    abort: AbortSignal,
  ) => Promise<{
    readonly candidates: readonly IssueCandidate[];
    readonly failure: SourceFailure | 'aborted' | undefined;
  }>;
  /** @throws {ServiceError} */
  readonly issueTemplates: (
    repository: string,
    abort: AbortSignal,
  ) => Promise<{ readonly templates: readonly IssueTemplate[]; readonly skipped: number }>;
}

/** What converting needs from the rest of the extension. */
export interface ConvertPorts extends IssueLookUps {
  readonly team: Team;
  readonly me: Me | undefined;
  /** Who gets the issue, when a person is handed the work: always as an issue, however small it is. */
  readonly transferTo?: Assignee;
  /** @throws {ServiceError} */
  readonly readConversation: (signal: Signal, abort: AbortSignal) => Promise<Conversation>;
  readonly outbox: Pick<Outbox, 'propose' | 'submit' | 'approve' | 'withhold' | 'dropRest' | 'stored'>;
  readonly answers: AnswerShelf;
  /** Takes up what other windows wrote. */
  readonly follow: () => void;
  /** What this item was converted to before, as far as it is known now. */
  readonly conversionOf: (item: Item) => CreatedIssueRef | undefined;
  /** The issues of a repository that are known without asking anybody. */
  readonly knownIssues: (repository: string) => readonly IssueCandidate[];
  /** Starts the item's timebox instead of planning it. */
  readonly doItNow: (item: Item, minutes: number | undefined) => Promise<void>;
  /** What was done about it here, as lines for the issue. */
  readonly worked: (item: Item) => Promise<readonly string[]>;
  /** Where the question for the timebox starts. */
  readonly timeboxMinutes?: number;
  readonly openUrl: (url: string) => Promise<void>;
  /** The name of a Slack channel as people say it, from the signals that are known. */
  readonly placeOf: PlaceOf;
  readonly preview: WritePreview;
  readonly undoBar: Pick<UndoBar, 'show' | 'hide'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** A new id that no other proposal has. */
  readonly newId: () => string;
  readonly log: Log;
}

/** Keeps unfinished answers by item id, as small JSON: they survive a cancel, a failed post and a crash. */
export interface AnswerShelf {
  readonly get: (itemId: string) => unknown;
  /** `undefined` forgets. */
  readonly set: (itemId: string, answers: unknown) => void;
}
