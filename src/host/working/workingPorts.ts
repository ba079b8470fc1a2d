import type { Item } from '../../core/item.ts';
import type { JournalEntry } from '../../core/journal.ts';
import type { Priority } from '../../core/priority.ts';
import type { Proposal, StoredProposal } from '../../core/proposal.ts';
import type { Person, Team } from '../../core/team.ts';
import type { Log } from '../../services/service.ts';
import type { GatePorts } from '../gate/gate.ts';
import type { ClaimTelling } from './claimPorts.ts';

/** An item, and the id of the journal's entry of what was done to it; undefined where nothing had to be. */
export interface Entered {
  readonly item: Item;
  readonly entryId: string | undefined;
}

/** What working the list needs from the rest of the extension. */
export interface WorkingPorts {
  readonly team: Team;
  /** Who of the team the signed-in accounts are. */
  readonly me: Person | undefined;
  readonly journal: () => readonly JournalEntry[];
  readonly append: (entry: JournalEntry) => void;
  readonly outbox: ClaimOutbox;
  readonly gate: GatePorts;
  /** Says what was just done, with *Undo*. */
  readonly offerUndo: (text: string) => void;
  /** Sets a priority on the team's board as well, where an item's issue stands there; each proposal gets the entry's id. */
  readonly prioritiseOnBoard: (chosen: readonly Entered[], priority: Priority) => Promise<void>;
  /** Takes writes back outside. */
  readonly takeBack: (stored: readonly StoredProposal[]) => Promise<void>;
  readonly telling: ClaimTelling;
  /** The item that holds a signal now. */
  readonly itemOf: (signalId: string) => Item | undefined;
  /** Whether an item is an issue, or has become one. */
  readonly isIssue: (item: Item) => boolean;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** A new id that no other act has. */
  readonly newId: () => string;
  readonly log: Log;
}

/** The part of the outbox that a claim uses. A step that fails is a state of what is returned, not an exception. */
export interface ClaimOutbox {
  readonly propose: (proposal: Proposal) => StoredProposal;
  /** Stores a proposal that is submitted later, or at the next start. */
  readonly approveLater: (proposal: Proposal) => void;
  readonly submit: (proposal: Proposal) => Promise<StoredProposal>;
  readonly approve: (proposalId: string) => Promise<StoredProposal>;
  readonly resume: (proposalId: string) => Promise<StoredProposal>;
  readonly withhold: (proposalId: string) => void;
  /** Nothing more of it is sent; says what of it is outside. */
  readonly stop: (proposalId: string) => Promise<StoredProposal>;
  /** False while it is being applied. */
  readonly drop: (proposalId: string) => boolean;
  readonly stored: () => readonly StoredProposal[];
  readonly unfinished: () => readonly StoredProposal[];
}
