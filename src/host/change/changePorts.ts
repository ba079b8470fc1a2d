import type { Item } from '../../core/item.ts';
import type { IssueNumber } from '../../core/nativeIds.ts';
import type { Signal } from '../../core/signal.ts';
import type { Person, Team } from '../../core/team.ts';
import type { Log } from '../../services/service.ts';
import type { GatePorts } from '../gate/gate.ts';

/** Questions to GitHub about what a change would change. All throw a `ServiceError`. */
export interface ChangeLookUps {
  /** The names of a repository's labels. */
  readonly repositoryLabels: (repository: string, abort: AbortSignal) => Promise<readonly string[]>;
  /** The labels that an issue has now. */
  readonly issueLabels: (issue: IssueNumber, abort: AbortSignal) => Promise<readonly string[]>;
  /** Of some issues those that stand on a board. */
  readonly issuesOnBoard: (
    issues: readonly IssueNumber[],
    board: { readonly owner: string; readonly number: number },
    abort: AbortSignal,
  ) => Promise<readonly IssueNumber[]>;
}

/** What changing issues and alerts needs from the rest of the extension. */
export interface ChangePorts {
  readonly team: Team;
  /** Who of the team the signed-in accounts are. */
  readonly me: Person | undefined;
  readonly gate: GatePorts;
  /** The issue that an item became, when it did. */
  readonly convertedOf: (item: Item) => IssueNumber | undefined;
  /** What is known from the sources. */
  readonly signals: () => ReadonlyMap<string, Signal>;
  readonly lookUps: ChangeLookUps;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** A new id that no other proposal has. */
  readonly newId: () => string;
  readonly log: Log;
}
