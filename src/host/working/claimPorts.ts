import type { Item } from '../../core/item.ts';
import type { Proposal, StoredProposal } from '../../core/proposal.ts';
import type { Acted } from './act.ts';
import type { ClaimOutbox, WorkingPorts } from './workingPorts.ts';

/** A claim or release that is recorded, and what it writes. */
export interface Proposed extends Acted {
  readonly proposal: Proposal;
}

/** A claim or release that did not get outside; `stored` says how far it came. */
export interface FailedClaim {
  readonly item: Item | undefined;
  readonly stored: StoredProposal;
}

/** What a person typed to go with claims that failed. It waits among the proposals until they forget it. */
export interface TypedWords {
  readonly text: string;
  readonly forget: () => void;
}

/** What trying again does, with the items that failed and the words for them. */
export type Again = (items: readonly Item[], typed: TypedWords | undefined) => void;

/** The same where it is not known before whether it is of claims or of releases. */
export type AgainAs = (what: 'claim' | 'release', items: readonly Item[], typed: TypedWords | undefined) => void;

/** What can become of a word that was not said. */
export interface UnsaidChoices {
  readonly again: () => void;
  /** It waits among the proposals. */
  readonly keep: () => void;
  readonly drop: () => void;
}

/** Shows a person what became of claims; nothing is said of those that were written. */
export interface ClaimTelling {
  /** They stand, and leave as soon as their service answers: nobody needs to do anything. */
  readonly later: (going: readonly StoredProposal[]) => void;
  /** The rows are back as they were. `again` tries once more. */
  readonly failed: (what: 'claim' | 'release' | 'undo', failed: readonly FailedClaim[], again: () => void) => void;
  /** The claim stands, only the word to go with it was not said. */
  readonly unsaid: (stored: StoredProposal, choices: UnsaidChoices) => void;
  /** So many of what was to take claims and releases back were dropped, so that these stand; `sent` were outside by then. */
  readonly dropped: (dropped: number, sent: number) => void;
  /** Something was taken back outside, which the sources still show. */
  readonly takenBack: () => void;
  /** The store or we are at fault. */
  readonly broken: (error: unknown) => void;
}

export type ClaimPorts = Pick<WorkingPorts, 'append' | 'itemOf' | 'journal' | 'me' | 'newId' | 'now'> & {
  readonly outbox: ClaimOutbox;
  readonly telling: ClaimTelling;
};
