import type { CodeOwnersRule } from '../../core/codeOwners.ts';
import type { Conversation } from '../../core/conversation.ts';
import type { Item } from '../../core/item.ts';
import type { IssueNumber } from '../../core/nativeIds.ts';
import type { FileAuthor } from '../../core/owners.ts';
import type { Signal } from '../../core/signal.ts';
import type { Person, Team } from '../../core/team.ts';
import type { Log } from '../../services/service.ts';
import type { GatePorts } from '../gate/gate.ts';

/** Questions to GitHub about who owns what. All throw a `ServiceError`. */
export interface OwnerLookUps {
  readonly codeOwners: (repository: string, abort: AbortSignal) => Promise<readonly CodeOwnersRule[]>;
  /** Two requests at most. */
  readonly lastAuthors: (
    repository: string,
    paths: readonly string[],
    abort: AbortSignal,
  ) => Promise<readonly FileAuthor[]>;
}

/** What speaking about items needs from the rest of the extension. */
export interface SpeakPorts {
  readonly team: Team;
  /** Who of the team the signed-in accounts are. */
  readonly me: Person | undefined;
  readonly gate: GatePorts;
  /** Who of the team has an item. */
  readonly holderOf: (item: Item) => string | undefined;
  /** The issue that an item became, when it did. */
  readonly convertedOf: (item: Item) => IssueNumber | undefined;
  /** @throws {ServiceError} */
  readonly readConversation: (signal: Signal, abort: AbortSignal) => Promise<Conversation>;
  readonly owners: OwnerLookUps;
  /** Remembers that this window did it, for undo. */
  readonly acted: (entryId: string) => void;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** A new id that no other proposal has. */
  readonly newId: () => string;
  readonly log: Log;
}
